//! A council with as many cases as one has after ten years: a few dozen that came through the door, again and again
//! under other references and other people, put straight into the database.

use redress_domain::case::Reference;
use redress_domain::search::Class;
use redress_e2e::{Filed, World};
use serde_json::{Value, json};

/// Of the letters and digits of a hash the store keeps so many.
const HASH: usize = 16;

/// So many copies are put at once.
const AT_ONCE: usize = 2_000;

/// What lists and searches read of a case: the case itself, and the rows that the crowd is found by.
pub(crate) struct Original {
    reference: String,
    items: Vec<Value>,
}

/// The cases that came through the door, as they are stored. Of the rows they are found by those of these words are
/// copied: whatever else somebody is found by is their own, and nobody else's row is read for it.
pub(crate) fn originals(world: &World, filed: &[Filed], words: &[&str]) -> Vec<Original> {
    let scan = json!({"TableName": "cases"});
    let all = world.laptop.database().db().scan(serde_json::from_value(scan).unwrap()).unwrap().items;
    let all = serde_json::to_value(all).unwrap();
    let text = |item: &Value, name: &str| item[name]["S"].as_str().unwrap_or_default().to_owned();
    filed
        .iter()
        .map(|filed| {
            let case = format!("C#{}#{}", filed.council, filed.reference);
            let rows: Vec<String> = words.iter().map(|word| row(world, &filed.council, word)).collect();
            let ours = all.as_array().unwrap().iter().filter(|item| {
                let (pk, sk) = (text(item, "pk"), text(item, "sk"));
                (pk == case && sk == "CASE") || (rows.contains(&pk) && sk.ends_with(&filed.reference))
            });
            let items: Vec<Value> = ours.cloned().collect();
            assert!(items.len() > 1, "it is found by one of the words: {items:?}");
            Original { reference: filed.reference.clone(), items }
        })
        .collect()
}

/// Where the store keeps the cases of a word.
fn row(world: &World, council: &str, word: &str) -> String {
    let mut hash = world.laptop.office.settings.keys.hash("search", &[council, Class::Word.prefix(), word]);
    hash.truncate(HASH);
    format!("W#{council}#{hash}")
}

/// Puts copies of them, from the `from`th to before the `to`th.
pub(crate) fn fill(world: &World, originals: &[Original], from: usize, to: usize) {
    let mut batch = Vec::new();
    for n in from..to {
        let original = &originals[n % originals.len()];
        let prefix = original.reference.split('-').next().unwrap();
        let mut draw = u64::try_from(n).unwrap().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let reference = loop {
            match Reference::from_random(prefix, draw) {
                Some(reference) => break reference.to_string(),
                None => draw = draw.wrapping_add(1 << 20 | 1),
            }
        };
        for item in &original.items {
            let copy = item.to_string().replace(&original.reference, &reference);
            batch.push(serde_json::from_str(&copy).unwrap());
        }
        if n % AT_ONCE == 0 || n + 1 == to {
            let items = std::mem::take(&mut batch);
            world.laptop.database().db().import_items("cases", items, Default::default()).unwrap();
        }
    }
}
