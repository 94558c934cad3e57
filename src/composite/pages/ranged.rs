//! What a walk asks of the operations that it walks.

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

pub trait Ranged: Send + Sync + Unpin + 'static {
    type Item: Clone + fmt::Debug + Send + Unpin + 'static;

    fn range(&mut self) -> ListRange<'_>;

    fn fetch(
        &self,
        core: &AuthleteCore,
        options: &RequestOptions,
    ) -> impl Future<Output = ApiResult<Listing<Self::Item>>> + Send;

    /// Whether two entries are of the same thing, as far as they name it.
    fn is_same(one: &Self::Item, other: &Self::Item) -> bool;
}
