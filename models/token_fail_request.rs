use super::Secret;

model! {
    /// Why a token request fails.
    pub struct TokenFailRequest(
        /// The ticket of [`TokenResponse`](super::TokenResponse::ticket). It is spent by this.
        ticket: Secret,
        /// The reason, which decides on the `error` the client gets.
        reason: TokenFailRequestReason,
    ) {}
}

open_enum! {
    /// Why a token request fails, and which `error` the client gets.
    TokenFailRequestReason {
        /// `UNKNOWN`: None of the others.
        Unknown = "UNKNOWN",
        /// `INVALID_RESOURCE_OWNER_CREDENTIALS`: The user name or the password is wrong; `invalid_grant` (RFC 6749
        /// section 5.2).
        InvalidResourceOwnerCredentials = "INVALID_RESOURCE_OWNER_CREDENTIALS",
        /// `INVALID_TARGET`: A target resource is refused; `invalid_target` (RFC 8707 section 2).
        InvalidTarget = "INVALID_TARGET",
        /// `INVALID_CLIENT`: The client is not authenticated; `invalid_client` (RFC 6749 section 5.2). Newer servers
        /// only.
        InvalidClient = "INVALID_CLIENT",
        /// `INVALID_SCOPE`: A scope is refused; `invalid_scope` (RFC 6749 section 5.2). Newer servers only.
        InvalidScope = "INVALID_SCOPE",
        /// `UNAUTHORIZED_CLIENT`: The client may not use the grant type; `unauthorized_client` (RFC 6749 section
        /// 5.2). Newer servers only.
        UnauthorizedClient = "UNAUTHORIZED_CLIENT",
    }
}
