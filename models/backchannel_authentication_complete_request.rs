use super::{Property, Secret};

model! {
    /// How the user decided on the authentication device.
    pub struct BackchannelAuthenticationCompleteRequest(
        /// The ticket from [`ciba_process_authentication`](crate::funcs::ciba_process_authentication).
        ticket: Secret,
        /// How the user decided, or that the device failed (OpenID Connect CIBA 1.0 section 11).
        result: BackchannelAuthenticationCompleteRequestResult,
        /// The user who decided, by the unique ID at the service. Authlete does not check it: make sure that it is the
        /// user the hint identified.
        subject: String,
    ) {
        /// The `sub` of the ID token, where it is not the `subject`.
        sub: String,
        /// When the user authenticated, in seconds since the Unix epoch.
        auth_time: i64,
        /// The authentication context that the user's login met (OpenID Connect Core 1.0 section 2, `acr`).
        acr: String,
        /// The user's claims for the ID token, as the text of a JSON object (OpenID Connect Core 1.0 section 5.1).
        claims: (hidden String),
        /// Extra properties to attach to the tokens.
        properties: [Property],
        /// The scopes to grant. Absent: those the client requested.
        scopes: [String],
        /// Extra parameters for the header of the ID token (RFC 7515 section 4), as the text of a JSON object.
        idt_header_params: String,
        /// The `error_description` for the client, if the user did not agree. Its characters are limited (RFC 6749
        /// section 5.2).
        error_description: String,
        /// The `error_uri` for the client, if the user did not agree: a page that explains the error.
        error_uri: String,
        /// Names of the claims that the user allows the client to know.
        consented_claims: [String],
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. They have no
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// The access token's value in push mode. Absent: the server generates one.
        access_token: Secret,
        /// The access token's lifetime in seconds. Unless positive, the setting of the service.
        access_token_duration: i64,
        /// The refresh token's lifetime in seconds. Unless positive, the setting of the service.
        refresh_token_duration: i64,
        /// The form of `aud` in the ID token: `array` or `string`. Absent: the service's setting.
        id_token_aud_type: String,
    }
}

open_enum! {
    /// How the user decided.
    BackchannelAuthenticationCompleteRequestResult {
        /// `TRANSACTION_FAILED`: No decision could be obtained. The client gets the error `expired_token`.
        TransactionFailed = "TRANSACTION_FAILED",
        /// `ACCESS_DENIED`: The user refused. The client gets the error `access_denied`.
        AccessDenied = "ACCESS_DENIED",
        /// `AUTHORIZED`: The user authenticated and agreed.
        Authorized = "AUTHORIZED",
    }
}
