//! From the Codes' file to [`Codes`], or to what is wrong with it and where.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::check::Check;
use super::span::sum;
use super::{Codes, Rule};
use crate::policy::PolicyError;

/// Reads and checks the Codes.
///
/// # Errors
/// Broken TOML, unknown or missing fields and unknown checks stop the reading at the first; what is
/// written well but cannot be meant is listed whole.
pub fn read(file: &str, text: &str) -> Result<Codes, Vec<PolicyError>> {
    let parsed = toml::Deserializer::parse(text).and_then(Codes::deserialize);
    let codes = parsed.map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![PolicyError::at(file, text, at, error.message().to_owned())]
    })?;
    let wrong: Vec<PolicyError> = meant(&codes)
        .into_iter()
        .map(|(needle, message)| PolicyError::at(file, text, text.find(&needle).unwrap_or(0), message))
        .collect();
    if wrong.is_empty() { Ok(codes) } else { Err(wrong) }
}

/// What cannot be meant, each with words to find it by.
fn meant(codes: &Codes) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for rule in &codes.rules {
        let at = format!("id = \"{}\"", rule.id);
        if !seen.insert(&rule.id) {
            found.push((at.clone(), format!("rule `{}` is there twice", rule.id)));
        }
        found.extend(
            wrong(codes, rule).into_iter().map(|message| (at.clone(), format!("rule `{}` {message}", rule.id))),
        );
    }
    found
}

fn wrong(codes: &Codes, rule: &Rule) -> Vec<String> {
    let mut found = Vec::new();
    if rule.regimes.is_empty() {
        found.push("belongs to no regime".to_owned());
    }
    for id in rule.regimes.keys().chain(rule.severity.keys()) {
        if codes.regime(id).is_none() {
            let known: Vec<&str> = codes.regimes.iter().map(|regime| regime.id.as_str()).collect();
            found.push(format!("names the regime `{id}`: there are {}", known.join(", ")));
        }
    }
    match (rule.machine, rule.checks.is_empty(), &rule.why) {
        (true, true, _) => found.push("has no `checks`: give some, or say `machine = false` and `why`".to_owned()),
        (false, false, _) => found.push("has `checks` and says `machine = false`".to_owned()),
        (false, true, None) => found.push("says `machine = false` and not `why`".to_owned()),
        _ => {}
    }
    for check in &rule.checks {
        if let Check::LengthAtMost { length, plus: Some(plus), .. } = check
            && sum(*length, *plus).is_none()
        {
            found.push(format!("adds {plus} to {length}: a sum needs one unit"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIME: &str = "[[regimes]]\nid = \"a\"\nname = \"A Code\"\nshort = \"A\"\nombudsman = \"a\"\nseverity = \"must\"\nfrom = \"2024-04-01\"\n";

    fn errors(rule: &str) -> Vec<PolicyError> {
        read("codes/x.toml", &format!("{REGIME}[[rules]]\n{rule}")).unwrap_err()
    }

    #[test]
    fn an_unknown_check_names_file_line_and_what_there_is() {
        let found = errors(
            "id = \"1\"\nregimes = { a = [\"1\"] }\nsays = \"x\"\nevidence = \"V\"\nchecks = [{ kind = \"lenght-at-most\" }]\n",
        );
        assert_eq!((found[0].file.as_str(), found[0].line), ("codes/x.toml", 13));
        assert!(
            found[0].message.contains("lenght-at-most") && found[0].message.contains("length-at-most"),
            "{}",
            found[0]
        );
    }

    #[test]
    fn a_parameter_too_many_and_a_promise_that_is_none_are_refused() {
        for (check, said) in [
            ("{ kind = \"anonymous-taken\", n = 1 }", "unknown field `n`"),
            ("{ kind = \"stages-at-most\" }", "missing field `n`"),
            ("{ kind = \"length-at-most\", of = \"stage-1.answer\", length = \"1 day\" }", "stage-1.answer"),
            ("{ kind = \"length-at-most\", of = \"stage-1.extend\", length = \"1 fortnight\" }", "1 fortnight"),
        ] {
            let found = errors(&format!(
                "id = \"1\"\nregimes = {{ a = [\"1\"] }}\nsays = \"x\"\nevidence = \"V\"\nchecks = [{check}]\n"
            ));
            assert!(found[0].message.contains(said) && found[0].line == 13, "{}", found[0]);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_told_all_at_once() {
        let found = errors(
            "id = \"1\"\nregimes = { b = [\"1\"] }\nsays = \"x\"\nevidence = \"M\"\n[[rules]]\nid = \"1\"\nregimes = {}\nsays = \"x\"\nevidence = \"C\"\nmachine = false\n\
             [[rules]]\nid = \"2\"\nregimes = { a = [\"2\"] }\nsays = \"x\"\nevidence = \"C\"\nchecks = [{ kind = \"length-at-most\", of = \"stage-1.respond\", length = \"1 day\", plus = \"1 week\" }]\n",
        );
        let said: Vec<&str> = found.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "rule `1` names the regime `b`: there are a",
                "rule `1` has no `checks`: give some, or say `machine = false` and `why`",
                "rule `1` is there twice",
                "rule `1` belongs to no regime",
                "rule `1` says `machine = false` and not `why`",
                "rule `2` adds 1 week to 1 day: a sum needs one unit",
            ]
        );
    }
}
