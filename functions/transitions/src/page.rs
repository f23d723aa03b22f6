//! A command's form, as a page sends it: carried out, looked at first, kept for later, or shown again with
//! everything that was typed and what is wrong with it.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use redress_domain::calendar::local_date;
use redress_domain::commands::Command;
use redress_domain::reading::Reading;
use redress_office::OfficeError;
use redress_store::{AuditRow, CaseKey, Idempotency};
use redress_web::boxes::Joined;
use redress_web::step::{ANSWERS, Shown, Step, Typed, corrected, place, row};
use redress_web::{FieldProblem, Identity, Problem, key_of, trail};

use crate::Transitions;
use crate::command::{Address, command};

/// A form that came back to us.
pub(crate) struct Sent<'a> {
    pub(crate) transitions: &'a Transitions,
    pub(crate) step: Step<'a>,
    /// What it says, with the colleague who was picked from a list written out.
    pub(crate) value: Value,
    /// What it says to us: fields that begin with `_`.
    pub(crate) aside: BTreeMap<String, String>,
    bytes: Vec<u8>,
    typed: Typed,
}

pub(crate) async fn page(
    State(transitions): State<Transitions>,
    Path((council, reference, name)): Path<Address>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let done = async {
        let identity = identity?;
        let key = key_of(&council, &reference)?;
        let row = row(&name)?;
        let sent = identity.form(&council, &headers, sent).await?;
        let step = Step { office: &transitions.office, identity: &identity, key: &key, row };
        let typed = Typed::sent(&sent.value).with("_who", sent.aside.get("_who"));
        let value = transitions.named(&council, sent.value, sent.aside.get("_who")).await?;
        let (aside, bytes) = (sent.aside, sent.bytes);
        Sent { transitions: &transitions, step, value, aside, bytes, typed }.take().await
    };
    match done.await {
        Ok(response) => response,
        Err(problem) => {
            let pages = &transitions.pages;
            key_of(&council, &reference)
                .map_or_else(|_| pages.problem(&problem), |key| pages.problem_before(&problem, &case_page(&key)))
        }
    }
}

impl Sent<'_> {
    async fn take(&self) -> Result<Response, Problem> {
        let answers = ANSWERS.contains(&self.step.row.name);
        if let Some(list) = self.aside.get("_more") {
            let typed = self.typed.clone().one_more(list);
            return self.show(Shown { typed, ..self.shown().await? }).await;
        }
        if answers && self.aside.contains_key("_save") {
            return self.save().await;
        }
        if answers && self.aside.contains_key("_discard") {
            return self.discard().await;
        }
        let done = if self.aside.contains_key("_preview") { self.look().await } else { self.carry_out().await };
        match done {
            Ok(response) => Ok(response),
            Err(problem) => self.again(problem).await,
        }
    }

    /// What it would send, above everything that was typed.
    async fn look(&self) -> Result<Response, Problem> {
        let command = self.command()?;
        let by = self.step.identity.actor();
        let preview = self.step.office.preview(self.step.key, command, &by, self.seen()).await?;
        self.show(Shown { preview: Some(preview), ..self.shown().await? }).await
    }

    /// The command the form makes: its dates in one piece, each in its own words where it is none.
    fn command(&self) -> Result<Command, Problem> {
        let name = self.step.row.name;
        let asked = |value| if name == "correct" { corrected(value) } else { value };
        let form = Joined::of(asked(self.value.clone()), local_date(self.step.office.clock.now()));
        let read = command(name, asked(form.value.clone())).map_err(|problem| self.at_its_field(problem));
        form.settled(read)
    }

    /// What the form asks for under another name than the command has.
    fn at_its_field(&self, mut problem: Problem) -> Problem {
        for error in problem.errors.iter_mut().filter(|_| self.step.row.name == "correct") {
            error.field = place(&error.field, &self.value).unwrap_or_else(|| error.field.clone());
        }
        problem
    }

    async fn carry_out(&self) -> Result<Response, Problem> {
        let (key, name) = (self.step.key, self.step.row.name);
        let request = self.aside.get("_key").map(|once| {
            let route = format!("page/{}/{name}", key.reference);
            Idempotency::new(&key.council, &route, &self.step.identity.id, once, &self.bytes)
        });
        let command = self.command()?;
        self.transitions.carry_out(key, command, self.step.identity, self.seen(), request.as_ref()).await?;
        if name == "propose-response" {
            self.keep_what_was_proposed().await;
        }
        let there = self.back().unwrap_or_else(|| case_page(key));
        let sign = if there.contains('?') { '&' } else { '?' };
        Ok(Redirect::to(&format!("{there}{sign}done={name}")).into_response())
    }

    /// The page again, after a refusal. A problem that no form can mend, and whatever may not be read, is for the
    /// page of problems.
    async fn again(&self, problem: Problem) -> Result<Response, Problem> {
        let shows = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT, StatusCode::PRECONDITION_FAILED];
        if !shows.contains(&problem.status()) && problem.allowed.is_none() {
            return Err(problem);
        }
        let problem = self.at_its_field(problem);
        let errors = problem.errors.iter().cloned().map(told).collect();
        let typed = self.typed.clone().wrong(errors);
        self.show(Shown { typed, problem: Some(problem), ..self.shown().await? }).await
    }

    /// What every page after a form shows.
    pub(crate) async fn shown(&self) -> Result<Shown, Problem> {
        let place = match ANSWERS.contains(&self.step.row.name) {
            true => self.step.office.store.unsent_answer(self.step.key).await.map_err(OfficeError::from)?,
            false => redress_store::AnswerPlace::default(),
        };
        Ok(Shown { typed: self.typed.clone(), seen: self.seen(), place, back: self.back(), ..Shown::default() })
    }

    /// The page, once it is known that this person may read the case, and written down that they did.
    pub(crate) async fn show(&self, shown: Shown) -> Result<Response, Problem> {
        self.transitions.reads(self.step.key, self.step.identity, self.step.row.name).await?;
        let status = shown.problem.as_ref().map(Problem::status);
        let overtaken = shown.overtaken.then_some(StatusCode::CONFLICT);
        let (own, context) = self.step.page(shown).await?;
        let status = status.or(overtaken).unwrap_or(own);
        Ok(self.transitions.pages.with_status(status, "staff/command.html", context))
    }

    fn seen(&self) -> Option<u32> {
        self.aside.get("_version").and_then(|version| version.parse().ok())
    }

    /// Where the browser goes afterwards: a page of this council's staff, or nowhere in particular.
    fn back(&self) -> Option<String> {
        let own = format!("/staff/{}", self.step.key.council);
        let back = self.aside.get("_back").filter(|back| back.len() <= 500)?;
        let rest = back.strip_prefix(&own)?;
        let plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#');
        let inside = rest.is_empty() || rest.starts_with('/') || rest.starts_with('?');
        (plain && inside && !rest.contains("..") && !rest.contains("//")).then(|| back.clone())
    }
}

impl Transitions {
    /// That somebody may read a case, written down before they are shown it.
    pub(crate) async fn reads(&self, key: &CaseKey, identity: &Identity, of: &str) -> Result<(), Problem> {
        let case = self.office.store.case(key).await.map_err(OfficeError::from)?;
        let (case, _) = case.ok_or_else(|| Problem::from(OfficeError::NoCase))?;
        Reading::of(&case).permits(&identity.actor()).map_err(|refusal| Problem::forbidden(refusal.to_string()))?;
        let row = AuditRow {
            of: Some(of.to_owned()),
            reference: Some(key.reference.clone()),
            ..identity.row(&self.office, "read")
        };
        trail::written(&self.office, &key.council, &row).await
    }

    /// What was sent, with the colleague who was picked from a list: the directory knows their name and role.
    async fn named(&self, council: &str, mut value: Value, who: Option<&String>) -> Result<Value, Problem> {
        let Some(who) = who.filter(|who| !who.is_empty()) else { return Ok(value) };
        let found = self.office.store.colleagues(council, vec![who.clone()]).await.map_err(OfficeError::from)?;
        if let (Some(colleague), Value::Object(fields)) = (found.get(who), &mut value) {
            let owner = json!({"id": who, "name": colleague.name, "role": colleague.role});
            fields.insert("owner".to_owned(), owner);
        }
        Ok(value)
    }
}

/// The page of a case.
fn case_page(key: &CaseKey) -> String {
    format!("/staff/{}/cases/{}", key.council, key.reference)
}

/// An error in the words of a page: nobody there knows of keys.
fn told(error: FieldProblem) -> FieldProblem {
    if error.field != "Idempotency-Key" {
        return error;
    }
    let message = "This form was sent already, with other words in it. Look at the case before you send it again.";
    FieldProblem { field: String::new(), message: message.to_owned() }
}
