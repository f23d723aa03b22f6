//! Which story a life gets at a council: one that suits it, that fits a service, and that nobody had yet.

use redress_domain::case::FeedbackKind;
use redress_domain::policy::Policy;

use super::script::{Deed, Life, Way};
use super::texts::{Plot, Story};

/// A story at a council.
#[derive(Clone, Debug)]
pub(super) struct Cast<'a> {
    pub(super) story: &'a Story,
    /// The service it is about.
    pub(super) service: Option<String>,
}

/// The stories, and how often each was told.
pub(super) struct Casting<'a> {
    stories: &'a [Story],
    told: Vec<u32>,
}

/// The same at one council.
pub(super) struct Council<'a, 'b> {
    casting: &'b mut Casting<'a>,
    policy: &'b Policy,
    here: Vec<usize>,
}

impl<'a> Casting<'a> {
    /// Nothing told yet.
    pub(super) fn new(stories: &'a [Story]) -> Casting<'a> {
        Casting { stories, told: vec![0; stories.len()] }
    }

    /// The next council's turn.
    pub(super) fn at<'b>(&'b mut self, policy: &'b Policy) -> Council<'a, 'b> {
        Council { casting: self, policy, here: Vec::new() }
    }
}

impl<'a> Council<'a, '_> {
    /// The story for a life, if this council has such cases at all.
    pub(super) fn give(&mut self, life: &Life) -> Option<Cast<'a>> {
        if !possible(self.policy, life) {
            return None;
        }
        // What was told here last of all, what was told least elsewhere first, and the particular before the general.
        let stories = self.casting.stories;
        let (n, story) = stories
            .iter()
            .enumerate()
            .filter(|(_, story)| story.suits(life.plot))
            .filter(|(_, story)| story.fits.is_empty() || service(self.policy, story).is_some())
            .min_by_key(|(n, story)| (self.here.contains(n), self.casting.told.get(*n), story.fits.is_empty()))?;
        self.here.push(n);
        if let Some(told) = self.casting.told.get_mut(n) {
            *told += 1;
        }
        let services = &self.policy.services;
        let turn = services.get((self.here.len() * 3) % services.len().max(1)).map(|service| service.id.clone());
        Some(Cast { story, service: service(self.policy, story).or(turn) })
    }
}

/// The service a story is about, if the council has it.
fn service(policy: &Policy, story: &Story) -> Option<String> {
    let named = |id: &str, name: &str| format!("{} {}", id.replace('-', " "), name.to_lowercase());
    let fitting = policy.services.iter().find(|service| story.fits(&named(&service.id, &service.name)));
    fitting.map(|service| service.id.clone())
}

/// Whether the policy knows such cases.
fn possible(policy: &Policy, life: &Life) -> bool {
    let does = |wanted: Deed| life.then.iter().any(|(_, deed)| *deed == wanted);
    let second = policy.stage(2);
    let kind = match life.plot {
        Plot::Compliment => FeedbackKind::Compliment,
        Plot::Comment => FeedbackKind::Comment,
        _ => FeedbackKind::Complaint,
    };
    policy.kind(kind).is_some()
        && (life.way != Way::Nameless || policy.channels.anonymous)
        && (life.plot != Plot::Tenant || policy.ombudsman.landlord.is_some())
        && (!does(Deed::Ask) || second.is_some())
        && (!does(Deed::Propose) || second.is_some_and(|stage| stage.sign_off.is_some()))
}
