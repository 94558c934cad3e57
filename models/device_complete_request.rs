use super::{Property, Secret};

model! {
    /// How the user decided on a device authorization request.
    pub struct DeviceCompleteRequest(
        /// The user code, as it was verified (RFC 8628 section 3.3).
        user_code: Secret,
        /// How the user decided, or that something failed (RFC 8628 section 3.5).
        result: DeviceCompleteRequestResult,
    ) {
        /// The user who decided, by the unique ID at the service. Required if the result is `AUTHORIZED`. Authlete does
        /// not check it.
        subject: String,
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
        /// The `error_description` for the client, if the user did not agree. Its characters are limited (RFC 6749
        /// section 5.2).
        error_description: String,
        /// The `error_uri` for the client, if the user did not agree: a page that explains the error.
        error_uri: String,
        /// Extra parameters for the header of the ID token (RFC 7515 section 4), as the text of a JSON object.
        idt_header_params: String,
        /// Names of the claims that the user allows the client to know.
        consented_claims: [String],
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. They have no
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
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
    DeviceCompleteRequestResult {
        /// `TRANSACTION_FAILED`: No decision could be obtained. The device gets the error `expired_token`.
        TransactionFailed = "TRANSACTION_FAILED",
        /// `ACCESS_DENIED`: The user refused. The device gets the error `access_denied`.
        AccessDenied = "ACCESS_DENIED",
        /// `AUTHORIZED`: The user authenticated and agreed.
        Authorized = "AUTHORIZED",
    }
}
