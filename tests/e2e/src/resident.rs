//! A resident at a browser: pages and forms, and a cookie kept as a browser keeps one.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::{Answer, Client};

/// Somebody with a browser of their own.
pub struct Resident {
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Resident {
    /// Without any cookie yet.
    pub fn new(client: &Client) -> Resident {
        Resident { client: client.clone(), cookies: Mutex::default() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.keep(self.browser().get(path).await)
    }

    /// Sends a form.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.keep(self.browser().form(path, fields).await)
    }

    /// The same, as a client that sends these cookies for ever.
    pub fn browser(&self) -> Client {
        let cookies = self.cookies.lock().expect("nobody else holds the jar");
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { self.client.clone() } else { self.client.with("cookie", &pairs.join("; ")) }
    }

    /// What a cookie holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("nobody else holds the jar").get(name).cloned()
    }

    fn keep(&self, answer: Answer) -> Answer {
        let mut cookies = self.cookies.lock().expect("nobody else holds the jar");
        for set in answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            let (name, value) = set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if name.starts_with("__Host-") {
                assert!(set.contains("Secure") && set.contains("Path=/;") && !set.contains("Domain"), "{set}");
            }
            match set.contains("Max-Age=0") {
                true => cookies.remove(name),
                false => cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        answer
    }
}
