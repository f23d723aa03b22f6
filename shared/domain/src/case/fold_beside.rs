//! How what happens beside the stages changes a case.

use chrono::NaiveDate;

use super::fold::{close, finish, flag, with_stage};
use super::{
    AGAIN, Actor, Beside, CAMPAIGN, CAMPAIGN_CASE, Case, Channel, ClosedAs, Entry, Event, Link, Reference, Status,
};
use crate::letter::LetterKind;

pub(super) fn apply(case: &mut Case, event: &Beside, on: NaiveDate) {
    match event {
        Beside::Clarified { .. } => with_stage(case, |stage| stage.updated_on = stage.updated_on.max(Some(on))),
        Beside::PointAdded { point, .. } => {
            case.tenant |= point.tenant;
            case.points.push(point.clone());
        }
        Beside::PointsExcluded { points, excluded, .. } => {
            for point in case.points.iter_mut().filter(|point| points.contains(&point.n)) {
                point.excluded = Some(excluded.clone());
            }
        }
        Beside::Raised { reference, kind, again, .. } => {
            let why = if *again { AGAIN.to_owned() } else { super::name_of(*kind) };
            case.links.push(super::Link { reference: reference.clone(), why });
        }
        Beside::Asked(asked) => case.asks.push(asked.clone()),
        Beside::AskAnswered { ask, on: answered, .. } => {
            for found in case.asks.iter_mut().filter(|found| found.n == *ask) {
                found.answered_on = Some(*answered);
            }
        }
        Beside::HandedOver { organisation } => with_stage(case, |stage| {
            stage.organisation = Some(organisation.clone());
            stage.handed_over_on = Some(on);
        }),
        Beside::ExternalAppointed { .. } => flag(case, "external-support"),
        Beside::RepresentativeSet { representative, deceased, reply_by, .. } => {
            case.representative.clone_from(representative);
            case.reply_by = reply_by.unwrap_or(case.reply_by);
            if *deceased {
                flag(case, "deceased");
            }
        }
        // What a letter sent again changes is known once it has its number: see `letters`.
        Beside::Reissued { .. } => {}
        Beside::LinkSent { new_key, .. } => case.key_generation += u32::from(*new_key),
        Beside::Returned { letter, breach, .. } => {
            bounced(case, *letter);
            if *breach {
                flag(case, "breach");
            }
        }
        Beside::AboutStaff { people } => {
            case.about_staff.clone_from(people);
            let kept_from = |id: &str| people.iter().any(|one| one == id);
            case.owner = case.owner.take().filter(|owner| !kept_from(&owner.id));
            case.cover = case.cover.take().filter(|cover| !kept_from(&cover.owner.id));
        }
        Beside::Forwarded { closes, .. } => {
            case.opened = true;
            if *closes {
                close(case, ClosedAs::PassedOn, on);
            }
        }
        Beside::Classified { class, equality } => {
            let old = case.class.take().unwrap_or_default();
            case.class = Some(super::Class {
                category: class.category.clone().or(old.category),
                theme: class.theme.clone().or(old.theme),
                ward: class.ward.clone().or(old.ward),
                affects: class.affects.clone().or(old.affects),
                tenure: class.tenure.clone().or(old.tenure),
            });
            if *equality {
                flag(case, "equality");
            }
        }
        Beside::Learned { action, .. } => case.actions.extend(action.iter().cloned()),
        Beside::Covered(cover) => case.cover = Some(cover.clone()),
        Beside::CoverEnded => case.cover = None,
        Beside::Restricted(restriction) => {
            case.restrictions.push(restriction.clone());
            flag(case, "restriction");
        }
        Beside::RestrictionReviewed { restriction, kept, until, review_on, .. } => {
            for found in case.restrictions.iter_mut().filter(|found| found.n == *restriction) {
                found.until = until.or(found.until);
                found.review_on = review_on.unwrap_or(found.review_on);
                found.ended_on = (!kept).then_some(on);
            }
            if case.restrictions.iter().all(|found| found.ended_on.is_some()) {
                case.flags.retain(|flag| flag != "restriction");
            }
        }
        Beside::ReadingRestricted { readers, .. } => case.readers.clone_from(readers),
        Beside::FileAdded(file) | Beside::FileRefused(file) => case.files.push(file.clone()),
        Beside::OmbudsmanEnquired(enquiry) => {
            case.enquiries.push(enquiry.clone());
            flag(case, "ombudsman");
        }
        Beside::OmbudsmanReplied { enquiry, on: replied, .. } => {
            for found in case.enquiries.iter_mut().filter(|found| found.n == *enquiry) {
                found.replied_on = Some(*replied);
            }
        }
        Beside::OmbudsmanDecided { enquiry, decision, on: decided, actions, .. } => {
            case.actions.extend(actions.iter().cloned());
            for found in case.enquiries.iter_mut().filter(|found| found.n == *enquiry) {
                found.decision = Some(*decision);
                found.decided_on = Some(*decided);
                found.actions = actions.iter().map(|action| action.n).collect();
            }
        }
        Beside::OmbudsmanComplied { enquiry, on: complied, .. } => {
            let done = case.enquiries.iter_mut().find(|found| found.n == *enquiry);
            let numbers = done.map_or_else(Vec::new, |found| {
                found.complied_on = Some(*complied);
                found.actions.clone()
            });
            for action in case.actions.iter_mut().filter(|action| numbers.contains(&action.n)) {
                action.done_on = action.done_on.or(Some(*complied));
            }
            finish(case, on);
        }
    }
}

/// What the person wrote waits until somebody does a thing that shows they heard it; a talk tells them their letters.
pub(super) fn heard(case: &mut Case, entry: &Entry, on: NaiveDate) {
    if entry.fold < 2 {
        return;
    }
    match (&entry.by, &entry.event) {
        (Actor::Resident, Event::Messaged { .. } | Event::Beside(Beside::FileAdded(_))) => {
            case.unheard_since.get_or_insert(on);
        }
        (Actor::Staff { .. }, event) if answers(event) => case.unheard_since = None,
        _ => {}
    }
    if let Event::Contacted { channel: Channel::Phone | Channel::InPerson, .. } = &entry.event {
        for letter in case.letters.iter_mut().filter(|letter| letter.is_to_tell()) {
            letter.told_on = Some(on);
        }
    }
}

/// Whether an event is what somebody does about a message; to hand the case on is not.
fn answers(event: &Event) -> bool {
    matches!(
        event,
        Event::Noted { .. }
            | Event::Contacted { .. }
            | Event::ContactChanged { .. }
            | Event::RiskRaised { .. }
            | Event::Accepted { .. }
            | Event::Acknowledged { .. }
            | Event::Updated { .. }
            | Event::Extended { .. }
            | Event::Responded { .. }
            | Event::Beside(Beside::Clarified { .. } | Beside::PointAdded { .. } | Beside::Raised { .. })
    )
}

/// A letter that is sent again takes the place of the first, from the day it goes.
pub(super) fn letters(case: &mut Case, entry: &Entry, on: NaiveDate) {
    let Event::Beside(Beside::Reissued { letter, by }) = &entry.event else { return };
    let Some(again) = entry.letters.first().map(|made| made.n) else { return };
    let Some(first) = case.letters.iter_mut().find(|found| found.n == *letter) else { return };
    first.again = Some(again);
    let (kind, n, lost) = (first.kind, first.stage, first.bounced);
    if let Some(made) = case.letters.iter_mut().find(|found| found.n == again) {
        made.stage = n;
    }
    for stage in case.stages.iter_mut().filter(|stage| stage.n == n) {
        if kind == LetterKind::Acknowledgement && stage.acknowledged_on.is_none() {
            stage.acknowledged_on = Some(on);
        }
        // An answer that never arrived starts no window: the one that does, does.
        for response in stage.response.iter_mut().filter(|response| response.letter == *letter) {
            response.letter = again;
            response.by_post = *by == super::ReplyBy::Post;
            response.posted_on = None;
            if lost && case.status != Status::Closed {
                response.on = on;
                response.received_on = None;
            }
        }
    }
}

/// A bounced acknowledgement is not an acknowledgement.
pub(super) fn bounced(case: &mut Case, letter: u32) {
    let Some(found) = case.letters.iter_mut().find(|found| found.n == letter) else { return };
    found.bounced = true;
    let (kind, n) = (found.kind, found.stage);
    let arrived = case.letters.iter().any(|other| other.kind == kind && other.stage == n && !other.bounced);
    if kind == LetterKind::Acknowledgement && !arrived {
        for stage in case.stages.iter_mut().filter(|stage| stage.n == n) {
            stage.acknowledged_on = None;
            stage.acknowledged_by_person = false;
        }
    }
}

pub(super) fn linked(case: &mut Case, reference: &Reference, why: &str) {
    case.links.push(Link { reference: reference.clone(), why: why.to_owned() });
    if why == CAMPAIGN {
        flag(case, CAMPAIGN);
    }
}

/// Others' cases about the same: what was found out here answers them too.
pub(super) fn gathered(case: &mut Case, references: &[Reference]) {
    let link = |reference: &Reference| Link { reference: reference.clone(), why: CAMPAIGN_CASE.to_owned() };
    case.links.extend(references.iter().map(link));
    flag(case, CAMPAIGN);
}
