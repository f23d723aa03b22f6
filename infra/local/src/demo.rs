//! Cases in every state, lived through with a moved clock: what residents wrote and staff did,
//! at the moments at which they did it, through the same office that the functions use.

mod cast;
mod days;
mod deeds;
mod people;
mod script;
mod texts;
mod timeline;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use redress_domain::calendar::local_date;
use redress_domain::commands;
use redress_domain::feedback::Feedback;
use redress_domain::input::Fields;
use redress_domain::letter::LetterKind;
use redress_office::Act;
use redress_platform::{Clock, Library};
use redress_store::{CaseKey, Colleague};

use crate::Laptop;
use crate::ses::{EventKind, ses_event};
use deeds::What;
use timeline::{Step, Timeline};

/// A letter goes out at most so long after it was written.
const AFTER_MAX: TimeDelta = TimeDelta::minutes(15);

/// Fills every council with cases. The clock is put back to the first of them, and moved
/// to `until`, or to the machine's own time, where it is let go.
///
/// # Errors
/// When one could not be lived through.
pub async fn fill(laptop: &Laptop, until: Option<DateTime<Utc>>, progress: impl FnMut(u64, u64)) -> Result<(), String> {
    let timeline = timeline::of(&laptop.office.settings.library, until.unwrap_or_else(|| Clock::real().now()))?;
    let lived = live(laptop, &timeline, progress).await;
    laptop.advance(until.unwrap_or_else(|| Clock::real().now())).await;
    if until.is_none() {
        laptop.clock.release();
    }
    lived
}

/// Whom it has work at each council: role and name. For whoever wants to be one of them.
pub(crate) fn staff(library: &Library) -> HashMap<String, Vec<(String, String)>> {
    timeline::staff(library).unwrap_or_else(|error| {
        tracing::error!(error, "the people of the demo cannot be read");
        HashMap::new()
    })
}

async fn live(laptop: &Laptop, timeline: &Timeline, mut progress: impl FnMut(u64, u64)) -> Result<(), String> {
    let Some(first) = timeline.steps.first() else { return Ok(()) };
    laptop.clock.give(first.at - TimeDelta::hours(1));
    for (council, member) in &timeline.staff {
        let colleague = Colleague::named(member.name.clone(), member.role);
        laptop.office.store.remember(council, &member.id, &colleague).await.map_err(|error| error.to_string())?;
    }
    let mut references = vec![None; timeline.cases];
    let all = u64::try_from(timeline.steps.len()).unwrap_or(u64::MAX);
    let mut day = None;
    for (done, step) in (1..).zip(&timeline.steps) {
        let since = step.at - laptop.clock.now();
        let this = Some(local_date(step.at));
        if this != day {
            laptop.advance(step.at).await;
            day = this;
        } else if since > AFTER_MAX || matches!(step.what, What::Bounce) {
            laptop.quiet().await;
        }
        // Midnight and the morning are behind the first step of a day: after it the clock can just go on.
        laptop.clock.give(step.at.max(laptop.clock.now()));
        // The letters of the step before go out while this one is taken.
        let ((), taken) = tokio::join!(laptop.quiet(), take(laptop, step, &mut references));
        taken?;
        progress(done, all);
    }
    Ok(())
}

/// One step, by whoever takes it.
async fn take(laptop: &Laptop, step: &Step, references: &mut [Option<String>]) -> Result<(), String> {
    let office = &laptop.office;
    let council = &step.council;
    let wrong = |why: &dyn std::fmt::Display| format!("{council}, {}, {}: {why}", step.at, step.story);
    let known = references.get(step.case).cloned().flatten();
    let key = |reference: Option<String>| {
        let reference = reference.ok_or_else(|| wrong(&"nothing was written yet"))?;
        Ok::<_, String>(CaseKey::new(council, &reference))
    };
    match &step.what {
        What::Write(body) => {
            let rules = office.present(council).map_err(|error| wrong(&error))?;
            let mut fields = Fields::of(body.clone());
            let read = Feedback::read(&mut fields, &rules.policy, &step.by, office.clock.now());
            let feedback = fields.finish(read).map_err(|errors| wrong(&format!("{errors:?}")))?;
            let case = office.receive(&rules, feedback, &step.by, None).await.map_err(|error| wrong(&error))?;
            if let Some(place) = references.get_mut(step.case) {
                *place = Some(case.reference.to_string());
            }
        }
        What::Command(name, body) => {
            let read = commands::read(name, body.clone()).ok_or_else(|| wrong(&"there is no such command"))?;
            let command = read.map_err(|errors| wrong(&format!("{name}: {errors:?}")))?;
            let key = key(known)?;
            let act = Act { key: &key, command, by: &step.by, seen: None, request: None };
            office.act(act).await.map_err(|error| wrong(&format!("{name}: {error}")))?;
        }
        What::Bounce => bounce(laptop, &key(known)?).await.map_err(|error| wrong(&error))?,
    }
    Ok(())
}

/// The mail service says that no acknowledgement of this case arrived.
async fn bounce(laptop: &Laptop, key: &CaseKey) -> Result<(), String> {
    let kind = redress_domain::case::name_of(LetterKind::Acknowledgement);
    let mails = laptop.mailbox.list(None, Some(&key.reference));
    for mail in mails.iter().filter(|mail| mail.kind.as_ref() == Some(&kind)) {
        let event = ses_event(mail, EventKind::Bounce, laptop.clock.now());
        laptop.functions.invoke("notices", event).await?;
    }
    Ok(())
}
