//! An error in words of a person who writes a policy, with what was probably meant.

/// Says it so, of an error of serde's or chrono's about what stands in `text` from `at` to `end`.
pub(super) fn meant(message: &str, text: &str, at: usize, end: usize) -> String {
    if let Some(known) = nearest(message) {
        return format!("{message}. Did you mean `{known}`?");
    }
    if message == "wanted string or table" {
        return "write one word in quotes here".to_owned();
    }
    if is_of_dates(message) {
        let written = text.get(at..end).unwrap_or("").trim_matches('"');
        return if name_before(text, at) == "cut_off" {
            format!("“{written}” is not an hour of the day: write it like \"16:00\"")
        } else {
            format!("“{written}” is not a real date: write it like \"2026-03-20\"")
        };
    }
    message.to_owned()
}

/// The name of the value that starts at a place: what stands before it in its line.
pub(super) fn name_before(text: &str, at: usize) -> &str {
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
    line.split('=').next().unwrap_or("").trim()
}

/// The name most like the one that is unknown, where one is like it.
pub(super) fn nearest(message: &str) -> Option<&str> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let written = quoted.next().filter(|_| message.starts_with("unknown "))?;
    let likeness = |known: &&str| strsim::jaro_winkler(written, known);
    quoted.filter(|known| likeness(known) > 0.7).max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

/// What chrono says of a date or an hour, which names neither what was written nor what is wanted.
fn is_of_dates(message: &str) -> bool {
    let said = [
        "input contains invalid characters",
        "input is out of range",
        "premature end of input",
        "trailing input",
        "no possible date and time matching input",
        "input is not enough for unique date and time",
    ];
    said.contains(&message) || message.contains("expected a formatted")
}
