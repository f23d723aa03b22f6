//! A template with one thing wrong in it is caught, and by its name.

use redress_tidy::House;
use redress_tidy::routes::TEMPLATE;

use crate::findings;

/// What is changed: the first place where this stands becomes that, and a finding then says this.
const MUTATIONS: [(&str, &str, &str, &str); 18] = [
    ("a runtime misspelt", "Runtime: provided.al2023", "Runtime: provided.al2032", "there is no such"),
    (
        "partial answers dropped",
        "            FunctionResponseTypes: [ReportBatchItemFailures]\n",
        "",
        "brings back the whole batch",
    ),
    ("no bisecting", "BisectBatchOnFunctionError: true", "BisectBatchOnFunctionError: false", "ends the batch"),
    (
        "no failure destination",
        "              OnFailure: { Type: SQS, Destination: !GetAtt LeftToTheSweep.Arn }\n",
        "              {}\n",
        "no destination for what fails",
    ),
    (
        "a stream's filter that is no JSON",
        "'{\"eventName\":[\"INSERT\"]}'",
        "'{\"eventName\":[\"INSERT\"'",
        "Notices.History",
    ),
    (
        "an event of SES asked for by a wrong name",
        "MatchingEventTypes: [bounce, complaint, delivery]",
        "MatchingEventTypes: [bounce, complaint, delivered]",
        "asks SES for `delivered`",
    ),
    ("an event of SES heard by a wrong name", "Email Bounced", "Email Bounce", "waits for `Email Bounce`"),
    (
        "a route dropped",
        "          Properties: { Method: POST, Path: \"/api/{council}/feedback\" }",
        "          Properties: { Method: GET, Path: \"/health\" }",
        "POST /api/{council}/feedback is not in",
    ),
    (
        "a variable misspelt",
        "REDRESS_CONFIGURATION_SET:",
        "REDRESS_CONFIGURATIONSET:",
        "reads REDRESS_CONFIGURATION_SET, which",
    ),
    ("an index called otherwise", "        - IndexName: attention\n", "        - IndexName: attend\n", "`attention`"),
    (
        "the ledger's denial taken out",
        "              Effect: Deny\n",
        "              Effect: Allow\n",
        "does not deny everybody dynamodb:UpdateItem",
    ),
    (
        "history put outside a transaction",
        "              Action: dynamodb:PutItem\n              Resource: !GetAtt LedgerTable.Arn\n              Condition:\n                StringEquals: { \"dynamodb:EnclosingOperation\": TransactWriteItems }\n",
        "              Action: dynamodb:PutItem\n              Resource: !GetAtt LedgerTable.Arn\n",
        "AddToHistory allows dynamodb:PutItem",
    ),
    (
        "changed history goes unheard",
        "'{\"eventName\":[\"MODIFY\",\"REMOVE\"]}'",
        "'{\"eventName\":[\"MODIFY\"]}'",
        "nobody hears of an entry",
    ),
    (
        "what is anchored is not locked",
        "          DefaultRetention: { Mode: !Ref HeadsLock, Years: !Ref HeadsYears }\n",
        "          DefaultRetention: { Years: !Ref HeadsYears }\n",
        "no lock by default",
    ),
    (
        "a function that takes away what is anchored",
        "              Action: s3:PutObject\n              Resource: !Sub \"${HeadsBucket.Arn}",
        "              Action: s3:DeleteObjectVersion\n              Resource: !Sub \"${HeadsBucket.Arn}",
        "AnchorHistories allows s3:DeleteObjectVersion",
    ),
    (
        "an alarm of a metric nobody tells",
        "MetricName: SweepLagSeconds",
        "MetricName: SweepLag",
        "watches Redress SweepLag",
    ),
    (
        "a reference in a policy that leads nowhere",
        "Resource: !GetAtt Bus.Arn",
        "Resource: !GetAtt Buss.Arn",
        "`Buss.Arn` is referred to",
    ),
    (
        "a schedule without a dead-letter queue",
        "            DeadLetterConfig: { Arn: !GetAtt NotDelivered.Arn }\n",
        "",
        "lost in silence",
    ),
];

#[test]
fn one_thing_wrong_is_caught_by_its_name() {
    let house = House::here();
    let whole = house.read(TEMPLATE);
    let mut missed = Vec::new();
    for (what, from, to, said) in MUTATIONS {
        assert!(whole.contains(from), "{what}: the template no longer says {from:?}");
        let found = findings(&whole.replacen(from, to, 1), &house);
        if !found.iter().any(|finding| finding.what.contains(said)) {
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            missed.push(format!("{what}: {said:?} is not among {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
