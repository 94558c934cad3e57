//! The operations as methods.

use crate::core::AuthleteCore;
use crate::error::AuthleteError;

/// All operations as methods, in groups: `authlete.token_operations().auth_token_create_batch_api(&request, None)`.
///
/// A method calls the function of the same operation and returns the bare value. Use the function if you need the head of the
/// response. The types of the groups are in [`groups`](crate::groups). An `Authlete` holds nothing but an [`AuthleteCore`].
#[derive(Clone, Debug)]
pub struct Authlete {
    core: AuthleteCore,
}

impl Authlete {
    /// The face of this core.
    #[must_use]
    pub fn new(core: AuthleteCore) -> Self {
        Self { core }
    }

    /// The face of a core configured by the environment; see [`AuthleteCore::from_env`].
    ///
    /// # Errors
    /// As [`AuthleteCoreBuilder::build`](crate::AuthleteCoreBuilder::build).
    pub fn from_env() -> Result<Self, AuthleteError> {
        AuthleteCore::from_env().map(Self::new)
    }

    /// The core, for calling functions.
    #[must_use]
    pub fn core(&self) -> &AuthleteCore {
        &self.core
    }
}

impl From<AuthleteCore> for Authlete {
    fn from(core: AuthleteCore) -> Self {
        Self::new(core)
    }
}
