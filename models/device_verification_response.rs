use super::{AuthzDetails, DynamicScope, Grant, GrantManagementAction, Pair, Scope, ServerText};

model! {
    /// The device authorization request that a user code stands for.
    pub struct DeviceVerificationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`device_flow_verification`](crate::funcs::device_flow_verification).
        action: DeviceVerificationResponseAction,
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
        /// The authentication contexts wanted, best first; all are among those the service supports.
        acrs: [String],
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
        /// When the user code expires, in milliseconds since the Unix epoch.
        expires_at: i64,
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
    }
}

open_enum! {
    /// What to show the user who typed in a user code.
    DeviceVerificationResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Show an error page.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `NOT_EXIST`: No such code. Ask again, a limited number of times.
        NotExist = "NOT_EXIST",
        /// `EXPIRED`: The code has expired. Ask the user to start again on the device.
        Expired = "EXPIRED",
        /// `VALID`: Show the client and what it asks for, and let the user decide.
        Valid = "VALID",
        /// (only in Java / live servers)
        /// `SERVER_ERROR`: The same as `INTERNAL_SERVER_ERROR`: servers send this spelling, the API description names
        /// the other.
        ServerError = "SERVER_ERROR",
    }
}
