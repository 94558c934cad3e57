//! What a request must offer to be walked page by page.

use std::fmt;

use crate::call::{ApiResult, RequestOptions};
use crate::core::AuthleteCore;

/// What an answer tells of its range.
#[derive(Debug)]
pub struct Listing<T> {
    pub(crate) start: Option<i64>,
    pub(crate) total: Option<i64>,
    pub(crate) next_cursor: Option<String>,
    pub(crate) entries: Vec<T>,
}

/// Where a request says which entries it is for.
#[derive(Debug)]
pub struct ListRange<'a> {
    pub(crate) start: &'a mut Option<i64>,
    /// Before which index the range ends.
    pub(crate) end: &'a mut Option<i64>,
    pub(crate) cursor: &'a mut Option<String>,
}

/// The request of an operation that lists a range of entries: one of
/// [`AuthTokenGetListApiRequest`](crate::models::operations::AuthTokenGetListApiRequest),
/// [`ClientGetListApiRequest`](crate::models::operations::ClientGetListApiRequest),
/// [`ServiceGetListApiRequest`](crate::models::operations::ServiceGetListApiRequest),
/// [`ClientAuthorizationGetListApiRequest`](crate::models::operations::ClientAuthorizationGetListApiRequest),
/// [`ClientAuthorizationGetListApiPostRequest`](crate::models::operations::ClientAuthorizationGetListApiPostRequest) and
/// [`ClientAuthorizationGetListBySubjectApiRequest`](crate::models::operations::ClientAuthorizationGetListBySubjectApiRequest).
/// It is sealed: the types of its other items cannot be named outside.
pub trait ListRequest: Send + Sync + Unpin + 'static {
    /// What the list holds.
    type Entry: Clone + fmt::Debug + Send + Unpin + 'static;

    #[doc(hidden)]
    fn range(&mut self) -> ListRange<'_>;

    #[doc(hidden)]
    fn fetch(
        &self,
        core: &AuthleteCore,
        options: &RequestOptions,
    ) -> impl Future<Output = ApiResult<Listing<Self::Entry>>> + Send;

    /// Whether two entries are of the same thing, as far as they name it.
    #[doc(hidden)]
    fn is_same(one: &Self::Entry, other: &Self::Entry) -> bool;
}
