//! What a browser shows.

use http::StatusCode;

/// Makes a page.
pub(super) type MakePage = Box<dyn Fn(&ErrorPage<'_>) -> String + Send + Sync>;

/// An error at the authorization endpoint that no client gets by a redirect, for a page of the application.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ErrorPage<'a> {
    /// The status of the response.
    pub status: StatusCode,
    /// `{"error":…,"error_description":…}` as it would go to a client: Authlete's words for whoever writes one, or this
    /// side's. **Escape it** if you show it.
    pub json: &'a str,
}
