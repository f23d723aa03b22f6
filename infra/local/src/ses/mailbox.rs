//! What SES accepted, in memory and in a file that outlives the program.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use redress_platform::Clock;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most mails kept in memory; older ones are in the file only.
const MAILS_MAX: usize = 50_000;

/// A mail that SES accepted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mail {
    /// The case, from the `attempt` tag.
    pub reference: Option<String>,
    /// The kind of letter, from the `kind` tag.
    pub kind: Option<String>,
    /// The addresses, separated by commas.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The body as text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
    /// When it was accepted, by the service's clock.
    pub at: DateTime<Utc>,
    /// The message tags.
    pub tags: BTreeMap<String, String>,
    /// The id that SES answered.
    pub message_id: String,
    /// The sender.
    pub from: String,
    /// Where an answer goes.
    pub reply_to: Vec<String>,
    /// Headers beyond those of every mail.
    pub headers: BTreeMap<String, String>,
    /// The configuration set that tells what becomes of it.
    pub configuration_set: Option<String>,
}

/// A failure to be given to the next send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Too many at once: 429, and nothing is sent.
    Throttle,
    /// SES will not send this: 400.
    Reject,
    /// The mail is accepted and the answer lost: 500.
    DropAfterAccept,
    /// No answer in time, and nothing is sent.
    Timeout,
}

/// Every mail accepted so far.
pub struct Mailbox {
    clock: Clock,
    inner: Mutex<Inner>,
}

struct Inner {
    mails: VecDeque<Mail>,
    failures: VecDeque<Failure>,
    file: Option<File>,
}

impl Mail {
    /// This mail as accepted at `at`, with what its tags say written into it.
    pub(super) fn accepted(mut self, at: DateTime<Utc>) -> Mail {
        // `{reference}_{n}_{attempt}`; a reference has no underscore.
        let attempt = self.tags.get("attempt").and_then(|attempt| attempt.split('_').next());
        self.reference = attempt.map(str::to_owned);
        self.kind = self.tags.get("kind").cloned();
        self.message_id = format!("{}-000000", Uuid::new_v4());
        self.at = at;
        self
    }

    /// Whether it is about a case: its own mail, or a digest that names it.
    fn is_about(&self, reference: &str) -> bool {
        let named = || self.kind.as_deref() == Some("digest") && self.text.contains(reference);
        self.reference.as_deref() == Some(reference) || named()
    }

    /// The bare addresses it went to.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.to.split(',').map(|address| {
            let inside = address.rsplit_once('<').map_or(address, |(_, inside)| inside);
            inside.trim().trim_end_matches('>')
        })
    }
}

impl Mailbox {
    /// A mailbox kept in `file`, with what is there already; in memory only
    /// without one.
    pub fn open(file: Option<PathBuf>, clock: Clock) -> io::Result<Mailbox> {
        let mails = file.as_deref().map(load).transpose()?.unwrap_or_default();
        let file = file.map(|file| OpenOptions::new().create(true).append(true).open(file)).transpose()?;
        let inner = Inner { mails, failures: VecDeque::new(), file };
        Ok(Mailbox { clock, inner: Mutex::new(inner) })
    }

    /// The mails to an address, about a case, or all; oldest first.
    pub fn list(&self, to: Option<&str>, reference: Option<&str>) -> Vec<Mail> {
        let goes_to = |mail: &Mail| to.is_none_or(|to| mail.addresses().any(|each| each.eq_ignore_ascii_case(to)));
        let is_about = |mail: &Mail| reference.is_none_or(|each| mail.is_about(each));
        let inner = self.lock();
        inner.mails.iter().filter(|mail| goes_to(mail) && is_about(mail)).cloned().collect()
    }

    /// The latest letter of a kind about a case.
    pub fn find(&self, reference: &str, kind: &str) -> Option<Mail> {
        let inner = self.lock();
        let mut latest = inner.mails.iter().rev();
        latest.find(|mail| mail.reference.as_deref() == Some(reference) && mail.kind.as_deref() == Some(kind)).cloned()
    }

    /// Lets a coming send fail; several failures wait for as many sends.
    pub fn fail_next(&self, failure: Failure) {
        self.lock().failures.push_back(failure);
    }

    pub(super) fn next_failure(&self) -> Option<Failure> {
        self.lock().failures.pop_front()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Keeps a mail and answers its id. What is not in the file is not accepted.
    pub(super) fn accept(&self, mail: Mail) -> io::Result<String> {
        let mut line = serde_json::to_vec(&mail)?;
        line.push(b'\n');
        let mut inner = self.lock();
        if let Some(file) = &mut inner.file {
            file.write_all(&line)?;
        }
        let message_id = mail.message_id.clone();
        if inner.mails.len() >= MAILS_MAX {
            inner.mails.pop_front();
        }
        inner.mails.push_back(mail);
        Ok(message_id)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The mails in a file. A last line half written, by a program that was killed,
/// is cut off, so that the next mail does not continue it.
fn load(file: &Path) -> io::Result<VecDeque<Mail>> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(VecDeque::new()),
        Err(error) => return Err(error),
    };
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    if whole < text.len() {
        tracing::warn!(file = %file.display(), "the mailbox's last line was half written: cut off");
        let length = u64::try_from(whole).map_err(io::Error::other)?;
        OpenOptions::new().write(true).open(file)?.set_len(length)?;
    }
    let mut mails = VecDeque::new();
    for line in text[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(mail) => mails.push_back(mail),
            Err(error) => tracing::warn!(%error, "a line of the mailbox is not readable: skipped"),
        }
        if mails.len() > MAILS_MAX {
            mails.pop_front();
        }
    }
    Ok(mails)
}
