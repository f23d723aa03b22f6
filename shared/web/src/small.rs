//! Answers as small as the browser can take them.

use axum::Router;
use tower_http::compression::CompressionLayer;

/// The same routes, with every answer in gzip for whoever says that they read it.
pub fn compressed(routes: Router) -> Router {
    routes.layer(CompressionLayer::new().gzip(true))
}
