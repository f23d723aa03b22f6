//! The Lambda binary of `intake`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    redress_platform::start_logs();
    lambda_http::run(redress_intake::Intake::from_environment().await?.router()).await
}
