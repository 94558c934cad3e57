use super::{ClaimsForTx, Pair, Property, Secret, ServerText};

model! {
    /// Which claims to gather for a UserInfo response, or how to refuse the request.
    pub struct UserinfoResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`userinfo_process`](crate::funcs::userinfo_process).
        action: UserinfoResponseAction,
        /// Names of the claims requested, directly or by scopes (OpenID Connect Core 1.0 sections 5.4 and 5.5).
        claims: [String],
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The value for `WWW-Authenticate` if the request is refused (RFC 6750 section 3).
        response_content: ServerText,
        /// The scopes of the access token.
        scopes: [String],
        /// The user's unique ID at the service.
        subject: String,
        /// The access token of the request.
        token: Secret,
        /// Extra properties attached to the token.
        properties: [Property],
        /// The member `userinfo` of `claims`, as the text of a JSON object (OpenID Connect Core 1.0 section 5.5).
        user_info_claims: (hidden String),
        /// Attributes of the service.
        service_attributes: [Pair],
        /// Attributes of the client.
        client_attributes: [Pair],
        /// Names of the claims that the user allows the client to know.
        consented_claims: [String],
        /// Names of claims that transformed claims are computed from (OpenID Connect Advanced Syntax for Claims).
        requested_claims_for_tx: [String],
        /// Names of verified claims that transformed claims are computed from, one list per `verified_claims` object.
        requested_verified_claims_for_tx: [ClaimsForTx],
        /// The member `transformed_claims` of `claims`, as the text of a JSON object.
        transformed_claims: (hidden String),
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// The nonce to send in a `DPoP-Nonce` header (RFC 9449 section 9).
        dpop_nonce: String,
        /// Where the client's metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

open_enum! {
    /// What to do with a UserInfo request.
    UserinfoResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content` in `WWW-Authenticate`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content` in `WWW-Authenticate`. There was no token.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` in `WWW-Authenticate`. The token is unknown, has
        /// expired, or its proof of possession is missing.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content` in `WWW-Authenticate`. The token lacks the scope `openid`.
        Forbidden = "FORBIDDEN",
        /// `OK`: Gather the claims, then issue the response.
        Ok = "OK",
    }
}
