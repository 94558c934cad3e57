use super::{Pair, Secret};

model! {
    /// An access token to look at, with what the protected resource demands of it.
    ///
    /// ```
    /// use authlete::models::IntrospectionRequest;
    ///
    /// let request = IntrospectionRequest::new("2YotnFZFEjr1zCsicMWpAA")
    ///     .scopes(["timeline.read"])
    ///     .subject("john");
    /// ```
    pub struct IntrospectionRequest(
        /// The access token that the client presented (RFC 6750 section 2).
        token: Secret,
    ) {
        /// The scopes the token must cover. One that is missing makes the action
        /// [`Forbidden`](super::IntrospectionResponseAction::Forbidden).
        scopes: [String],
        /// The user the token must belong to. Another one makes the action
        /// [`Forbidden`](super::IntrospectionResponseAction::Forbidden).
        subject: String,
        /// The certificate the client presented, in PEM. Needed for a token that is bound to one (RFC 8705).
        client_certificate: String,
        /// The value of the `DPoP` header the client sent. Needed for a token that is bound to a key (RFC 9449).
        dpop: Secret,
        /// The method of the client's request, which the DPoP proof must name (RFC 9449 section 4.2).
        htm: String,
        /// The URL of the client's request without query and fragment, which the DPoP proof must name (RFC 9449
        /// section 4.2).
        htu: String,
        /// The resources, as URIs, that the token must be for (RFC 8707).
        resources: [String],
        /// Authentication context classes: the user must have authenticated under one of them (RFC 9470).
        acr_values: [String],
        /// The maximum time since the user authenticated, in seconds (RFC 9470).
        max_age: i64,
        /// The components an HTTP message signature must cover (RFC 9421). Absent: `@method`, `@target-uri` and
        /// `authorization`.
        required_components: [String],
        /// The whole URL of the client's request, with its query, where some clients put the token.
        uri: Secret,
        /// The body of the client's request, where it has one.
        message: Secret,
        /// The headers of the client's request that an HTTP message signature covers, `Signature` and
        /// `Signature-Input` among them (RFC 9421).
        headers: [Pair],
        /// The target URI of the client's request with its query, for `@target-uri` of a signature (RFC 9421 section
        /// 2.2.2).
        target_uri: Secret,
        /// Whether the DPoP proof must carry the nonce that is expected (RFC 9449 section 9). The service's setting
        /// of the same name demands it too.
        dpop_nonce_required: bool,
        /// Whether the client's request has a body, whose digest a signature then has to cover (RFC 9530).
        request_body_contained: bool,
    }
}
