use super::{
    AuthzDetails, ClientAuthMethod, DynamicScope, Grant, GrantManagementAction, Pair, Scope, Secret,
    ServerText,
};

model! {
    /// The codes for a device, or how to refuse its request.
    pub struct DeviceAuthorizationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`device_flow_authorization`](crate::funcs::device_flow_authorization).
        action: DeviceAuthorizationResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The client's name.
        client_name: String,
        /// How the client has to authenticate itself.
        client_auth_method: ClientAuthMethod,
        /// The scopes requested (RFC 6749 section 3.3), less those the service does not support. Descriptions are never
        /// set here.
        scopes: [Scope],
        /// Names of the claims requested by scopes such as `email` (section 5.4 of OpenID Connect Core 1.0).
        claim_names: [String],
        /// The authentication contexts wanted, best first; all are among those the service supports.
        acrs: [String],
        /// The `device_code`, with which the device asks for its tokens.
        device_code: Secret,
        /// The `user_code`, which the user types in.
        user_code: Secret,
        /// The `verification_uri`: the page where the user types in the code.
        verification_uri: String,
        /// The `verification_uri_complete`: the same page with the user code in the URL.
        verification_uri_complete: String,
        /// The lifetime of both codes in seconds.
        expires_in: i64,
        /// How many seconds the device must wait between two token requests.
        interval: i64,
        /// Warnings for developers.
        warnings: [String],
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
    /// What the device authorization endpoint answers.
    DeviceAuthorizationResponseAction {
        /// `INTERNAL_SERVER_ERROR`: The call was wrong, or Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: The client did not authenticate. Answer 401 with `response_content` and a challenge in
        /// `WWW-Authenticate`.
        Unauthorized = "UNAUTHORIZED",
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
    }
}
