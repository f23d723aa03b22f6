//! Every command, at stage 1 and at stage 2, by everybody.

use redress_domain::commands::TABLE;
use redress_e2e::{Filed, World, complaint};
use serde_json::{Value, json};

use crate::{COUNCIL, Everybody, head, line};

/// A body that can be read, for a command that has to have one.
fn body(name: &str, other: &Filed) -> Value {
    match name {
        "accept" => json!({"points": [{"text": "Bins"}]}),
        "note" | "update" | "message" | "add-point" | "adjustments" | "raise-risk" => json!({"text": "Words."}),
        "not-accepted" => json!({"reason": "other", "evidence": "A letter."}),
        "pass-on" => json!({"to": "The people concerned"}),
        "raise-service-request" => json!({"about": "A new bin"}),
        "raise-complaint" => json!({"trigger": "They said so."}),
        "resolve" => json!({"what_was_done": "Collected.", "complaint_offered": "Offered, and not wanted."}),
        "discretion" => json!({"decision": "accept", "reason": "They were ill."}),
        "assign" => json!({"owner": {"id": "somebody", "role": "officer"}}),
        "transfer" => json!({"team": "complaints"}),
        "cover" => json!({"owner": {"id": "somebody", "role": "manager"}, "until": "2026-03-27"}),
        "classify" => json!({"theme": "Bins"}),
        "clarify" => json!({"question": "Which bin?"}),
        "ask" => json!({"whom": "The contractor", "question": "Where were you?", "by": "2026-03-24"}),
        "ask-answered" => json!({"ask": 1}),
        "complete-action" => json!({"action": 1, "on": "2026-03-20", "evidence": "A photograph."}),
        "cannot-deliver" => json!({"action": 1, "reason": "It is gone."}),
        "extend" => json!({"reason": "complex", "by": "5 working days"}),
        "propose-response" | "respond" => json!({"outcome": "not-upheld", "text": "No."}),
        "sign-off" => json!({"approve": true}),
        "request-review" => json!({"channel": "phone", "reasons": "I disagree."}),
        "appoint-external" => json!({"who": "An adviser"}),
        "decline-review" => json!({"ground": "other", "reasons": "Nothing new."}),
        "learn" => json!({"lesson": "Check the lorry."}),
        "ombudsman-enquiry" => json!({"body": "lgsco", "received_on": "2026-03-20"}),
        "ombudsman-decision" => json!({"decision": "upheld"}),
        "ombudsman-complied" => json!({"evidence": "A receipt.", "on": "2026-03-20"}),
        "received-on" | "letter-returned" => json!({"letter": 1, "on": "2026-03-20"}),
        "reissue" | "printed" | "bounced" => json!({"letter": 1}),
        "correct" => json!({"field": "service", "value": "waste", "reason": "Wrongly read."}),
        "link" => json!({"reference": other.reference, "why": "related"}),
        "record-contact" => json!({"channel": "phone", "text": "They rang."}),
        "change-contact" => json!({"email": "new@example.com"}),
        "set-representative" => json!({"name": "A Friend", "authority": "consent", "relationship": "friend"}),
        "about-staff" => json!({"people": [{"id": "somebody-else"}]}),
        "restrict-reading" => json!({"reason": "Sensitive.", "roles": ["complaints-manager"]}),
        "restrict" => json!({"what": "One contact", "why": "Abuse.", "until": "2026-06-20", "review_on": "2026-05-20",
                             "decided_by": ["somebody"]}),
        "review-restriction" => json!({"decision": "keep", "reason": "It goes on."}),
        "hold" => json!({"reason": "A claim."}),
        "close" => json!({"closed_as": "spam"}),
        _ => json!({}),
    }
}

async fn at_stage_1(world: &World) -> Filed {
    world.file(COUNCIL, complaint()).await
}

async fn at_stage_2(world: &World) -> Filed {
    let filed = world.file(COUNCIL, complaint()).await;
    let manager = world.staff(COUNCIL, "manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    manager.post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "No."})).await.is(200);
    manager.post(&filed.command("request-review"), json!({"channel": "phone", "reasons": "I disagree."})).await.is(200);
    filed
}

async fn table(world: &World, everybody: &Everybody, stage: u8) -> String {
    let fresh = async || if stage == 1 { at_stage_1(world).await } else { at_stage_2(world).await };
    let roles = world.laptop.office.settings.library.roles();
    let mut table = head(&format!("command at stage {stage}"));
    let (mut filed, other) = (fresh().await, at_stage_1(world).await);
    let mut unread = Vec::new();
    for row in TABLE {
        let nobody = everybody.nobody.post(&filed.command(row.name), body(row.name, &other)).await.status.as_u16();
        assert_eq!(nobody, 401, "{}: nobody is signed in", row.name);
        let elsewhere =
            everybody.elsewhere.post(&filed.command(row.name), body(row.name, &other)).await.status.as_u16();
        assert_eq!(elsewhere, 403, "{}: another council", row.name);
        let mut statuses = Vec::new();
        for (role, client) in &everybody.staff {
            let answer = client.post(&filed.command(row.name), body(row.name, &other)).await;
            let status = answer.status.as_u16();
            if status == 200 {
                // The next one finds the case as the last one did.
                filed = fresh().await;
            }
            if status == 422 && !roles.may(*role, row.name, stage) {
                unread.push(format!("{}: {}", row.name, answer.json["errors"]));
            } else if !roles.may(*role, row.name, stage) {
                assert_eq!(status, 403, "{} by {role:?}, who may not: {}", row.name, answer.text);
            }
            assert!(status != 401 && status < 500, "{} by {role:?}: {}", row.name, answer.text);
            statuses.push(status);
        }
        table.push_str(&line(row.name, nobody, elsewhere, &statuses));
    }
    unread.dedup();
    assert!(unread.is_empty(), "give these a body that can be read:\n{}", unread.join("\n"));
    table
}

async fn whole(stage: u8) -> String {
    let world = World::at("2026-03-20T10:00").await;
    let everybody = Everybody::of(&world).await;
    table(&world, &everybody, stage).await
}

#[tokio::test]
async fn every_command_is_given_by_those_the_table_names_and_by_nobody_else() {
    insta::assert_snapshot!("commands-at-stage-1", whole(1).await);
}

#[tokio::test]
async fn at_stage_2_too_every_command_is_given_by_those_the_table_names() {
    insta::assert_snapshot!("commands-at-stage-2", whole(2).await);
}

#[tokio::test]
async fn a_page_refuses_whom_the_program_refuses() {
    let world = World::at("2026-03-20T10:00").await;
    let everybody = Everybody::of(&world).await;
    let filed = at_stage_1(&world).await;
    let page = format!("/staff/{COUNCIL}/cases/{}/note", filed.reference);
    assert_eq!(everybody.nobody.form(&page, &[("text", "Words.")]).await.status, 401);
    assert_eq!(everybody.elsewhere.form(&page, &[("text", "Words.")]).await.status, 403);
    for (role, client) in &everybody.staff {
        let told = client.post(&filed.command("note"), body("note", &filed)).await.status.as_u16();
        let shown = client.form(&page, &[("text", "Words.")]).await.status.as_u16();
        assert_eq!(shown, if told == 200 { 303 } else { told }, "{role:?}");
    }
}
