//! Words of the contract, as people write them.

use crate::case::Channel;

/// A way in: `mp` is “an MP”.
pub fn way_in(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "the website",
        Channel::Email => "e-mail",
        Channel::Phone => "telephone",
        Channel::Post => "post",
        Channel::InPerson => "a visit",
        Channel::Social => "social media",
        Channel::Councillor => "a councillor",
        Channel::Mp => "an MP",
        Channel::Officer => "a council officer",
        Channel::Ombudsman => "the Ombudsman",
        Channel::Survey => "a survey",
    }
}

/// With a small first letter, to go on in a sentence.
pub fn mid_sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
