//! One timeline of everything that happens at every council.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use redress_domain::case::{Actor, RemedyKind, name_of};
use redress_domain::policy::Policy;
use redress_domain::roles::Role;
use redress_domain::rules::Rules;
use redress_platform::Library;

use super::cast::{Cast, Casting};
use super::days::{Days, at_home, evening, in_office};
use super::deeds::{What, Words};
use super::people::{Member, People, Staff};
use super::script::{Day, Deed, LIVES, Life, Way};
use super::texts::stories;

/// Everything, in order.
pub(super) struct Timeline {
    pub(super) steps: Vec<Step>,
    /// How many cases there are.
    pub(super) cases: usize,
    /// Everybody who works anywhere, by council.
    pub(super) staff: Vec<(String, Member)>,
}

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) at: DateTime<Utc>,
    pub(super) council: String,
    /// Of which case: counted over all councils.
    pub(super) case: usize,
    /// The beginning of its story, for an error.
    pub(super) story: String,
    pub(super) by: Actor,
    pub(super) what: What,
}

/// Whom the demo has work at each council: role and name.
pub(super) fn staff(library: &Library) -> Result<HashMap<String, Vec<(String, String)>>, String> {
    let people = People::read()?;
    let known = library.councils().enumerate().filter_map(|(n, council)| {
        let rules = library.present(council)?;
        let staff = people.staff(n, &rules.policy, answers(&rules.policy, 1), answers(&rules.policy, 2));
        let mut members: Vec<_> = staff.all().map(|one| (name_of(one.role), one.name.clone())).collect();
        members.sort();
        members.dedup();
        Some((council.to_owned(), members))
    });
    Ok(known.collect())
}

/// Every council's cases up to `now`.
pub(super) fn of(library: &Library, now: DateTime<Utc>) -> Result<Timeline, String> {
    let (stories, people) = (stories()?, People::read()?);
    let mut timeline = Timeline { steps: Vec::new(), cases: 0, staff: Vec::new() };
    let mut casting = Casting::new(&stories);
    for (n, council) in library.councils().enumerate() {
        let rules = library.present(council).ok_or_else(|| format!("{council} has no policy"))?;
        let policy = &rules.policy;
        let staff = people.staff(n, policy, answers(policy, 1), answers(policy, 2));
        timeline.staff.extend(staff.all().map(|member| (council.to_owned(), member.clone())));
        let mut here = casting.at(policy);
        for life in LIVES {
            let Some(cast) = here.give(life) else { continue };
            let case = timeline.cases;
            let person = people.resident(case);
            let days = Days { rules: &rules, now };
            let mut one = One { rules: &rules, days, staff: &staff, life, cast, case, person, steps: Vec::new() };
            one.live();
            timeline.steps.append(&mut one.steps);
            timeline.cases += 1;
        }
    }
    timeline.steps.retain(|step| step.at <= now);
    // Stable: what one person does in one moment stays in its order.
    timeline.steps.sort_by_key(|step| step.at);
    Ok(timeline)
}

/// Who answers a stage.
fn answers(policy: &Policy, n: u8) -> Role {
    policy.stage(n).and_then(|stage| stage.handler.first()).copied().unwrap_or(Role::Manager)
}

/// One case on its way.
struct One<'a> {
    rules: &'a Rules,
    days: Days<'a>,
    staff: &'a Staff,
    life: &'a Life,
    cast: Cast<'a>,
    case: usize,
    person: Value,
    steps: Vec<Step>,
}

impl<'a> One<'a> {
    fn live(&mut self) {
        let received = self.days.received(self.life.received, self.case);
        self.write(received);
        for (n, (day, deed)) in self.life.then.iter().enumerate() {
            let on = match day {
                Day::After(n) => self.days.after(received, *n),
                Day::Ago(n) => self.days.ago(*n),
            };
            self.deed(*deed, on, self.case + n * 3);
        }
    }

    fn write(&mut self, received: NaiveDate) {
        let what = self.words(received).write(self.life.way, self.person.clone(), self.cast.service.as_deref());
        let officer = self.staff.officer(self.case).map_or(Actor::System, Member::actor);
        match self.life.way {
            Way::Online | Way::Nameless => self.step(at_home(received, self.case), Actor::Resident, what),
            Way::Post => {
                // The post comes on working days.
                let came = self.days.after(self.days.after(received, 1), -1);
                self.step(in_office(came, 1), officer, what);
            }
            Way::Phone => {
                let rang = evening(self.days.after(self.days.after(received, 1), -1));
                let logged = in_office(self.days.after(received, 1), 0);
                self.step(logged, officer, with(what, "received_at", &rang.to_rfc3339_opts(SecondsFormat::Secs, true)));
            }
        }
    }

    fn deed(&mut self, deed: Deed, on: NaiveDate, turn: usize) {
        let words = self.words(on);
        let story = words.story;
        let staff = self.staff;
        let (Some(officer), Some(owner), Some(reviewer)) =
            (staff.officer(self.case), staff.owner(self.case), staff.reviewer(self.case))
        else {
            return;
        };
        let (desk, home) = (in_office(on, turn), at_home(on, turn));
        let minutes = |n: i64| desk + TimeDelta::minutes(n);
        match deed {
            Deed::TakeUp => {
                self.step(desk, officer.actor(), words.accept());
                self.step(minutes(2), officer.actor(), Words::assign(owner));
                self.step(minutes(11), owner.actor(), acknowledge());
                if story.note.is_some() {
                    self.step(minutes(14), owner.actor(), words.say("note", "text", story.note.as_ref()));
                }
            }
            Deed::HandOn => {
                self.step(desk, officer.actor(), Words::assign(reviewer));
                if reviewer.organisation.is_some() {
                    self.step(minutes(4), officer.actor(), What::Command("hand-over", json!({})));
                }
                self.step(minutes(9), reviewer.actor(), acknowledge());
            }
            Deed::Extend => self.step(desk, owner.actor(), words.extend()),
            Deed::Update => self.step(desk, owner.actor(), words.say("update", "text", story.news.as_ref())),
            Deed::Chase => self.step(home, Actor::Resident, words.say("message", "text", story.asks.as_ref())),
            Deed::Ask => self.step(home, Actor::Resident, words.request_review()),
            Deed::Withdraw => {
                self.step(home, Actor::Resident, words.say("withdraw", "reason", story.withdraws.as_ref()))
            }
            Deed::Bounce => self.step(evening(on), Actor::System, What::Bounce),
            Deed::Respond => self.answer(1, owner, on, desk),
            Deed::Last => self.answer(2, reviewer, on, desk),
            Deed::Propose => {
                if let Some(answer) = &story.last {
                    self.step(desk, reviewer.actor(), words.answer("propose-response", answer));
                }
            }
        }
    }

    /// The answer of a stage, and everything it promises done before the day it names.
    fn answer(&mut self, stage: u8, by: &Member, on: NaiveDate, at: DateTime<Utc>) {
        let story = self.cast.story;
        let told = if stage == 1 { &story.answer } else { &story.last };
        let Some(answer) = told else { return };
        let signed = self.rules.policy.stage(stage).is_some_and(|stage| stage.sign_off.is_some());
        let signatory = self.staff.signatory().filter(|_| signed);
        let command = if signatory.is_some() { "propose-response" } else { "respond" };
        self.step(at, by.actor(), self.words(on).answer(command, answer));
        if let Some(signatory) = signatory {
            let signs = What::Command("sign-off", json!({"approve": true}));
            self.step(at + TimeDelta::minutes(47), signatory.actor(), signs);
        }
        let Some(officer) = self.staff.officer(self.case + 1) else { return };
        for (action, remedy) in (1..).zip(&answer.remedies) {
            let Some(within) = remedy.within else { continue };
            let done = self.days.after(on, within - 1);
            let paid = (remedy.kind == RemedyKind::Payment).then_some(by.name.as_str());
            let what = self.words(done).complete(action, answer.done.as_ref(), paid);
            self.step(in_office(done, action), officer.actor(), what);
        }
    }

    fn words(&self, today: NaiveDate) -> Words<'a> {
        Words { rules: self.rules, story: self.cast.story, today }
    }

    fn step(&mut self, at: DateTime<Utc>, by: Actor, what: What) {
        let story = self.cast.story.about.chars().take(40).collect();
        let council = self.rules.policy.policy.council.clone();
        self.steps.push(Step { at, council, case: self.case, story, by, what });
    }
}

/// As the acceptance has it.
fn acknowledge() -> What {
    What::Command("acknowledge", json!({}))
}

fn with(what: What, field: &str, value: &str) -> What {
    match what {
        What::Write(Value::Object(mut body)) => {
            body.insert(field.to_owned(), json!(value));
            What::Write(Value::Object(body))
        }
        other => other,
    }
}
