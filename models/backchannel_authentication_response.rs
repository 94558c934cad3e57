use super::{
    AuthzDetails, ClientAuthMethod, DeliveryMode, DynamicScope, Grant, GrantManagementAction, Pair, Scope,
    Secret, ServerText, UserIdentificationHintType,
};

model! {
    /// What a backchannel authentication request asks for, or how to refuse it.
    pub struct BackchannelAuthenticationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`ciba_process_authentication`](crate::funcs::ciba_process_authentication).
        action: BackchannelAuthenticationResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The client's name.
        client_name: String,
        /// The scopes requested (RFC 6749 section 3.3), less those the service does not support. Descriptions are never
        /// set here.
        scopes: [Scope],
        /// Names of the claims requested by scopes such as `email` (section 5.4 of OpenID Connect Core 1.0).
        claim_names: [String],
        /// The client's token for its notification endpoint, in ping and push mode (OpenID Connect CIBA 1.0 section
        /// 7.1).
        client_notification_token: Secret,
        /// The authentication contexts wanted, best first; all are among those the service supports.
        acrs: [String],
        /// Which of the three hints the client sent.
        hint_type: UserIdentificationHintType,
        /// The hint that identifies the user: a `login_hint`, `login_hint_token` or `id_token_hint`.
        hint: Secret,
        /// The `sub` claim of the ID token, if the hint is an `id_token_hint`.
        sub: String,
        /// The message to show on the authentication device, so that the user can tell which request it belongs to.
        binding_message: String,
        /// The user code: a secret of the user that lets the request reach the device. The application must check it.
        user_code: Secret,
        /// Whether a user code is required, because client and service both say so.
        user_code_required: bool,
        /// The lifetime in seconds that the client asks for its `auth_req_id`. 0: none asked.
        requested_expiry: i64,
        /// The `request_context` of a signed request, as the text of JSON (FAPI-CIBA).
        request_context: (hidden String),
        /// Warnings for developers.
        warnings: [String],
        /// The ticket for [`ciba_issue`](crate::funcs::ciba_issue) or [`ciba_fail`](crate::funcs::ciba_fail), then for
        /// [`ciba_complete`](crate::funcs::ciba_complete). Keep it on the server.
        ticket: Secret,
        /// Target resources as URIs (RFC 8707).
        resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Attributes of the service.
        service_attributes: [Pair],
        /// Attributes of the client.
        client_attributes: [Pair],
        /// The scopes requested that match a pattern. They are not in `scopes`.
        dynamic_scopes: [DynamicScope],
        /// How the client gets the outcome (OpenID Connect CIBA 1.0 section 5).
        delivery_mode: DeliveryMode,
        /// How the client has to authenticate itself.
        client_auth_method: ClientAuthMethod,
        /// What the client wants to happen to the grant (Grant Management for OAuth 2.0).
        gm_action: GrantManagementAction,
        /// The ID of the grant that the request is about (Grant Management for OAuth 2.0).
        grant_id: String,
        /// What the user has granted so far under that ID.
        grant: Grant,
        /// The user who gave that grant. If another user authorizes, Authlete leaves the grant as it is.
        grant_subject: String,
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// Where the client's metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
        /// The challenge to send in an `OAuth-Client-Attestation-Challenge` header. Newer servers only.
        attestation_challenge: String,
    }
}

open_enum! {
    /// What the backchannel authentication endpoint does next.
    BackchannelAuthenticationResponseAction {
        /// `INTERNAL_SERVER_ERROR`: The call was wrong, or Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: The client did not authenticate. Answer 401 with `response_content` and a challenge in
        /// `WWW-Authenticate`.
        Unauthorized = "UNAUTHORIZED",
        /// `USER_IDENTIFICATION`: Identify the user by `hint`, then issue or fail.
        UserIdentification = "USER_IDENTIFICATION",
    }
}
