//! The partition key that a Query names in its key condition.

/// The value's placeholder that an attribute is equal to in a key condition: `:p` of `pk = :p AND sk > :s`.
/// `attribute` is looked for by its name or by whatever `#name` stands for it.
pub(super) fn equal_to<'a>(
    expression: &'a str,
    attribute: &str,
    name: impl Fn(&str) -> Option<&'a str>,
) -> Option<&'a str> {
    let words = words(expression);
    let is = |word: &str| if word.starts_with('#') { name(word) == Some(attribute) } else { word == attribute };
    words.windows(3).find_map(|three| match three {
        [left, "=", right] if right.starts_with(':') && is(left) => Some(*right),
        _ => None,
    })
}

/// Its names, placeholders and signs.
fn words(expression: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || "_-.#:".contains(c);
    let mut words = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if "<>=".contains(first) {
            rest.find(|c| !"<>=".contains(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partition_key_is_found_however_it_is_written() {
        let name = |word: &str| [("#pk", "mine_pk"), ("#s", "sk")].iter().find(|(k, _)| *k == word).map(|(_, v)| *v);
        for (expression, attribute, found) in [
            ("pk = :p", "pk", Some(":p")),
            ("pk=:p and begins_with(sk,:s)", "pk", Some(":p")),
            ("(pk = :p) AND (sk BETWEEN :a AND :b)", "pk", Some(":p")),
            ("sk > :s AND #pk = :p", "mine_pk", Some(":p")),
            ("#s = :s AND #pk = :p", "mine_pk", Some(":p")),
            ("due_pk = :p", "pk", None),
            ("pk >= :p", "pk", None),
            ("begins_with(pk, :p)", "pk", None),
            ("#other = :p", "mine_pk", None),
            ("", "pk", None),
        ] {
            assert_eq!(equal_to(expression, attribute, name), found, "{expression}");
        }
    }
}
