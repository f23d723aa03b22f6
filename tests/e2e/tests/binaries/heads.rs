//! The hash of each new entry, in the bucket that nobody takes it out of.

use redress_bucket::Bucket;
use redress_local::permissions::caller::{laptop, signer};
use redress_office::heads::{Head, Heads};
use redress_platform::Clock;
use redress_store::CaseKey;

use crate::cloud::Cloud;
use crate::engine::Engine;
use crate::event::{entry, ledger, sequence};

impl Cloud {
    /// The buckets' heads, for whoever compares.
    fn heads(&self) -> Heads {
        let (at, _, heads) = self.engine.store();
        Heads::new(Bucket::new(&laptop().at(&at), &heads).unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_entry_of_a_history_is_anchored_by_its_hash() {
    let cloud = Cloud::start().await;
    let receipts = [cloud.filed().await, cloud.filed().await];
    cloud.everything_happens().await;
    let anchored = cloud.heads().anchored().await.unwrap();
    assert_eq!((anchored.count, anchored.strange.len()), (4, 0), "two received, two acknowledged");
    for receipt in &receipts {
        let key = CaseKey::new("westminster", receipt["reference"].as_str().unwrap());
        assert!(anchored.cases().any(|case| *case == key));
    }
    // Delivered again, as streams may, it is anchored as it was.
    let again = ledger(&[(receipts[0]["reference"].as_str().unwrap(), &entry())]);
    for _ in 0..2 {
        cloud.invoke("notices", again.clone()).await;
    }
    assert_eq!(cloud.heads().anchored().await.unwrap().count, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_anchored_can_be_hidden_and_covered_and_is_read_all_the_same() {
    let cloud = Cloud::start().await;
    cloud.filed().await;
    cloud.everything_happens().await;
    // Versions and a lock has the other engine only; ours refuses to take one away at all.
    let (at, _, name) = cloud.engine.store();
    let bucket = Bucket::new(&laptop().at(&at), &name).unwrap();
    let before = bucket.versions("heads/").await.unwrap();
    let (one, text) = (&before[0], bucket.read_version(&before[0], 1000).await.unwrap());
    match cloud.engine {
        Engine::Ours(_) => assert!(bucket.delete(&one.key).await.is_err()),
        Engine::Other(ref other) => {
            bucket.delete(&one.key).await.unwrap();
            bucket.put(&one.key, b"westminster WCC-0000-0000 1 00\n".to_vec()).await.unwrap();
            let now = bucket.versions("heads/").await.unwrap();
            assert_eq!(now.len(), before.len() + 1, "the first is there beside the one put over it");
            other.cannot_take_away(&name, one).await;
            assert_eq!(bucket.read_version(one, 1000).await.unwrap(), text);
            let anchored = cloud.heads().anchored().await.unwrap();
            assert_eq!((anchored.count, anchored.strange), (2, vec![one.key.clone()]));
        }
    }
    // And the function that anchors can do neither.
    let notices = Bucket::new(&signer("notices").at(&at), &name).unwrap();
    if matches!(cloud.engine, Engine::Ours(_)) {
        assert!(notices.delete(&one.key).await.is_err() && notices.versions("heads/").await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_page_of_what_is_anchored_is_read_to_its_end() {
    let cloud = Cloud::start().await;
    let (heads, now) = (cloud.heads(), Clock::real().now());
    for n in 1..=1050 {
        let key = CaseKey::new("westminster", "WCC-0000-0000");
        heads.anchor(&[Head { key, n, hash: format!("{n:064}") }], now).await.unwrap();
    }
    let anchored = heads.anchored().await.unwrap();
    assert_eq!((anchored.count, anchored.strange.len()), (1050, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_anchored_comes_again() {
    let cloud = Cloud::unanchored().await;
    let receipt = cloud.filed().await;
    let batch = ledger(&[(receipt["reference"].as_str().unwrap(), &entry())]);
    let answer = cloud.invoke("notices", batch.clone()).await;
    assert_eq!(answer["batchItemFailures"][0]["itemIdentifier"], sequence(&batch, 0), "{answer}");
    assert_eq!(answer["batchItemFailures"].as_array().unwrap().len(), 1, "{answer}");
    assert_eq!(cloud.engine.told().await, 1, "and the bus has heard of it");
}
