//! What the application decides.

use super::token::Property;

/// What the application says of the user who agreed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Approval {
    pub(crate) subject: String,
    /// `sub` of the ID token, if it is not the subject.
    pub(crate) sub: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) auth_time: Option<i64>,
    pub(crate) acr: Option<String>,
    pub(crate) claims: Option<String>,
    pub(crate) properties: Vec<Property>,
    pub(crate) jwt_at_claims: Option<String>,
    pub(crate) session_id: Option<String>,
    pub(crate) access_token_duration: Option<i64>,
    pub(crate) refresh_token_duration: Option<i64>,
}
