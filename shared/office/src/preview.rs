//! What a command would send, decided and written without anything being stored.

use serde::Serialize;

use redress_domain::case::{Actor, Case, ReplyBy};
use redress_domain::commands::{Command, TABLE, allowed, decide, letters, refusal};
use redress_domain::decide::{Context, Decision, Fresh, StaffMail};
use redress_domain::letter::{LetterKind, Part};
use redress_domain::refusal::Refusal;
use redress_domain::rules::Rules;
use redress_letters::plain;
use redress_store::{CaseKey, LetterBody, OutLetter};

use crate::write::Draft;
use crate::{Office, OfficeError};

/// What a reference that nobody has yet is called until it is drawn for good.
const NOT_YET: &str = "(the reference comes when this is sent)";

/// What would go out.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Preview {
    /// To the person, in the order in which they would go.
    pub letters: Vec<LetterPreview>,
    /// To staff, without anything about the person.
    #[schema(value_type = Vec<Object>)]
    pub mails: Vec<StaffMail>,
    /// The version of the case it was decided on.
    pub version: u32,
    /// What this person may do now.
    pub allowed: Vec<&'static str>,
}

/// A letter as it would be sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct LetterPreview {
    pub kind: LetterKind,
    pub stage: u8,
    pub to: Option<String>,
    pub channel: ReplyBy,
    pub parts: Vec<Part>,
    pub subject: String,
    pub text: String,
}

/// A command that cannot be given now, and why.
#[derive(Debug, Serialize)]
pub struct WhyNot {
    /// Its name.
    pub name: &'static str,
    /// What its button would say.
    pub label: &'static str,
    /// Why not.
    pub why: String,
    /// The rule that says so; nothing where it is the reader's role.
    pub cites: Option<String>,
}

impl Office {
    /// Decides a command and writes its letters, and stores nothing.
    ///
    /// # Errors
    /// As [`Office::act`].
    pub async fn preview(
        &self,
        key: &CaseKey,
        command: Command,
        by: &Actor,
        seen: Option<u32>,
    ) -> Result<Preview, OfficeError> {
        let (rules, dossier, hash) = self.load(key).await?;
        let version = dossier.case.version;
        if seen.is_some_and(|seen| seen != version) {
            return Err(OfficeError::Stale { version });
        }
        let now = self.clock.now();
        let fresh = if command.raises_a_case() { Some(self.fresh(&key.council).await?) } else { None };
        let fresh = fresh.as_ref().map(|(reference, rules)| Fresh { reference, rules });
        let ctx = Context { rules: &rules, dossier: &dossier, actor: by, now, fresh };
        let refused = |refusal| OfficeError::Refused { refusal, version, allowed: allowed(&ctx) };
        let decision = decide(&ctx, command.clone()).map_err(refused)?;
        let orders = letters(&ctx, command).map_err(refused)?;
        let mails = decision.staff.clone();
        let decision = Decision { letters: orders, ..decision };
        let draft = Draft {
            rules: &rules,
            before: Some((&dossier.case, hash)),
            key,
            contact: &dossier.contact,
            by,
            now,
            request: None,
        };
        let mut letters = self.letters(&draft, &decision)?;
        if let Some(again) = &decision.again {
            letters.push(self.again(&draft, again).await?);
        }
        let mut letters: Vec<LetterPreview> = letters.into_iter().map(shown).collect();
        if let Some(raises) = decision.raises {
            letters.extend(self.of_the_new_case(&draft, raises.reference.as_str(), &raises.decision)?);
        }
        Ok(Preview { letters, mails, version, allowed: allowed(&ctx) })
    }

    /// Every command this person cannot give on a case now, and why: the table of roles, the stage, the state.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be read.
    pub async fn why_not(&self, key: &CaseKey, by: &Actor) -> Result<Vec<WhyNot>, OfficeError> {
        let (rules, dossier, _) = self.load(key).await?;
        let ctx = Context { rules: &rules, dossier: &dossier, actor: by, now: self.clock.now(), fresh: None };
        let refused = TABLE.iter().filter_map(|row| Some((row, refusal(&ctx, row.name)?)));
        Ok(refused.map(|(row, refusal)| why(row.name, row.label, refusal)).collect())
    }

    fn of_the_new_case(
        &self,
        draft: &Draft<'_>,
        reference: &str,
        decision: &Decision,
    ) -> Result<Vec<LetterPreview>, OfficeError> {
        let present: Rules = self.present(&draft.key.council)?;
        let key = CaseKey::new(&draft.key.council, reference);
        let contact = decision.contact.clone().unwrap_or_default();
        let first: Option<(&Case, String)> = None;
        let draft = Draft {
            rules: &present,
            before: first,
            key: &key,
            contact: &contact,
            by: draft.by,
            now: draft.now,
            request: None,
        };
        let letters = self.letters(&draft, decision)?.into_iter().map(shown);
        // Another reference is drawn when it is sent, and nobody must write this one down.
        let hidden = letters.map(|letter| LetterPreview {
            subject: letter.subject.replace(reference, NOT_YET),
            text: letter.text.replace(reference, NOT_YET),
            ..letter
        });
        Ok(hidden.collect())
    }
}

fn shown(letter: OutLetter) -> LetterPreview {
    let LetterBody { kind, stage, by, to, parts, subject, words } = letter.body;
    LetterPreview { kind, stage, to, channel: by, parts, subject, text: plain(&words) }
}

fn why(name: &'static str, label: &'static str, refusal: Refusal) -> WhyNot {
    let (why, cites) = match refusal {
        Refusal::NotAllowed { why, cites } => (why, Some(cites)),
        Refusal::Forbidden { why } => (why, None),
        Refusal::Fields(_) => ("Something it needs is not there.".to_owned(), None),
    };
    WhyNot { name, label, why, cites }
}
