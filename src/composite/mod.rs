//! What takes several calls: paging through a list, waiting for a state, revoking many tokens.

pub(crate) mod pages;
mod revoke;
mod wait;

#[cfg(feature = "stream")]
pub use self::pages::{EntryStream, PageStream};
pub use self::pages::{ListRequest, Page, Pages, PagesError};
pub use self::revoke::{RevokeError, RevokeOptions};
pub use self::wait::WaitOptions;
pub(crate) use self::wait::{WaitState, wait_until};
