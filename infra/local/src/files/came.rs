//! What S3 tells the default bus when an object appears, and whoever hears it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::pattern::Pattern;
use crate::streams::Deliver;
use crate::template::Template;

/// An event is delivered so often before it is given up, as the rule's retry policy says.
const TRIES_MAX: u32 = 3;

/// Events on their way, and the rules that hear them.
pub(crate) struct Came {
    bucket: String,
    /// Functions by name, with what each hears.
    rules: Vec<(String, Vec<Pattern>)>,
    waiting: std::sync::Mutex<VecDeque<(Value, u32)>>,
    /// One delivery at a time, so that nobody finds the queue empty while its last event is being dealt with.
    delivering: Mutex<()>,
}

impl Came {
    /// Of this bucket. What lay in quarantine when the plug was pulled comes once more.
    pub(super) fn open(folder: &Path, bucket: &str, template: &Template) -> Came {
        let rules = template.functions.iter().map(|function| (function.name.clone(), function.rules.clone()));
        let came = Came {
            bucket: bucket.to_owned(),
            rules: rules.collect(),
            waiting: std::sync::Mutex::default(),
            delivering: Mutex::default(),
        };
        for file in files_under(&folder.join("quarantine")) {
            let key = key_of(folder, &file);
            let found = std::fs::metadata(&file).ok().and_then(|found| Some((found.len(), found.modified().ok()?)));
            if let (Some(key), Some((size, at))) = (key, found) {
                came.note(&key, usize::try_from(size).unwrap_or(usize::MAX), "", at.into());
            }
        }
        came
    }

    /// An object has appeared.
    pub(super) fn note(&self, key: &str, size: usize, etag: &str, at: DateTime<Utc>) {
        let event = json!({
            "version": "0",
            "id": uuid::Uuid::new_v4().to_string(),
            "detail-type": "Object Created",
            "source": "aws.s3",
            "account": "000000000000",
            "time": at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "region": "eu-west-2",
            "resources": [format!("arn:aws:s3:::{}", self.bucket)],
            "detail": {
                "version": "0",
                "bucket": {"name": self.bucket},
                "object": {"key": key, "size": size, "etag": etag, "sequencer": "00"},
                "request-id": "LOCAL",
                "requester": "000000000000",
                "source-ip-address": "127.0.0.1",
                "reason": "PostObject",
            },
        });
        self.push(event, 0);
    }

    /// Hands what has come to whoever hears it, and says how much it was.
    pub(crate) async fn deliver(&self, deliver: &Deliver<'_>) -> usize {
        let _one = self.delivering.lock().await;
        let Some((event, tries)) = self.waiting.lock().ok().and_then(|mut waiting| waiting.pop_front()) else {
            return 0;
        };
        let hears = |rules: &[Pattern]| rules.iter().any(|rule| rule.matches(&event));
        for (function, _) in self.rules.iter().filter(|(_, rules)| hears(rules)) {
            if let Err(error) = deliver(function.clone(), event.clone()).await {
                tracing::error!(function, error, "an event of the file store failed");
                if tries + 1 < TRIES_MAX {
                    self.push(event.clone(), tries + 1);
                }
            }
        }
        1
    }

    fn push(&self, event: Value, tries: u32) {
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.push_back((event, tries));
        }
    }
}

/// The keys of all objects in a bucket's folder.
pub(super) fn keys_in(folder: &Path) -> Vec<String> {
    files_under(folder).iter().filter_map(|file| key_of(folder, file)).collect()
}

fn key_of(folder: &Path, file: &Path) -> Option<String> {
    file.strip_prefix(folder).ok().and_then(Path::to_str).map(|key| key.replace('\\', "/"))
}

/// Every file under a folder, however deep.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files_under(&path)),
            path => found.push(path),
        }
    }
    found
}
