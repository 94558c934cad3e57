use super::{AuthzDetails, Property, Secret};

model! {
    /// Who has authorized a request, and with what.
    pub struct AuthorizationIssueRequest(
        /// The ticket of [`AuthorizationResponse`](super::AuthorizationResponse::ticket). It is spent by this.
        ticket: Secret,
        /// The user's unique ID at the service: ASCII, at most 100 characters.
        subject: String,
    ) {
        /// When the user authenticated, in seconds since the Unix epoch; the `auth_time` of the ID token.
        auth_time: i64,
        /// The authentication context that the user's login met; the `acr` of the ID token. One of
        /// [`acrs`](super::AuthorizationResponse::acrs) where they are essential.
        acr: String,
        /// The user's claims for the ID token, as the text of a JSON object (OpenID Connect Core 1.0 section 5.1).
        claims: (hidden String),
        /// Extra properties to attach to the code and the tokens.
        properties: [Property],
        /// The scopes to grant instead of those requested. An empty list grants none; leave it unset to grant what
        /// was requested.
        scopes: [String],
        /// The `sub` of the ID token, where it is not [`subject`](Self::subject).
        sub: String,
        /// Extra parameters for the header of the ID token (RFC 7515 section 4), as the text of a JSON object.
        idt_header_params: String,
        /// Values for [`requested_claims_for_tx`](super::AuthorizationResponse::requested_claims_for_tx), as the text
        /// of a JSON object.
        claims_for_tx: (hidden String),
        /// Names of the claims that the user allows the client to know.
        consented_claims: [String],
        /// The authorization details granted, where they differ from those requested (RFC 9396).
        authorization_details: AuthzDetails,
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. Without
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// The value of an access token made by this call. Absent, the server makes one up.
        access_token: Secret,
        /// The lifetime of an access token made by this call, in seconds. Unless positive, the settings decide.
        access_token_duration: i64,
        /// The ID of the user's session, for the `sid` of the ID token. Required for Native SSO
        /// (OpenID Connect Native SSO).
        session_id: Secret,
        /// The form of `aud` in the ID token: `array` or `string`. Absent, the service's setting decides.
        id_token_aud_type: String,
        /// Values for
        /// [`requested_verified_claims_for_tx`](super::AuthorizationResponse::requested_verified_claims_for_tx), each
        /// the text of a JSON object, in the same order.
        verified_claims_for_tx: (hidden [String]),
    }
}
