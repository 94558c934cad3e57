use super::{ClientSource, ClientType, Pair, SubjectType, TaggedValue};

model! {
    /// What an authorization server needs to know of a client to show its pages. What a server sends beyond that is kept.
    pub struct ClientLimitedAuthorization {
        /// Its sequential number, which Authlete assigned.
        number: i64,
        /// Its name (RFC 7591 section 2, `client_name`).
        client_name: String,
        /// Its name in several languages.
        client_names: [TaggedValue],
        /// What the client is.
        description: String,
        /// Descriptions in several languages.
        descriptions: [TaggedValue],
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the alias counts. Servers of today always say `true`.
        client_id_alias_enabled: bool,
        /// Whether it can keep a secret (RFC 6749 section 2.1).
        client_type: ClientType,
        /// The URL of its logo (RFC 7591 section 2, `logo_uri`).
        logo_uri: String,
        /// The URLs of its logo in several languages.
        logo_uris: [TaggedValue],
        /// The URL of its terms of service (RFC 7591 section 2, `tos_uri`).
        tos_uri: String,
        /// The URLs of its terms of service in several languages.
        tos_uris: [TaggedValue],
        /// The URL of its privacy policy (RFC 7591 section 2, `policy_uri`).
        policy_uri: String,
        /// The URLs of its privacy policy in several languages.
        policy_uris: [TaggedValue],
        /// The sequential number of its service, which Authlete assigned.
        service_number: i64,
        /// The `max_age` of requests that have none, in seconds (OpenID Connect Dynamic Client Registration 1.0
        /// section 2).
        default_max_age: i64,
        /// Whether its ID tokens must have an `auth_time` (OpenID Connect Dynamic Client Registration 1.0 section 2).
        auth_time_required: bool,
        /// When it was created, in milliseconds since the Unix epoch.
        created_at: i64,
        /// When it was last changed, in milliseconds since the Unix epoch.
        modified_at: i64,
        /// Whether its access tokens are bound to its certificate (RFC 8705 section 3).
        tls_client_certificate_bound_access_tokens: bool,
        /// Whether its backchannel authentication requests need a user code (OpenID Connect Client-Initiated
        /// Backchannel Authentication 1.0 section 4).
        bc_user_code_required: bool,
        /// Whether it was registered dynamically (RFC 7591).
        dynamically_registered: bool,
        /// Whether it has to push its authorization requests (RFC 9126 section 6).
        par_required: bool,
        /// Whether its authorization requests need a request object (RFC 9101).
        request_object_required: bool,
        /// Whether its request objects must be encrypted when they come through the browser. Pushed ones need not be.
        front_channel_request_object_encryption_required: bool,
        /// Whether the `alg` of an encrypted request object must be the one the client has registered.
        request_object_encryption_alg_match_required: bool,
        /// Whether the `enc` of an encrypted request object must be the one the client has registered.
        request_object_encryption_enc_match_required: bool,
        /// Whether a new access token ends the older ones of the same client and user. The client credentials flow
        /// has no user, so it ends none.
        single_access_token_per_subject: bool,
        /// Whether it has to use PKCE in the authorization code flow (RFC 7636).
        pkce_required: bool,
        /// Whether `S256` is the only code challenge method it may use (RFC 7636 section 4.2).
        pkce_s256_required: bool,
        /// Whether its requests to the resource server have to be signed (RFC 9421).
        rs_request_signed: bool,
        /// Whether it has to use DPoP (RFC 9449).
        dpop_required: bool,
        /// Whether it is locked: the service refuses its requests.
        locked: bool,
        /// Whether it prefers the endpoints for mutual TLS (RFC 8705 section 5).
        mtls_endpoint_aliases_used: bool,
        /// Whether it takes part in a migration of tokens.
        in_scope_for_token_migration: bool,
        /// When its trust chain expires, in milliseconds since the Unix epoch (OpenID Federation 1.0).
        trust_chain_expires_at: i64,
        /// When its trust chain was last updated, in milliseconds since the Unix epoch (OpenID Federation 1.0).
        trust_chain_updated_at: i64,
        /// Whether it was registered automatically (OpenID Federation 1.0).
        automatically_registered: bool,
        /// Whether it was registered explicitly (OpenID Federation 1.0).
        explicitly_registered: bool,
        /// Whether credential responses to it must be encrypted (OpenID for Verifiable Credential Issuance 1.0).
        credential_response_encryption_required: bool,
        /// Where its metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// When its Client ID Metadata Document expires, in milliseconds since the Unix epoch.
        metadata_document_expires_at: i64,
        /// When its Client ID Metadata Document was last fetched, in milliseconds since the Unix epoch.
        metadata_document_updated_at: i64,
        /// Whether it became known by a Client ID Metadata Document.
        discovered_by_metadata_document: bool,
        /// How the record of it came about.
        client_source: ClientSource,
        /// Its entity ID (OpenID Federation 1.0).
        entity_id: String,
        /// How its subject identifiers are made (OpenID Connect Core 1.0 section 8). Not in the API description: servers that send the
        /// whole client tell it.
        subject_type: SubjectType,
        /// The host by which its pairwise subject identifiers are made (OpenID Connect Core 1.0 section 8.1). Not in the API
        /// description, as the next three.
        derived_sector_identifier: String,
        /// The URL of its home page (RFC 7591 section 2, `client_uri`).
        client_uri: String,
        /// The URLs of its home page in several languages.
        client_uris: [TaggedValue],
        /// Attributes that the service has given it.
        attributes: [Pair],
    } keeps unknown
}
