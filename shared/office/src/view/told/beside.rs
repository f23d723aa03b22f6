//! The texts of what happens beside the stages.

use redress_domain::case::{Asked, Beside, CaseFile, Enquiry, Restriction};

use super::Found;

impl Found {
    pub(super) fn beside(&mut self, beside: &Beside) {
        match beside {
            Beside::Clarified { question } => self.at("/question", *question),
            Beside::PointAdded { point, reason } => {
                self.point("/point", point);
                self.at("/reason", *reason);
            }
            Beside::PointsExcluded { points: _, excluded, approved_by: _ } => self.excluded("/excluded", excluded),
            Beside::Asked(Asked { n: _, whom, question, on: _, by: _, shared: _, answered_on: _ }) => {
                self.at("/whom", *whom);
                self.at("/question", *question);
            }
            Beside::AskAnswered { ask: _, on: _, text } => self.at("/text", *text),
            Beside::ExternalAppointed { who, reason } => {
                self.at("/who", *who);
                self.at("/reason", *reason);
            }
            Beside::RepresentativeSet { representative: _, evidence, deceased: _, reply_by: _ } => {
                self.at("/evidence", *evidence);
            }
            Beside::Returned { letter: _, on: _, breach: _, reason } => self.at("/reason", *reason),
            Beside::Forwarded { to, consent, closes: _ } => {
                self.at("/to", *to);
                self.at("/consent", *consent);
            }
            Beside::Learned { lesson, cause, action } => {
                self.at("/lesson", *lesson);
                self.at("/cause", *cause);
                action.iter().for_each(|action| self.action("/action", action));
            }
            Beside::Restricted(Restriction {
                n: _,
                what,
                why,
                from: _,
                until: _,
                review_on: _,
                decided_by: _,
                ended_on: _,
            }) => {
                self.at("/what", *what);
                self.at("/why", *why);
            }
            Beside::RestrictionReviewed { restriction: _, kept: _, reason, until: _, review_on: _ } => {
                self.at("/reason", *reason);
            }
            Beside::ReadingRestricted { readers: _, reason } => self.at("/reason", *reason),
            Beside::OmbudsmanEnquired(Enquiry {
                n: _,
                body: _,
                their_reference,
                received_on: _,
                reply_by: _,
                replied_on: _,
                decision: _,
                decided_on: _,
                actions: _,
                complied_on: _,
            }) => {
                self.at("/their_reference", *their_reference);
            }
            Beside::FileAdded(file) | Beside::FileRefused(file) => {
                let CaseFile { n: _, id: _, kind: _, bytes: _, name, about, by: _, on: _, refused: _ } = file;
                self.at("/name", *name);
                self.at("/about", *about);
            }
            Beside::OmbudsmanReplied { enquiry: _, on: _, text } => self.at("/text", *text),
            Beside::OmbudsmanDecided { enquiry: _, decision: _, on: _, actions, text } => {
                self.actions(actions);
                self.at("/text", *text);
            }
            Beside::OmbudsmanComplied { enquiry: _, on: _, evidence } => self.at("/evidence", *evidence),
            Beside::Raised { reference: _, kind: _, trigger: _, again: _ }
            | Beside::HandedOver { organisation: _ }
            | Beside::Reissued { letter: _, by: _ }
            | Beside::LinkSent { by: _, new_key: _ }
            | Beside::AboutStaff { people: _ }
            | Beside::Classified { class: _, equality: _ }
            | Beside::Covered(_)
            | Beside::CoverEnded => {}
        }
    }
}
