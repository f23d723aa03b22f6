//! A rule of a deadline, in words for staff.

/// `stage-1.respond` as “the answer at stage 1”.
pub(crate) fn in_words(rule: &str) -> String {
    let (of, what) = rule.split_once('.').unwrap_or((rule, ""));
    let stage = of.strip_prefix("stage-").unwrap_or_default();
    match (of, what) {
        ("action", n) => format!("remedy {n}"),
        ("restriction", _) => "the review of a limit on contact".to_owned(),
        ("ombudsman", "refer-by") => "the last day to go to the Housing Ombudsman".to_owned(),
        ("ombudsman", _) => "our reply to the Ombudsman".to_owned(),
        ("service-request", _) => "what was asked for".to_owned(),
        ("complaint", "twelve-weeks") => "12 weeks since the complaint came in".to_owned(),
        ("adjustments", _) => "the review of what makes things easier for the person".to_owned(),
        ("retention", _) => "the end of keeping this case".to_owned(),
        (_, "acknowledge") => format!("the acknowledgement at stage {stage}"),
        (_, "respond") => format!("the answer at stage {stage}"),
        (_, "update") => format!("news for the resident at stage {stage}"),
        (_, "request") => format!("the time to ask for stage {stage}"),
        (_, "hand-over") => format!("the hand-over of stage {stage}"),
        (_, "file") => format!("filing after stage {stage}"),
        // A rule that is new to us is still better named than left out.
        _ => rule.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_reads_as_words() {
        assert_eq!(in_words("stage-2.respond"), "the answer at stage 2");
        assert_eq!(in_words("action.3"), "remedy 3");
        assert_eq!(in_words("ombudsman.reply"), "our reply to the Ombudsman");
        assert_eq!(in_words("stage-2.hand-over"), "the hand-over of stage 2");
        assert_eq!(in_words("stage-1.other"), "stage-1.other");
    }
}
