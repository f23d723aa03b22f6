//! The Lambda binary of `notices`.

use lambda_runtime::{LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    redress_platform::start_logs();
    let function = redress_notices::Notices::from_environment()?;
    // On the heap: what it waits for is deep, and the compiler follows a future only so far.
    run(service_fn(|event: LambdaEvent<serde_json::Value>| Box::pin(function.handle(event.payload)))).await
}
