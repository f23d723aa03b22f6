use serde_json::json;

use super::ask::{ENCLOSING_OPERATION, LEADING_KEYS};
use super::*;
use crate::template::{Template, embedded};

/// A template with one function that has this policy.
fn with(policies: &str) -> Result<Permissions, TemplateError> {
    let yaml = format!(
        r#"
Parameters: {{ Key: {{ Type: String, Default: "" }} }}
Conditions: {{ HasKey: !Not [!Equals [!Ref Key, ""]], HasNone: !Not [!Condition HasKey] }}
Resources:
  Cases: {{ Type: AWS::DynamoDB::Table, Properties: {{ TableName: !Sub "${{AWS::StackName}}-cases" }} }}
  Bus: {{ Type: AWS::Events::EventBus, Properties: {{ Name: !Sub "${{AWS::StackName}}-bus" }} }}
  One:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/one/
      Policies:
{policies}
"#
    );
    Permissions::read(&crate::template::plain(&yaml)?)
}

fn statement(fields: &str) -> Result<Permissions, TemplateError> {
    with(&format!("        - Statement:\n            - {{ Sid: It, Effect: Allow, {fields} }}"))
}

fn one() -> Caller {
    Caller::Function("one".to_owned())
}

const CASES: &str = "arn:aws:dynamodb:eu-west-2:000000000000:table/local-cases";

fn allowed(permissions: &Permissions, action: &str, resource: &str) -> bool {
    permissions.permit(&one(), &Ask::new(action, resource)).is_ok()
}

#[test]
fn what_nothing_allows_is_denied() {
    let permissions = statement("Action: dynamodb:GetItem, Resource: !GetAtt Cases.Arn").unwrap();
    assert!(allowed(&permissions, "dynamodb:GetItem", CASES));
    assert!(allowed(&permissions, "DynamoDB:getitem", CASES), "actions have no case");
    assert!(!allowed(&permissions, "dynamodb:PutItem", CASES));
    assert!(!allowed(&permissions, "dynamodb:GetItem", &format!("{CASES}/index/due")), "an index is another resource");
    assert!(!allowed(&permissions, "dynamodb:GetItem", &CASES.to_uppercase()));
    let other = Caller::Function("two".to_owned());
    assert_eq!(permissions.permit(&other, &Ask::new("dynamodb:GetItem", CASES)), Err(Denied { by: None }));
}

#[test]
fn references_come_to_the_arns_that_requests_name() {
    let index = format!("{CASES}/index/due");
    for (resource, means) in [
        (r#"!Sub "${Cases.Arn}/index/due""#, index.as_str()),
        (r#"!Sub "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Cases}""#, CASES),
        (r#"!Sub "arn:aws:dynamodb:*:*:table/${AWS::StackName}-cases""#, CASES),
        ("[!GetAtt Bus.Arn, !GetAtt Cases.Arn]", CASES),
        ("!GetAtt Bus.Arn", "arn:aws:events:eu-west-2:000000000000:event-bus/local-bus"),
    ] {
        let permissions = statement(&format!("Action: \"*\", Resource: {resource}")).unwrap();
        assert!(allowed(&permissions, "any:Thing", means), "{resource}");
    }
}

#[test]
fn a_deny_is_stronger_than_any_allow() {
    let permissions = with(
        "        - Statement:
            - { Sid: All, Effect: Allow, Action: \"dynamodb:*\", Resource: !GetAtt Cases.Arn }
            - { Sid: ButNot, Effect: Deny, Action: \"dynamodb:Delete*\", Resource: \"*\" }",
    )
    .unwrap();
    assert!(allowed(&permissions, "dynamodb:PutItem", CASES));
    let ask = Ask::new("dynamodb:DeleteItem", CASES);
    let denied = permissions.permit(&one(), &ask).unwrap_err();
    assert_eq!(denied.by.map(|by| by.statement.sid.as_str()), Some("ButNot"));
}

#[test]
fn a_statement_behind_an_option_that_is_off_is_known_and_allows_nothing() {
    let permissions = with(
        "        - Statement:
            - !If [HasKey, { Sid: Key, Effect: Allow, Action: \"a:A\", Resource: \"*\" }, !Ref AWS::NoValue]
            - !If [HasNone, { Sid: NoKey, Effect: Allow, Action: \"a:B\", Resource: \"*\" }, !Ref AWS::NoValue]",
    )
    .unwrap();
    assert!(!allowed(&permissions, "a:A", CASES) && allowed(&permissions, "a:B", CASES));
    let known: Vec<(&str, bool)> = permissions.statements().map(|one| (one.sid.as_str(), one.in_force)).collect();
    assert_eq!(known, [("Key", false), ("NoKey", true)]);
}

#[test]
fn what_cannot_be_read_of_a_policy_is_an_error_that_says_where_and_what() {
    for (fields, named) in [
        ("Action: a:A, Resource: !GetAtt Nothing.Arn", "Nothing.Arn"),
        ("Action: a:A, Resource: !GetAtt Cases.StreamArn", "StreamArn"),
        ("Action: a:A, Resource: !Ref Nothing", "Nothing"),
        (r#"Action: a:A, Resource: !Sub "${Nothing}/x""#, "Nothing"),
        (r#"Action: a:A, Resource: "table/${aws:PrincipalTag/team}""#, "PrincipalTag"),
        (r#"Action: a:A, Resource: !Join ["", [a, b]]"#, "Fn::Join"),
        ("Action: a:A, Resource: !If [Unheard, a, b]", "Unheard"),
        ("NotAction: a:A, Resource: a", "NotAction"),
        ("Action: a:A, NotResource: a", "NotResource"),
        ("Resource: a", "Action"),
        ("Action: a:A, Resource: []", "Resource"),
        ("Action: a:A, Resource: a, Condition: { DateLessThan: { \"aws:CurrentTime\": x } }", "DateLessThan"),
    ] {
        let error = statement(fields).unwrap_err().to_string();
        assert!(error.contains("One.It") && error.contains(named), "{fields}: {error}");
    }
    let of_sam = with("        - DynamoDBCrudPolicy: { TableName: !Ref Cases }").unwrap_err().to_string();
    assert!(of_sam.contains("One.Policies"), "{of_sam}");
    let managed = with("        - AWSLambdaExecute").unwrap_err().to_string();
    assert!(managed.contains("One.Policies"), "{managed}");
    let nameless = with("        - Statement: [{ Effect: Allow, Action: a, Resource: a }]").unwrap_err().to_string();
    assert!(nameless.contains("Sid"), "{nameless}");
}

fn template() -> Permissions {
    embedded().unwrap().permissions
}

/// A request of the table of the template, with a partition key, in a transaction or not.
fn ask(operation: &str, table: &str, key: &str, within: bool) -> Ask {
    let ask = Ask::new(format!("dynamodb:{operation}"), template().arn("AWS::DynamoDB::Table", table));
    let ask = ask.with(LEADING_KEYS, vec![key.to_owned()]);
    ask.with(ENCLOSING_OPERATION, if within { vec!["TransactWriteItems".to_owned()] } else { Vec::new() })
}

/// Whether a function may do it in any way.
fn may(function: &str, operation: &str, table: &str, key: &str) -> bool {
    let (permissions, caller) = (template(), Caller::Function(function.to_owned()));
    [true, false].iter().any(|within| permissions.permit(&caller, &ask(operation, table, key, *within)).is_ok())
}

const ALL: [&str; 6] = ["acknowledgement", "casework", "deadlines", "intake", "notices", "transitions"];

#[test]
fn history_is_added_to_inside_transactions_and_never_changed_by_anybody() {
    let permissions = template();
    for function in ALL {
        let caller = Caller::Function(function.to_owned());
        for operation in
            ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"]
        {
            assert!(!may(function, operation, "ledger", "C#a#b"), "{function} {operation}");
        }
        let alone = permissions.permit(&caller, &ask("PutItem", "ledger", "C#a#b", false));
        assert!(alone.is_err(), "{function} puts outside a transaction");
        let within = permissions.permit(&caller, &ask("PutItem", "ledger", "C#a#b", true));
        assert_eq!(within.is_ok(), function != "casework", "{function}");
    }
    let denied = permissions.permit(&Caller::Laptop, &ask("DeleteItem", "ledger", "C#a#b", false)).unwrap_err();
    assert_eq!(denied.by.map(|by| by.statement.sid.as_str()), Some("HistoryIsNeverChanged"), "nor by administrators");
}

#[test]
fn casework_writes_audit_rows_saved_views_and_staff_names_and_nothing_else() {
    for key in ["C#a#b", "I#a#b", "W#a#b", "E#a#2026-03", "D#a", "K#a", "N#a#b", ""] {
        for operation in ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem"] {
            assert!(!may("casework", operation, "cases", key), "{operation} {key}");
        }
    }
    assert!(may("casework", "PutItem", "cases", "A#a#2026-03-20"));
    assert!(may("casework", "DeleteItem", "cases", "V#a#person-1"));
    assert!(!may("casework", "DeleteItem", "cases", "A#a#2026-03-20"), "a row of the trail stays");
    let nameless = Ask::new("dynamodb:PutItem", template().arn("AWS::DynamoDB::Table", "cases"));
    assert!(template().permit(&Caller::Function("casework".to_owned()), &nameless).is_err(), "no key is no audit row");
}

#[test]
fn who_may_delete_what_in_the_cases_table() {
    let deletes = |key: &str| -> Vec<&str> {
        let may = |name: &&str| may(name, "DeleteItem", "cases", key) || may(name, "BatchWriteItem", "cases", key);
        ALL.into_iter().filter(may).collect()
    };
    assert_eq!(deletes("C#a#b"), ["deadlines"], "only the sweep destroys");
    assert_eq!(deletes("D#a"), [""; 0], "a draft that was sent says so, and goes by itself");
    assert_eq!(deletes("W#a#b"), ["deadlines", "notices"], "words that a case is no longer found by");
    assert_eq!(deletes("V#a#b"), ["casework"]);
    assert_eq!(deletes("A#a#2026-03-20"), [""; 0], "who read what stays");
    assert_eq!(deletes("I#a#b"), [""; 0]);
    assert_eq!(deletes("E#a#2026-03"), [""; 0]);
}

#[test]
fn nobody_scans_and_nobody_but_notices_sends_or_tells() {
    let permissions = template();
    for function in ALL {
        let caller = Caller::Function(function.to_owned());
        assert!(!may(function, "Scan", "cases", "C#a#b") && !may(function, "Scan", "ledger", "C#a#b"), "{function}");
        let bus = Ask::new("events:PutEvents", permissions.arn("AWS::Events::EventBus", "redress"));
        let mail = Ask::new("ses:SendEmail", permissions.arn_of("AWS::SES::EmailIdentity", "council.example"));
        for ask in [bus, mail] {
            assert_eq!(permissions.permit(&caller, &ask).is_ok(), function == "notices", "{function} {}", ask.action);
        }
    }
}

#[test]
fn every_use_of_a_statement_is_listed() {
    let permissions = with(
        "        - Statement:
            - Sid: It
              Effect: Allow
              Action: [a:A, a:B]
              Resource: [!GetAtt Cases.Arn, \"*\"]
              Condition: { \"ForAllValues:StringLike\": { \"dynamodb:LeadingKeys\": [\"A#*\", \"V#*\"] } }",
    )
    .unwrap();
    let uses: Vec<Use> = permissions.statements().flat_map(Statement::uses).collect();
    assert_eq!(uses.len(), 8);
    assert_eq!((uses[0].resource.as_str(), uses[1].key.as_deref()), ("Cases.Arn", Some("V#*")));
}

#[test]
fn a_template_that_allows_less_is_read_as_such() {
    let yaml = include_str!("../../../aws/template.yaml");
    let less = Template::parse(&yaml.replace("\"A#*\"", "\"nothing\"")).unwrap();
    let ask = ask("PutItem", "cases", "A#a#2026-03-20", false);
    assert!(less.permissions.permit(&Caller::Function("casework".to_owned()), &ask).is_err());
    assert_eq!(json!(less.functions.len()), 6);
}
