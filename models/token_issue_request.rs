use super::{Property, Secret};

model! {
    /// Whom a token request is granted for.
    pub struct TokenIssueRequest(
        /// The ticket of [`TokenResponse`](super::TokenResponse::ticket). It is spent by this.
        ticket: Secret,
        /// The user's unique ID at the service.
        subject: String,
    ) {
        /// Extra properties to attach to the token.
        properties: [Property],
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. Without
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// The value of the access token. Absent, the server makes one up.
        access_token: Secret,
        /// The access token's lifetime in seconds. Unless positive, the settings decide.
        access_token_duration: i64,
        /// The refresh token's lifetime in seconds. Unless positive, the settings decide.
        refresh_token_duration: i64,
    }
}
