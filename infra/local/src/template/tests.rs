use serde_json::json;

use super::*;

fn function(name: &str) -> Function {
    embedded().unwrap().functions.into_iter().find(|each| each.name == name).unwrap()
}

#[test]
fn the_template_declares_six_functions_two_tables_and_a_bus() {
    let template = embedded().unwrap();
    let names: Vec<&str> = template.functions.iter().map(|each| each.name.as_str()).collect();
    assert_eq!(names, ["acknowledgement", "casework", "deadlines", "intake", "notices", "transitions"]);
    let tables: Vec<&str> = template.tables.iter().map(|each| each.name.as_str()).collect();
    assert_eq!(tables, ["cases", "ledger"]);
    assert_eq!(template.bus, "redress");
}

#[test]
fn the_cases_table_has_its_indexes_its_stream_and_its_time_to_live() {
    let template = embedded().unwrap();
    let cases = template.table("CasesTable").unwrap();
    assert_eq!(cases.ttl_attribute.as_deref(), Some("expires_at"));
    assert_eq!(cases.create["TableName"], "cases");
    assert_eq!(cases.create["StreamSpecification"], json!({"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}));
    let indexes = cases.create["GlobalSecondaryIndexes"].as_array().unwrap();
    let names: Vec<&str> = indexes.iter().map(|each| each["IndexName"].as_str().unwrap()).collect();
    let all = ["due", "queue", "mine", "register", "person", "print", "attention", "audit-case", "audit-actor"];
    assert_eq!(names, all);
    assert!(cases.create.get("DeletionProtectionEnabled").is_none());
}

#[test]
fn the_rest_of_a_path_is_written_as_axum_writes_it() {
    let assets = Route { method: "GET".to_owned(), path: "/assets/{*proxy}".to_owned() };
    assert!(function("intake").routes.contains(&assets));
    assert_eq!(function("intake").routes.len(), 29);
}

#[test]
fn no_route_is_declared_twice() {
    let template = embedded().unwrap();
    let mut routes: Vec<Route> = template.functions.into_iter().flat_map(|each| each.routes).collect();
    let declared = routes.len();
    routes.sort();
    routes.dedup();
    assert_eq!(routes.len(), declared);
}

#[test]
fn streams_name_their_table_and_keep_their_filters() {
    let notices = function("notices");
    let tables: Vec<&str> = notices.streams.iter().map(|each| each.table.as_str()).collect();
    assert_eq!(tables, ["LedgerTable", "CasesTable"]);
    let pending = json!({"eventName": "MODIFY", "dynamodb": {
        "Keys": {"pk": {"S": "C#a#b"}, "sk": {"S": "OUT#1"}},
        "NewImage": {"state": {"S": "pending"}},
    }});
    assert!(notices.streams[1].filters[0].matches(&pending));

    let first = json!({"eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "000001"}}}});
    let second = json!({"eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "000002"}}}});
    let filter = function("acknowledgement").streams[0].filters[0].clone();
    assert!(filter.matches(&first));
    assert!(!filter.matches(&second));
}

#[test]
fn the_sweep_runs_every_five_minutes() {
    assert_eq!(function("deadlines").schedule_s, Some(300));
}

#[test]
fn notices_hears_what_became_of_a_letter_under_the_names_that_ses_uses() {
    let notices = function("notices");
    for name in ["Email Bounced", "Email Delivered", "Email Complaint Received"] {
        let event = json!({"source": "aws.ses", "detail-type": name});
        assert!(notices.rules[0].matches(&event), "{name}");
    }
}

#[test]
fn a_function_has_the_variables_of_all_and_its_own() {
    assert!(function("intake").variables.contains(&"REDRESS_CASES".to_owned()));
    assert!(!function("intake").variables.contains(&"REDRESS_CONFIGURATION_SET".to_owned()));
    assert!(function("notices").variables.contains(&"REDRESS_CONFIGURATION_SET".to_owned()));
}

#[test]
fn a_stream_of_a_table_that_is_not_declared_is_an_error() {
    let yaml = include_str!("../../../aws/template.yaml");
    let error = Template::parse(&yaml.replace("LedgerTable.StreamArn", "OtherTable.StreamArn"));
    assert!(error.unwrap_err().to_string().contains("OtherTable"));
}

#[test]
fn what_the_laptop_does_not_know_is_an_error_that_says_where() {
    let yaml = include_str!("../../../aws/template.yaml");
    let schedule = Template::parse(&yaml.replace("rate(5 minutes)", "cron(0 * * * ? *)"));
    assert!(schedule.unwrap_err().to_string().contains("Deadlines.Sweep.ScheduleExpression"));
    let kind = Template::parse(&yaml.replace("Type: EventBridgeRule", "Type: SNS"));
    assert!(kind.unwrap_err().to_string().contains("Notices.LetterFate.Type"));
    let name = Template::parse(&yaml.replace("TableName:", "Table:"));
    assert!(name.unwrap_err().to_string().contains("CasesTable.TableName"));
}
