use super::Secret;

model! {
    /// Why an authorization request fails.
    pub struct AuthorizationFailRequest(
        /// The ticket of [`AuthorizationResponse`](super::AuthorizationResponse::ticket). It is spent by this.
        ticket: Secret,
        /// The reason, which decides on the `error` the client gets.
        reason: AuthorizationFailRequestReason,
    ) {
        /// A description of your own. It goes to the client in `error_description`.
        description: String,
    }
}

open_enum! {
    /// Why an authorization request fails, and which `error` the client gets.
    AuthorizationFailRequestReason {
        /// `UNKNOWN`: None of the others; `server_error` (RFC 6749 section 4.1.2.1).
        Unknown = "UNKNOWN",
        /// `NOT_LOGGED_IN`: `prompt=none`, and no user is logged in; `login_required` (OpenID Connect Core 1.0
        /// section 3.1.2.6).
        NotLoggedIn = "NOT_LOGGED_IN",
        /// `MAX_AGE_NOT_SUPPORTED`: The server does not know when the user authenticated; `login_required`.
        MaxAgeNotSupported = "MAX_AGE_NOT_SUPPORTED",
        /// `EXCEEDS_MAX_AGE`: The user authenticated longer ago than `max_age`; `login_required`.
        ExceedsMaxAge = "EXCEEDS_MAX_AGE",
        /// `DIFFERENT_SUBJECT`: Another user than the one demanded is logged in; `login_required`.
        DifferentSubject = "DIFFERENT_SUBJECT",
        /// `ACR_NOT_SATISFIED`: An essential `acr` was not met; `unmet_authentication_requirements`.
        AcrNotSatisfied = "ACR_NOT_SATISFIED",
        /// `DENIED`: The user refused; `access_denied` (RFC 6749 section 4.1.2.1).
        Denied = "DENIED",
        /// `SERVER_ERROR`: The authorization server failed; `server_error` (RFC 6749 section 4.1.2.1).
        ServerError = "SERVER_ERROR",
        /// `NOT_AUTHENTICATED`: The user was asked to log in, and did not succeed; `login_required`.
        NotAuthenticated = "NOT_AUTHENTICATED",
        /// `ACCOUNT_SELECTION_REQUIRED`: The user has to choose an account; `account_selection_required` (OpenID
        /// Connect Core 1.0 section 3.1.2.6).
        AccountSelectionRequired = "ACCOUNT_SELECTION_REQUIRED",
        /// `CONSENT_REQUIRED`: The user has not consented; `consent_required` (OpenID Connect Core 1.0 section
        /// 3.1.2.6).
        ConsentRequired = "CONSENT_REQUIRED",
        /// `INTERACTION_REQUIRED`: The user has to be asked something; `interaction_required` (OpenID Connect Core
        /// 1.0 section 3.1.2.6).
        InteractionRequired = "INTERACTION_REQUIRED",
        /// `INVALID_TARGET`: A target resource is refused; `invalid_target` (RFC 8707 section 2).
        InvalidTarget = "INVALID_TARGET",
        /// `INVALID_SCOPE`: A scope is refused; `invalid_scope` (RFC 6749 section 4.1.2.1). Newer servers only.
        InvalidScope = "INVALID_SCOPE",
        /// `TEMPORARILY_UNAVAILABLE`: The server is overloaded or under maintenance; `temporarily_unavailable` (RFC
        /// 6749 section 4.1.2.1). Newer servers only.
        TemporarilyUnavailable = "TEMPORARILY_UNAVAILABLE",
        /// `UNAUTHORIZED_CLIENT`: The client may not make this request; `unauthorized_client` (RFC 6749 section
        /// 4.1.2.1). Newer servers only.
        UnauthorizedClient = "UNAUTHORIZED_CLIENT",
    }
}
