//! The control path `/_simulator/`, which no operation of the API has: what the library can see and do,
//! for tests in any language. `GET` looks, `POST` adds or changes, `DELETE` takes away.
//!
//! Its requests meet no fault, limit or outage, and are not recorded.

mod answer;
mod flows;
mod ledger;
mod request;
mod stages;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::from_fn;
use axum::routing::{MethodRouter, get, post};
use http::{StatusCode, Uri};
use serde_json::json;

use self::answer::{Problem, Shown};
use super::shared::Shared;

/// Where the paths begin.
pub(crate) const PREFIX: &str = "/_simulator";

/// The largest body in bytes: faults carry bodies of answers.
const MOST: usize = 64 * 1024 * 1024;

/// Whether a request is for the simulator itself.
pub(super) fn is_control(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

type Route = (&'static str, fn() -> MethodRouter<Arc<Shared>>);

/// Those that a query selects from.
const QUERIED: &[Route] = &[
    ("/ledger/requests", || get(ledger::requests)),
    ("/ledger/tokens", || get(ledger::tokens)),
    ("/ledger/batches", || get(ledger::batches)),
    ("/ledger/deletedTokens", || get(ledger::deleted)),
    ("/ledger/flows", || get(flows::flows)),
    ("/switches", || get(world::switches).post(world::switch)),
    ("/tokens", || post(world::add_tokens)),
    ("/poison", || post(world::poison).delete(world::cure)),
];

/// Those without a query.
const PLAIN: &[Route] = &[
    ("/ledger", || get(ledger::whole)),
    ("/ledger/counts", || get(ledger::counts)),
    ("/faults", || get(stages::faults).post(stages::inject).delete(stages::clear_faults)),
    ("/rateLimits", || get(stages::limits).post(stages::limit).delete(stages::lift_limits)),
    ("/outages", || get(stages::outages).post(stages::plan).delete(stages::end_outages)),
    ("/droppedAnswers", || get(stages::dropped).post(stages::drop_answers).delete(stages::keep_answers)),
    ("/clock", || get(stages::clock).post(stages::set_clock)),
    ("/reset", || post(stages::reset)),
    ("/services", || get(world::services).post(world::add_service)),
    ("/failingBatches", || post(world::fail_batches)),
];

pub(super) fn router(shared: &Arc<Shared>) -> Router {
    let add =
        |router: Router<_>, (path, methods): &Route| router.route(&format!("{PREFIX}{path}"), methods());
    let indices: &[Route] = &[("", || get(index)), ("/", || get(index))];
    let plain = PLAIN.iter().chain(indices).fold(Router::new(), add);
    QUERIED
        .iter()
        .fold(plain.layer(from_fn(request::without_query)), add)
        .layer(from_fn(request::body_in_its_place))
        .fallback(unknown)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(Arc::clone(shared))
}

/// What there is.
async fn index(State(shared): State<Arc<Shared>>) -> Shown {
    let routes = PLAIN.iter().chain(QUERIED).map(|(path, _)| path);
    let paths: BTreeSet<_> = routes.map(|path| format!("{PREFIX}{path}")).collect();
    Shown::new(&json!({
        "version": env!("CARGO_PKG_VERSION"),
        "bearer": shared.setup.bearer,
        "services": world::service_ids(&shared),
        "paths": paths,
    }))
}

async fn unknown(uri: Uri) -> Problem {
    let what = if is_control(uri.path()) { "there is no such path" } else { "only control paths are here" };
    Problem::not_found(format!("{what}; GET {PREFIX}/ lists them"))
}

async fn not_allowed() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "the path does not have this method")
}
