//! Text with wildcards, as policies write it: `*` is any number of characters, `?` is one.

/// Whether a text is of this form.
pub(super) fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // The last star, and how far into the text it had taken: where to go on when what follows does not fit.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    p = at + 1;
                    t = taken + 1;
                    star = Some((at, taken + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, as its definition reads: slow, and plainly right.
    fn plainly(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => (0..=text.len()).any(|taken| plainly(rest, &text[taken..])),
            (Some(('?', pattern)), Some((_, text))) => plainly(pattern, text),
            (Some((a, pattern)), Some((b, text))) => a == b && plainly(pattern, text),
            _ => false,
        }
    }

    #[test]
    fn text_is_like_a_pattern_or_is_not() {
        for (pattern, text, is) in [
            ("A#*", "A#westminster#2026-03-20", true),
            ("A#*", "A#", true),
            ("A#*", "C#A#", false),
            ("A#*", "a#westminster", false),
            ("A#*", "AC#westminster", false),
            ("dynamodb:*", "dynamodb:GetItem", true),
            ("C#*#WCC-????", "C#westminster#WCC-7QK4", true),
            ("C#*#WCC-????", "C#westminster#WCC-7QK", false),
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("?", "", false),
            ("a.c", "abc", false),
        ] {
            assert_eq!(like(pattern, text), is, "{pattern} {text}");
        }
    }

    /// Every pattern of up to four signs against every text of up to four letters.
    #[test]
    fn every_short_pattern_and_text_agree_with_the_definition() {
        let all = |signs: &[char]| {
            let mut all = vec![String::new()];
            let mut last = all.clone();
            for _ in 0..4 {
                last = last.iter().flat_map(|text| signs.iter().map(move |sign| format!("{text}{sign}"))).collect();
                all.extend(last.clone());
            }
            all
        };
        let (patterns, texts) = (all(&['*', '?', 'a', 'b']), all(&['a', 'b']));
        let mut alike = 0;
        for pattern in &patterns {
            for text in &texts {
                let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
                let expected = plainly(&p, &t);
                assert_eq!(like(pattern, text), expected, "{pattern} {text}");
                alike += usize::from(expected);
            }
        }
        assert!(alike > 1_000 && alike < patterns.len() * texts.len() / 2, "{alike}");
    }
}
