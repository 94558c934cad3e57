use super::{Pair, Secret};

model! {
    /// The claims to put into a UserInfo response.
    pub struct UserinfoIssueRequest(
        /// The access token of the request.
        token: Secret,
    ) {
        /// The claims, as the text of a JSON object (OpenID Connect Core 1.0 section 5.1).
        claims: (hidden String),
        /// The `sub` of the response, where it is not the user of the token.
        sub: String,
        /// Values for [`requested_claims_for_tx`](super::UserinfoResponse::requested_claims_for_tx), as the text of a
        /// JSON object.
        claims_for_tx: (hidden String),
        /// The value of the `Signature` header of the client's request (RFC 9421).
        request_signature: String,
        /// The headers of the client's request that an HTTP message signature covers, `Signature` and
        /// `Signature-Input` among them (RFC 9421).
        headers: [Pair],
        /// Values for
        /// [`requested_verified_claims_for_tx`](super::UserinfoResponse::requested_verified_claims_for_tx), each the
        /// text of a JSON object, in the same order.
        verified_claims_for_tx: (hidden [String]),
    }
}
