use super::Secret;

model! {
    /// The tokens and the device secret for a Native SSO token response.
    pub struct NativeSsoRequest(
        /// The access token that [`token_process`](crate::funcs::token_process) returned: `jwt_access_token` where it
        /// is set, else `access_token`.
        access_token: Secret,
        /// The device secret for the response: the one that [`token_process`](crate::funcs::token_process) returned,
        /// once checked, or a new one.
        device_secret: Secret,
    ) {
        /// The refresh token that [`token_process`](crate::funcs::token_process) returned.
        refresh_token: Secret,
        /// The `sub` of the ID token, where it is not the `subject`.
        sub: String,
        /// The user's claims for the ID token, as the text of a JSON object (OpenID Connect Core 1.0 section 5.1).
        claims: (hidden String),
        /// Extra parameters for the header of the ID token (RFC 7515 section 4), as the text of a JSON object.
        idt_header_params: String,
        /// The form of `aud` in the ID token: `array` or `string`. Absent: the service's setting.
        id_token_aud_type: String,
        /// The value for the `ds_hash` claim. Absent: the SHA-256 of the device secret, in base64url.
        device_secret_hash: Secret,
    }
}
