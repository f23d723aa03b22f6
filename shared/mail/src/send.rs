//! Sending one mail, once.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag};
use aws_types::SdkConfig;
use redress_platform::Account;

/// The variable that redirects the client.
pub const ENDPOINT_VARIABLE: &str = "AWS_ENDPOINT_URL_SESV2";

/// A mail, ready to go.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The address it comes from.
    pub from: String,
    /// To whom.
    pub to: String,
    /// A mailbox somebody reads.
    pub reply_to: String,
    /// Its subject: no personal data.
    pub subject: String,
    /// Its words, plain.
    pub text: String,
    /// Its words, as HTML.
    pub html: String,
    /// What the service's events name it by: letters, digits, `_` and `-`.
    pub tags: Vec<(&'static str, String)>,
}

/// What came of a send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// The service took it, under this id.
    Accepted(String),
    /// The service will never take it; its code.
    Rejected(String),
    /// The service is busy.
    Throttled,
    /// No answer, or one that says nothing: it may have gone out.
    Unknown(String),
}

/// A client of SES.
#[derive(Clone, Debug)]
pub struct Mailer {
    client: Client,
    configuration_set: Option<String>,
}

impl Mailer {
    /// A client at the account's endpoint, or where the variable points.
    /// `REDRESS_CONFIGURATION_SET` names the set whose events come back to us.
    pub fn new(config: SdkConfig) -> Mailer {
        let config = Account::without_retries(config);
        let own = aws_sdk_sesv2::config::Builder::from(&config)
            .behavior_version(aws_sdk_sesv2::config::BehaviorVersion::latest())
            .build();
        let configuration_set = std::env::var("REDRESS_CONFIGURATION_SET").ok().filter(|name| !name.is_empty());
        Mailer { client: Client::from_conf(own), configuration_set }
    }

    /// The same, with another set than the environment names.
    #[must_use]
    pub fn with_configuration_set(self, name: &str) -> Mailer {
        Mailer { configuration_set: Some(name.to_owned()), ..self }
    }

    /// Sends a mail, once.
    pub async fn send(&self, mail: Mail) -> Sending {
        let content = match content(&mail) {
            Ok(content) => content,
            Err(error) => return Sending::Rejected(error.to_string()),
        };
        let mut request = self
            .client
            .send_email()
            .from_email_address(mail.from)
            .destination(Destination::builder().to_addresses(mail.to).build())
            .reply_to_addresses(mail.reply_to)
            .content(content)
            .set_configuration_set_name(self.configuration_set.clone());
        for (name, value) in mail.tags {
            match MessageTag::builder().name(name).value(value).build() {
                Ok(tag) => request = request.email_tags(tag),
                Err(error) => return Sending::Rejected(error.to_string()),
            }
        }
        match request.send().await {
            Ok(sent) => Sending::Accepted(sent.message_id().unwrap_or_default().to_owned()),
            Err(error) => sort(&error),
        }
    }
}

fn content(mail: &Mail) -> Result<EmailContent, aws_smithy_types::error::operation::BuildError> {
    let part = |data: &str| Content::builder().data(data).charset("UTF-8").build();
    let body = Body::builder().text(part(&mail.text)?).html(part(&mail.html)?).build();
    let header = MessageHeader::builder().name("Auto-Submitted").value("auto-generated").build()?;
    let message = Message::builder().subject(part(&mail.subject)?).body(body).headers(header).build();
    Ok(EmailContent::builder().simple(message).build())
}

/// Only an answer that says no means no: everything else may have gone out.
fn sort<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Sending {
    let said = match error {
        SdkError::ConstructionFailure(_) => return Sending::Rejected("ConstructionFailure".to_owned()),
        SdkError::ServiceError(_) => error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or_default(),
        SdkError::TimeoutError(_) => "Timeout",
        SdkError::DispatchFailure(_) => "NoConnection",
        _ => "NoAnswer",
    };
    match said {
        "TooManyRequestsException" | "LimitExceededException" | "ThrottlingException" => Sending::Throttled,
        "MessageRejected"
        | "BadRequestException"
        | "MailFromDomainNotVerifiedException"
        | "NotFoundException"
        | "AccountSuspendedException"
        | "SendingPausedException" => Sending::Rejected(said.to_owned()),
        _ => Sending::Unknown(said.to_owned()),
    }
}
