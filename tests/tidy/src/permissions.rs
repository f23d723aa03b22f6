//! What the template's policies say: wildcards have a reason beside them, and what is allowed is used.

use crate::Finding;
use crate::routes::TEMPLATE;

/// What a comment begins with that excuses an allowed use which no test makes.
const EXCUSE: &str = "untried:";

/// One use that a statement allows or denies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The resource whose policy it stands in, such as `Intake`.
    pub logical_id: String,
    /// Its statement.
    pub sid: String,
    /// Such as `dynamodb:PutItem`.
    pub action: String,
    /// Such as `${CasesTable.Arn}/index/due`.
    pub resource: String,
    /// A pattern of a partition key, if the statement asks for one.
    pub key: Option<String>,
}

/// Wildcards in an `Action` or a `Resource` that have no comment on their line or the line above.
pub fn wildcards(yaml: &str) -> Vec<Finding> {
    let lines: Vec<&str> = yaml.lines().collect();
    let mut findings = Vec::new();
    let mut within: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let (code, comment) = parted(line);
        if code.trim().is_empty() {
            continue;
        }
        let indent = code.len() - code.trim_start().len();
        within = within.filter(|opened| indent > *opened);
        let words = ["Action:", "Resource:", "NotAction:", "NotResource:"];
        let named = words.iter().filter_map(|word| code.find(word)).min();
        let said = match named {
            Some(from) => {
                within = Some(code.find(|c: char| c.is_alphabetic()).unwrap_or(indent));
                &code[from..]
            }
            None if within.is_some() => code,
            None => continue,
        };
        let above = at.checked_sub(1).map(|above| parted(lines[above]));
        let reasoned =
            !comment.is_empty() || above.is_some_and(|(code, why)| code.trim().is_empty() && !why.is_empty());
        if said.contains('*') && !reasoned {
            let what = "a wildcard: name what is meant, or write beside it why it must be so wide";
            findings.push(Finding::new(TEMPLATE, at + 1, what));
        }
    }
    findings
}

/// What is allowed (or denied to all) and used by no test, and excuses of what is used.
pub fn unused(all: &[Use], used: &[Use], yaml: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut idle = Vec::new();
    for one in all {
        let lines = statement(yaml, one);
        let Some(first) = lines.first() else {
            findings.push(Finding::new(TEMPLATE, 1, format!("{} {} was not found", one.logical_id, one.sid)));
            continue;
        };
        let excuses = lines.iter().filter(|line| line.excuses(one));
        if used.contains(one) {
            // Whether each of them excuses anything else is seen below.
            excuses.for_each(|line| idle.push((line.n, false)));
        } else {
            let before = idle.len();
            excuses.for_each(|line| idle.push((line.n, true)));
            if idle.len() == before {
                let key = one.key.as_ref().map(|key| format!(" of {key}")).unwrap_or_default();
                let what = format!(
                    "{} {}: no test uses {} on {}{key}: take it out, test it, or write `# {EXCUSE} why` beside it",
                    one.logical_id, one.sid, one.action, one.resource
                );
                findings.push(Finding::new(TEMPLATE, first.n, what));
            }
        }
    }
    for (n, _) in &idle {
        if !idle.iter().any(|(other, needed)| other == n && *needed) {
            findings.push(Finding::new(TEMPLATE, *n, "excuses what a test does use: take the excuse out"));
        }
    }
    findings
}

/// A line of a statement, with the excuse beside it.
struct Line<'a> {
    n: usize,
    code: &'a str,
    excuse: Option<&'a str>,
}

impl Line<'_> {
    /// Beside an action, a resource or a key an excuse is of that alone; beside the name, of the whole statement.
    fn excuses(&self, one: &Use) -> bool {
        let has = |text: &str| self.code.contains(text);
        let key = one.key.as_deref().is_some_and(|key| has(&format!("\"{key}\"")));
        self.excuse.is_some() && (has("Sid:") || has(&one.action) || has(&one.resource) || key)
    }
}

/// The lines of a statement. An excuse on a line of its own belongs to the line below it.
fn statement<'a>(yaml: &'a str, one: &Use) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let (mut here, mut inside, mut waiting) = (false, false, None);
    for (n, line) in (1..).zip(yaml.lines()) {
        let (code, comment) = parted(line);
        if code.starts_with("  ") && !code.starts_with("   ") && code.trim_end().ends_with(':') {
            here = code.trim() == format!("{}:", one.logical_id);
            inside = false;
        }
        if !here {
            continue;
        }
        let excuse = comment.strip_prefix(EXCUSE).map(str::trim).filter(|why| !why.is_empty());
        if code.trim().is_empty() {
            waiting = excuse.or(waiting);
            continue;
        }
        if let Some((_, sid)) = code.split_once("Sid:") {
            inside = sid.trim().split([',', ' ', '}']).next() == Some(&one.sid);
        } else if code.trim_end() == "      Events:" {
            inside = false;
        }
        if inside {
            lines.push(Line { n, code, excuse: excuse.or(waiting) });
        }
        waiting = None;
    }
    lines
}

/// A line's code and its comment.
fn parted(line: &str) -> (&str, &str) {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '#' && before.is_whitespace() => return (&line[..at], line[at + 1..].trim()),
            None => {}
        }
        before = c;
    }
    (line, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = r#"
Resources:
  One:
    Properties:
      Policies:
        - Statement:
            - Sid: Read
              Effect: Allow
              Action: [a:Get, a:List]
              Resource:
                - !Sub "${Table.Arn}/index/x"
                # untried: the other index is read in the Region alone
                - !Sub "${Table.Arn}/index/y"
      Events:
        Read: { Sid: Read }
  Two:
    Properties:
      Policies:
        # untried: an option that is off
        - { Sid: Read, Effect: Allow, Action: "a:*", Resource: "*" } # all of it
"#;

    fn of(logical_id: &str, action: &str, resource: &str) -> Use {
        let own = |text: &str| text.to_owned();
        Use { logical_id: own(logical_id), sid: own("Read"), action: own(action), resource: own(resource), key: None }
    }

    const X: &str = "${Table.Arn}/index/x";
    const Y: &str = "${Table.Arn}/index/y";

    #[test]
    fn what_no_test_uses_is_named_at_its_statement() {
        let all = [of("One", "a:Get", X), of("One", "a:List", X)];
        let found = unused(&all, &all[..1], YAML);
        assert_eq!((found.len(), found[0].line), (1, 7), "{found:?}");
        assert!(found[0].what.contains("One Read: no test uses a:List on ${Table.Arn}/index/x"), "{}", found[0]);
        assert_eq!(unused(&all, &all, YAML), []);
        assert_eq!(unused(&all, &[], YAML).len(), 2);
    }

    #[test]
    fn an_excuse_is_of_what_stands_beside_it_and_no_more() {
        assert_eq!(unused(&[of("One", "a:Get", Y)], &[], YAML), []);
        assert_eq!(unused(&[of("One", "a:Get", X)], &[], YAML).len(), 1);
        assert_eq!(unused(&[of("Two", "a:*", "*")], &[], YAML), [], "beside the name, of the whole");
        let bare = YAML.replace("# untried: an option that is off", "# untried:");
        assert_eq!(unused(&[of("Two", "a:*", "*")], &[], &bare).len(), 1, "without a reason it is none");
    }

    #[test]
    fn an_excuse_of_what_is_used_is_found() {
        let all = [of("One", "a:Get", Y), of("One", "a:List", Y)];
        assert_eq!(unused(&all, &all, YAML)[0].line, 13);
        assert_eq!(unused(&all, &all[..1], YAML), [], "one of the two still needs it");
    }

    #[test]
    fn a_wildcard_without_a_reason_is_found() {
        assert_eq!(wildcards(YAML), []);
        let lines = |yaml: &str| wildcards(yaml).into_iter().map(|found| found.line).collect::<Vec<_>>();
        let bare = "Action: \"a:*\"\nResource:\n  - x\n  - \"y/*\"\n\nOther: \"*\"\n- { Sid: It, Resource: '*' }\n";
        assert_eq!(lines(bare), [1, 4, 7]);
        let reasoned = "# all of a\nAction: \"a:*\"\nResource:\n  - x # *\n  # any y\n  - \"y/*\"\nNotAction: a\n";
        assert_eq!(lines(reasoned), [0usize; 0]);
        assert_eq!(lines("Resource: \"x#*\""), [1], "a hash inside quotation marks is no comment");
    }
}
