//! Logs: one line for each thing an engineer on call would ask about.
//!
//! Never logged: names, addresses, words of a resident or an officer, tokens,
//! keys, bodies. A reference, a council, a command, an outcome and a duration are enough.

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Libraries say less than we do: only what failed for good.
const LIBRARIES: [&str; 6] =
    ["aws_smithy_runtime", "aws_smithy_http_client", "aws_sdk_dynamodb", "hyper_util", "rustls", "dynoxide"];

/// Logs of a Lambda function: JSON, for whoever searches them.
pub fn start_logs() {
    let json = tracing_subscriber::fmt::layer().json().with_current_span(false).with_target(false);
    // A second start in one process, as in tests, changes nothing.
    let _already = tracing_subscriber::registry().with(targets(Level::INFO)).with(json).try_init();
}

/// Logs of a program at a terminal: what a person should know, beside its output.
pub fn start_terminal_logs() {
    let plain = tracing_subscriber::fmt::layer().with_target(false).with_writer(std::io::stderr);
    let _already = tracing_subscriber::registry().with(targets(Level::WARN)).with(plain).try_init();
}

/// Everything from this level on, or from the one that `REDRESS_LOG` names.
fn targets(usual: Level) -> Targets {
    let level = std::env::var("REDRESS_LOG").ok().and_then(|level| level.parse().ok()).unwrap_or(usual);
    LIBRARIES
        .into_iter()
        .fold(Targets::new().with_default(level), |targets, library| targets.with_target(library, Level::ERROR))
}
