//! Nothing about a person goes into a log.

use crate::{Finding, Source};

/// Words that a field may not be, nor take its value from.
const PERSONAL: [&str; 12] =
    ["contact", "email", "phone", "name", "address", "postcode", "about", "text", "body", "words", "token", "key"];

/// Fields that only look personal: file, the field as written, and what it is.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("functions/transitions/src/command.rs", "command = name", "the command's name"),
    ("infra/local/src/streams.rs", "subscription = subscription.key", "the name of a stream's subscription"),
    ("shared/web/src/pages.rs", "name", "the page's name"),
];

/// Where a log would tell of a person, and allowances that nothing needs.
pub fn logs(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut used = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test) {
        for (at, field) in fields(source) {
            let Some(word) = personal(&field) else { continue };
            let plain = |(file, allowed, _): &(&str, &str, &str)| *file == source.path && *allowed == field;
            match ALLOWED.iter().position(plain) {
                Some(place) => used.push(place),
                None => {
                    let what = format!(
                        "logs `{field}`, and “{word}” may be somebody's: log a reference, or say in redress-tidy why it is not"
                    );
                    findings.push(Finding::new(&source.path, source.line(at), what));
                }
            }
        }
        for at in source.places("#[instrument").into_iter().chain(source.places("#[tracing::instrument")) {
            findings.push(Finding::new(
                &source.path,
                source.line(at),
                "a span of arguments logs them all: log by hand what is asked for",
            ));
        }
    }
    for (place, (file, field, _)) in ALLOWED.iter().enumerate() {
        if sources.iter().any(|source| source.path == *file) && !used.contains(&place) {
            findings.push(Finding::new(
                file,
                1,
                format!("redress-tidy allows it to log `{field}`, and it does not: take that out"),
            ));
        }
    }
    findings
}

/// Every field of every log line: those given, and those captured by the message.
fn fields(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for level in ["error!", "warn!", "info!", "debug!", "trace!", "span!", "event!"] {
        let called = source.code.match_indices(level).map(|(at, _)| at + level.len());
        for open in called.filter(|at| source.code[*at..].starts_with('(')) {
            let inside = source.bracketed(open);
            let mut start = inside.start;
            for end in commas(&source.code[inside.clone()]).into_iter().map(|at| inside.start + at).chain([inside.end])
            {
                let field = source.code[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
                if !field.is_empty() && !field.starts_with('"') {
                    found.push((start, field));
                }
                start = end + 1;
            }
            for literal in source.literals.iter().filter(|literal| inside.contains(&literal.at)) {
                found.extend(captured(&literal.value).into_iter().map(|name| (literal.at, name)));
            }
        }
    }
    found
}

/// Where the commas are that stand in no brackets.
fn commas(code: &str) -> Vec<usize> {
    let (mut depth, mut found) = (0i32, Vec::new());
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => found.push(at),
            _ => {}
        }
    }
    found
}

/// The names in a message's braces.
fn captured(message: &str) -> Vec<String> {
    let inside = message.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    inside
        .map(|(name, _)| name.split(':').next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The word that makes a field look personal: its name, or the last name of its value.
fn personal(field: &str) -> Option<&'static str> {
    // A case's key is its council and its reference.
    if field.starts_with("case = %") && field.ends_with("key") {
        return None;
    }
    let (name, value) = field.split_once('=').unwrap_or((field, field));
    let last = value.trim().trim_end_matches("()").rsplit(['.', ':', '%', '?', '&', ' ']).next().unwrap_or_default();
    let name = name.trim().trim_start_matches(['%', '?']);
    PERSONAL.into_iter().find(|word| name == *word || last == *word || name.rsplit('.').next() == Some(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        logs(&[Source::new("shared/a/src/a.rs", text)]).len()
    }

    #[test]
    fn a_log_that_tells_of_a_person_is_found() {
        assert_eq!(found("tracing::info!(email, \"sent\")"), 1);
        assert_eq!(found("tracing::info!(to = %contact.email, \"sent\")"), 1);
        assert_eq!(found("warn!(council = %c,\n    about = feedback.about.as_str(), \"new\")"), 1);
        assert_eq!(found("tracing::error!(?body, %error, \"no\")"), 1);
        assert_eq!(found("tracing::error!(\"no answer for {name}\")"), 1);
        assert_eq!(found("tracing::info!(who = claims.name(), \"in\")"), 1);
        assert_eq!(found("#[tracing::instrument]\nfn a(text: &str) {}"), 1);
    }

    #[test]
    fn a_log_that_does_not_is_not() {
        assert_eq!(
            found("tracing::info!(council, reference = %case.reference, %error, \"the text of it, a name\")"),
            0
        );
        assert_eq!(found("tracing::warn!(case = %record.key, \"no such case\")"), 0);
        assert_eq!(found("// tracing::info!(email)\nlet email = body;"), 0);
    }

    #[test]
    fn an_allowance_that_nothing_needs_is_found() {
        let (file, field, _) = ALLOWED[0];
        assert_eq!(logs(&[Source::new(file, &format!("tracing::info!({field}, \"a\")"))]), []);
        assert_eq!(logs(&[Source::new(file, "tracing::info!(\"a\")")]).len(), 1);
    }
}
