//! The Lambda binary of `transitions`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    redress_platform::start_logs();
    let routes = redress_transitions::Transitions::from_environment().await?.router();
    lambda_http::run(redress_web::behind_the_edge(routes)).await
}
