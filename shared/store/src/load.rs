//! Loading a case, and of its personal items just those that are named.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::KeysAndAttributes;

use redress_domain::case::{Case, Contact, TextRef};
use redress_domain::decide::Dossier;

use crate::attribute::{Item, body, item, key, text};
use crate::{CaseKey, Store, StoreError};

/// BatchGetItem takes this many keys.
const BATCH_MAX: usize = 100;

/// Throttled keys of a batch are asked for again this often.
const BATCH_ATTEMPTS_MAX: u32 = 5;

impl Store {
    /// A case with the hash of its last entry; nothing when there is none.
    ///
    /// # Errors
    /// When the table cannot be read, or the item is not what was written.
    pub async fn case(&self, key: &CaseKey) -> Result<Option<(Case, String)>, StoreError> {
        match self.get(&key.pk(), "CASE").await? {
            None => Ok(None),
            Some(found) => {
                let hash = text(&found, "hash").unwrap_or_default().to_owned();
                Ok(Some((body(&found)?, hash)))
            }
        }
    }

    /// The bytes of a case as they are stored, with the hash beside them.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn case_as_stored(&self, key: &CaseKey) -> Result<Option<(String, String)>, StoreError> {
        let found = self.get(&key.pk(), "CASE").await?;
        Ok(found.and_then(|item| Some((text(&item, "body")?.to_owned(), text(&item, "hash")?.to_owned()))))
    }

    /// Every case there is, a page at a time: for tools that look at everything, never for a door.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn every_case(&self) -> Result<Vec<CaseKey>, StoreError> {
        let mut keys = Vec::new();
        let mut from: Option<Item> = None;
        loop {
            let page = self
                .client
                .scan()
                .table_name(&self.cases)
                .filter_expression("sk = :case")
                .projection_expression("pk")
                .expression_attribute_values(":case", crate::attribute::s("CASE"))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            keys.extend(page.items().iter().filter_map(|item| CaseKey::from_pk(text(item, "pk")?)));
            match page.last_evaluated_key {
                Some(last) => from = Some(last),
                None => return Ok(keys),
            }
        }
    }

    /// A case's personal items: its contact, and the texts it names. What is
    /// destroyed is simply not there.
    ///
    /// # Errors
    /// When the table cannot be read, or an item is not what was written.
    pub async fn dossier(&self, key: &CaseKey, case: Case) -> Result<Dossier, StoreError> {
        let texts = (1..=case.texts).collect();
        self.dossier_with(key, case, texts).await
    }

    /// The same with these texts and no others.
    ///
    /// # Errors
    /// When the table cannot be read, or an item is not what was written.
    pub async fn dossier_with(
        &self,
        key: &CaseKey,
        case: Case,
        texts: BTreeSet<TextRef>,
    ) -> Result<Dossier, StoreError> {
        let pk = key.pk();
        let (contact, texts) = tokio::try_join!(self.get(&pk, "CONTACT"), self.texts(&pk, &texts))?;
        let contact = contact.map(|found| body::<Contact>(&found)).transpose()?.unwrap_or_default();
        Ok(Dossier { case, texts, contact })
    }

    /// These texts. A text is written once and never again, so a copy that lags has it right or not at all: the cheaper
    /// reading does, and what it does not find is asked for once more.
    async fn texts(&self, pk: &str, wanted: &BTreeSet<TextRef>) -> Result<BTreeMap<TextRef, String>, StoreError> {
        let mut texts = BTreeMap::new();
        for consistent in [false, true] {
            let missing = wanted.iter().filter(|n| !texts.contains_key(*n));
            let keys: Vec<Item> = missing.map(|n| item(pk, &format!("TEXT#{n}"))).collect();
            for found in self.get_batch(keys, consistent).await? {
                let n = text(&found, "sk").and_then(|sk| sk.strip_prefix("TEXT#")?.parse().ok());
                texts.extend(n.zip(Some(body(&found)?)));
            }
        }
        Ok(texts)
    }

    /// One item, as it stands now.
    pub(crate) async fn get(&self, pk: &str, sk: &str) -> Result<Option<Item>, StoreError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.cases)
            .set_key(key(pk, sk))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        Ok(got.item)
    }

    /// Items of one partition, by name.
    pub(crate) async fn get_all(&self, pk: &str, names: Vec<String>) -> Result<Vec<Item>, StoreError> {
        self.get_keys(names.iter().map(|sk| item(pk, sk)).collect()).await
    }

    /// Items of any partition, by their keys, each asked for once.
    pub(crate) async fn get_keys(&self, keys: Vec<Item>) -> Result<Vec<Item>, StoreError> {
        self.get_batch(keys, true).await
    }

    async fn get_batch(&self, keys: Vec<Item>, consistent: bool) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::new();
        for keys in keys.chunks(BATCH_MAX) {
            let mut keys = keys.to_vec();
            let mut attempt = 0;
            while !keys.is_empty() {
                attempt += 1;
                if attempt > BATCH_ATTEMPTS_MAX {
                    return Err(StoreError::Other("a batch was not answered whole".to_owned()));
                }
                let asked = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(consistent).build();
                let asked = asked.map_err(|error| StoreError::Other(error.to_string()))?;
                let got = self.client.batch_get_item().request_items(&self.cases, asked).send().await;
                let got = got.map_err(|error| StoreError::of(&error))?;
                found.extend(got.responses.and_then(|mut tables| tables.remove(&self.cases)).unwrap_or_default());
                let left = got.unprocessed_keys.and_then(|mut tables| tables.remove(&self.cases));
                keys = left.map(|left| left.keys).unwrap_or_default();
            }
        }
        Ok(found)
    }
}
