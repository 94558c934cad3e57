//! The constants of an operation.

use http::Method;

/// Whether an operation may be repeated when it is not known if its first attempt had an effect. The HTTP method does
/// not tell: there are GETs that rotate a secret and POSTs that only read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replay {
    /// The state after two requests is the state after one.
    Safe,
    /// A second request has a second effect, unless the function says of a particular request that it has not.
    Unsafe,
}

/// An operation of the API: what is the same for all of its requests.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The operation's ID, as it stands in errors and traces.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path, with `{name}` where a value goes.
    pub(crate) template: &'static str,
    pub(crate) replay: Replay,
}
