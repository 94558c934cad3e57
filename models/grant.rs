use super::{AuthzDetails, GrantScope};

model! {
    /// What a user has granted a client (Grant Management for OAuth 2.0).
    pub struct Grant {
        /// Scopes with the resources they are for.
        scopes: [GrantScope],
        /// Names of the claims that belong to the grant.
        claims: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
    }
}
