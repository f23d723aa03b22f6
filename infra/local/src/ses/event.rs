//! What SES tells EventBridge about a mail, in the shape AWS documents.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Mail;

const ACCOUNT: &str = "000000000000";
const REGION: &str = "eu-west-2";

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// The recipient's server will never take it.
    Bounce,
    /// The recipient's server took it.
    Delivery,
    /// The recipient called it spam.
    Complaint,
}

/// The event on the default bus about what became of a mail at `at`.
pub fn ses_event(mail: &Mail, kind: EventKind, at: DateTime<Utc>) -> Value {
    let (detail_type, event_type, field) = kind.names();
    let mut detail = json!({ "eventType": event_type, "mail": mail_object(mail) });
    detail[field] = kind.body(mail, at);
    json!({
        "version": "0",
        "id": Uuid::new_v4().to_string(),
        "detail-type": detail_type,
        "source": "aws.ses",
        "account": ACCOUNT,
        "time": at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "region": REGION,
        "resources": [],
        "detail": detail,
    })
}

impl EventKind {
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            EventKind::Bounce => ("Email Bounced", "Bounce", "bounce"),
            EventKind::Delivery => ("Email Delivered", "Delivery", "delivery"),
            EventKind::Complaint => ("Email Complaint Received", "Complaint", "complaint"),
        }
    }

    fn body(self, mail: &Mail, at: DateTime<Utc>) -> Value {
        let at = timestamp(at);
        let feedback = format!("{}-000000", Uuid::new_v4());
        let recipients: Vec<&str> = mail.addresses().collect();
        match self {
            EventKind::Bounce => json!({
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": recipients.iter().map(|address| json!({
                    "emailAddress": address,
                    "action": "failed",
                    "status": "5.1.1",
                    "diagnosticCode": "smtp; 550 5.1.1 user unknown",
                })).collect::<Vec<_>>(),
                "timestamp": at,
                "feedbackId": feedback,
                "reportingMTA": "dsn; laptop.invalid",
            }),
            EventKind::Delivery => json!({
                "timestamp": at,
                "processingTimeMillis": 500,
                "recipients": recipients,
                "smtpResponse": "250 2.6.0 Message received",
                "reportingMTA": "laptop.invalid",
            }),
            EventKind::Complaint => json!({
                "complainedRecipients": recipients.iter().map(|address| json!({
                    "emailAddress": address,
                })).collect::<Vec<_>>(),
                "timestamp": at,
                "feedbackId": feedback,
                "complaintSubType": null,
                "complaintFeedbackType": "abuse",
            }),
        }
    }
}

fn mail_object(mail: &Mail) -> Value {
    // SES gives each tag a list of values, and adds tags of its own.
    let mut tags: Map<String, Value> = mail.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    if let Some(set) = &mail.configuration_set {
        tags.insert("ses:configuration-set".to_owned(), json!([set]));
    }
    let recipients: Vec<&str> = mail.addresses().collect();
    json!({
        "timestamp": timestamp(mail.at),
        "source": mail.from,
        "sourceArn": format!("arn:aws:ses:{REGION}:{ACCOUNT}:identity/{}", mail.from),
        "sendingAccountId": ACCOUNT,
        "messageId": mail.message_id,
        "destination": recipients,
        "headersTruncated": false,
        "headers": mail.headers.iter().map(|(name, value)| json!({
            "name": name, "value": value,
        })).collect::<Vec<_>>(),
        "commonHeaders": {
            "from": [mail.from],
            "to": recipients,
            "messageId": mail.message_id,
            "subject": mail.subject,
        },
        "tags": tags,
    })
}

fn timestamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
