//! Logs: one JSON line for each thing an engineer on call would ask about.
//!
//! Never logged: names, addresses, words of a resident or an officer, tokens,
//! keys, bodies. A reference, a council, a command, an outcome and a duration are enough.

/// Starts logging to standard output, once for each process.
pub fn start_logs() {
    let level = std::env::var("REDRESS_LOG").ok().and_then(|level| level.parse().ok());
    // A second start in one process, as in tests, changes nothing.
    let _already = tracing_subscriber::fmt()
        .json()
        .with_max_level(level.unwrap_or(tracing::Level::INFO))
        .with_current_span(false)
        .with_target(false)
        .try_init();
}
