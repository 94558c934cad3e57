use super::{Pair, Secret};

model! {
    /// A UserInfo request (OpenID Connect Core 1.0 section 5.3.1).
    pub struct UserinfoRequest(
        /// The access token that the client presented (OpenID Connect Core 1.0 section 5.3.1).
        token: Secret,
    ) {
        /// The certificate the client presented, in PEM. Needed for a token that is bound to one (RFC 8705 section
        /// 3).
        client_certificate: String,
        /// The value of the `DPoP` header the client sent. Needed for a token that is bound to a key (RFC 9449
        /// section 7).
        dpop: Secret,
        /// The method of the client's request, which the DPoP proof must name (RFC 9449 section 4.2).
        htm: String,
        /// The URL of the endpoint without query and fragment, which the DPoP proof must name (RFC 9449 section 4.2).
        /// Absent, the one in the service's settings.
        htu: String,
        /// The whole URL of the client's request.
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
