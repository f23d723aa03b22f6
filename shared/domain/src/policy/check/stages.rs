//! The order of the stages, and the way from each to the next.

use super::Found;
use crate::policy::{Policy, Stage};

/// What cannot be meant of them.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let numbers: Vec<u8> = policy.stages.iter().map(|stage| stage.n).collect();
    if numbers.is_empty() || numbers != (1..=2).take(numbers.len()).collect::<Vec<u8>>() {
        let numbers: Vec<String> = numbers.iter().map(u8::to_string).collect();
        found.push(Found::at(
            "stages",
            format!(
                "stages are numbered {}: they must be 1, or 1 and then 2 (Codes 5.2: no extra named stages)",
                if numbers.is_empty() { "not at all".to_owned() } else { numbers.join(", ") }
            ),
        ));
    }
    for (at, stage) in policy.stages.iter().enumerate() {
        let at = format!("stages.{at}");
        if stage.handler.is_empty() {
            let message = format!("stage {} has no `handler`: nobody could answer it", stage.n);
            found.push(Found::at(format!("{at}.handler"), message));
        }
        if let Some(independence) = &stage.different_from {
            let earlier = independence.stage;
            if earlier >= stage.n || policy.stage(earlier).is_none() {
                found.push(Found::at(
                    format!("{at}.different_from.stage"),
                    format!(
                        "stage {} is to be answered by somebody else than stage {earlier}, which is no earlier stage",
                        stage.n
                    ),
                ));
            }
        }
        if stage.decline.as_ref().is_some_and(|decline| decline.grounds.is_empty()) {
            let message = format!("stage {} can be declined, but on no ground: name one in `decline.grounds`", stage.n);
            found.push(Found::at(format!("{at}.decline"), message));
        }
        request(policy, &at, stage, found);
    }
}

fn request(policy: &Policy, at: &str, stage: &Stage, found: &mut Vec<Found>) {
    let last = policy.stages.iter().all(|other| other.n <= stage.n);
    let n = stage.n;
    match &stage.request {
        None if !last => {
            found.push(Found::at(at, format!("stage {n} has no `request`: nobody could ask for the next stage")));
        }
        Some(_) if last => found.push(Found::at(
            format!("{at}.request"),
            format!("stage {n} is the last and has a `request`: there is no stage {} to ask for, the Ombudsman comes next", n.saturating_add(1)),
        )),
        Some(request) if request.within.is_none() && request.file_after.is_none() => found.push(Found::at(
            format!("{at}.request"),
            format!("stage {n}: `request` has neither `within` nor `file_after`, so an answered case would stay open for ever"),
        )),
        Some(request) if request.within.is_some() && request.file_after.is_some() => found.push(Found::between(
            format!("{at}.request.within"),
            format!("{at}.request.file_after"),
            format!("stage {n}: `request` has both `within` and `file_after`: with a window, its end files the case"),
        )),
        _ => {}
    }
}
