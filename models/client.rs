use super::{
    ApplicationType, ClientAuthMethod, ClientExtension, ClientRegistrationType, ClientType, DeliveryMode,
    FapiMode, GrantType, JweAlg, JweEnc, JwsAlg, Pair, ResponseType, Secret, SubjectType, TaggedValue,
};

model! {
    /// A client of a service: its registered metadata and settings.
    ///
    /// Members that this version does not know are kept and written again. Do not build one from scratch to change a
    /// registered client: read it with [`client_get`](crate::funcs::client_get), change that value, and send it with
    /// [`client_update`](crate::funcs::client_update).
    ///
    /// Names of metadata are those of RFC 7591 section 2 and of OpenID Connect Dynamic Client Registration 1.0 section
    /// 2, where nothing else is said.
    pub struct Client {
        /// The client's sequential number. Read-only.
        number: i64,
        /// The sequential number of the client's service. Read-only.
        service_number: i64,
        /// The client's name: `client_name`.
        client_name: String,
        /// The client's name in several languages.
        client_names: [TaggedValue],
        /// What the client is.
        description: String,
        /// What the client is, in several languages.
        descriptions: [TaggedValue],
        /// The numeric client ID, which Authlete assigned. Read-only.
        client_id: i64,
        /// The client secret: 512 random bits in base64url, 86 characters. Read-only; see
        /// [`client_management_refresh_secret`](crate::funcs::client_management_refresh_secret). Public clients have
        /// one too and must not use it.
        client_secret: Secret,
        /// The client's alias: what it uses as `client_id`. By default the numeric ID as text.
        client_id_alias: String,
        /// Deprecated. Always `true`.
        client_id_alias_enabled: bool,
        /// Whether the client can keep a secret (RFC 6749 section 2.1).
        client_type: ClientType,
        /// The kind of application: `application_type`. It decides which redirect URIs are allowed; unset, this is not
        /// checked.
        application_type: ApplicationType,
        /// The URL of the client's logo: `logo_uri`.
        logo_uri: String,
        /// URLs of logos for several languages.
        logo_uris: [TaggedValue],
        /// Email addresses of those responsible: `contacts`.
        contacts: [String],
        /// Whether the client's access tokens are bound to its certificate (RFC 8705 section 3.4).
        tls_client_certificate_bound_access_tokens: bool,
        /// Whether the client registered dynamically (RFC 7591). Read-only.
        dynamically_registered: bool,
        /// The ID of the client's software: `software_id`.
        software_id: String,
        /// The ID of the developer who created the client.
        developer: String,
        /// The version of the client's software: `software_version`.
        software_version: String,
        /// The hash of the client's registration access token (RFC 7592).
        registration_access_token_hash: String,
        /// When the client was created, in milliseconds since the Unix epoch. Read-only.
        created_at: i64,
        /// When the client was last changed, in milliseconds since the Unix epoch. Read-only.
        modified_at: i64,
        /// The grant types the client restricts itself to: `grant_types`.
        grant_types: [GrantType],
        /// The response types the client restricts itself to: `response_types`.
        response_types: [ResponseType],
        /// Redirect URIs: absolute, without fragment (RFC 6749 section 3.1.2), of at most 200 printable ASCII
        /// characters. OpenID Connect requires an exact match.
        redirect_uris: [String],
        /// The signature of authorization responses: `authorization_signed_response_alg` (JARM).
        authorization_sign_alg: JwsAlg,
        /// How their key is encrypted: `authorization_encrypted_response_alg` (JARM).
        authorization_encryption_alg: JweAlg,
        /// How their content is encrypted: `authorization_encrypted_response_enc` (JARM).
        authorization_encryption_enc: JweEnc,
        /// How the client authenticates: `token_endpoint_auth_method`.
        token_auth_method: ClientAuthMethod,
        /// The signature of its assertions: `token_endpoint_auth_signing_alg`.
        token_auth_sign_alg: JwsAlg,
        /// Which key of the client's JWK Set has its self-signed certificate (RFC 8705 section 2.2).
        self_signed_certificate_key_id: String,
        /// The subject that the client's certificate must have (RFC 8705 section 2.1.2).
        tls_client_auth_subject_dn: String,
        /// The DNS name that the client's certificate must have (RFC 8705 section 2.1.2).
        tls_client_auth_san_dns: String,
        /// The URI that the client's certificate must have (RFC 8705 section 2.1.2).
        tls_client_auth_san_uri: String,
        /// The IP address that the client's certificate must have (RFC 8705 section 2.1.2).
        tls_client_auth_san_ip: String,
        /// The email address that the client's certificate must have (RFC 8705 section 2.1.2).
        tls_client_auth_san_email: String,
        /// Whether the client must push its authorization requests (RFC 9126 section 6).
        par_required: bool,
        /// Whether the client must use request objects: `require_signed_request_object` (RFC 9101 section 10.5), unless
        /// the service applies the rules of OpenID Connect.
        request_object_required: bool,
        /// The signature of request objects: `request_object_signing_alg`.
        request_sign_alg: JwsAlg,
        /// How the key of request objects is encrypted: `request_object_encryption_alg`.
        request_encryption_alg: JweAlg,
        /// How the content of request objects is encrypted: `request_object_encryption_enc`.
        request_encryption_enc: JweEnc,
        /// URLs that may stand in `request_uri`. Authlete accepts no others (OpenID Connect Core 1.0 section 6.2).
        request_uris: [String],
        /// The `max_age` of requests that have none, in seconds: `default_max_age`.
        default_max_age: i64,
        /// Authentication context classes of requests that ask for none: `default_acr_values`.
        default_acrs: [String],
        /// The signature of ID tokens: `id_token_signed_response_alg`.
        id_token_sign_alg: JwsAlg,
        /// How the key of ID tokens is encrypted: `id_token_encrypted_response_alg`.
        id_token_encryption_alg: JweAlg,
        /// How the content of ID tokens is encrypted: `id_token_encrypted_response_enc`.
        id_token_encryption_enc: JweEnc,
        /// Whether ID tokens must have `auth_time`: `require_auth_time`.
        auth_time_required: bool,
        /// The kind of subject the client sees: `subject_type`.
        subject_type: SubjectType,
        /// The URL that lists the redirect URIs of the client's sector: `sector_identifier_uri`.
        sector_identifier_uri: String,
        /// The host of the sector, from that URL or from the redirect URI. Absent with several redirect URIs and no
        /// such URL. Read-only.
        derived_sector_identifier: String,
        /// The URL of the client's JWK Set: `jwks_uri` (RFC 7517 section 5).
        jwks_uri: String,
        /// The client's JWK Set as JSON text, with public keys only: `jwks`. Ignored where [`jwks_uri`](Self::jwks_uri)
        /// is set.
        jwks: String,
        /// The signature of UserInfo responses: `userinfo_signed_response_alg`.
        user_info_sign_alg: JwsAlg,
        /// How their key is encrypted: `userinfo_encrypted_response_alg`.
        user_info_encryption_alg: JweAlg,
        /// How their content is encrypted: `userinfo_encrypted_response_enc`.
        user_info_encryption_enc: JweEnc,
        /// The URL at which a third party can start a login: `initiate_login_uri`.
        login_uri: String,
        /// The client's terms of service: `tos_uri`.
        tos_uri: String,
        /// Terms of service in several languages.
        tos_uris: [TaggedValue],
        /// The client's policy on the user's data: `policy_uri`.
        policy_uri: String,
        /// Policies in several languages.
        policy_uris: [TaggedValue],
        /// The client's home page: `client_uri`.
        client_uri: String,
        /// Home pages in several languages.
        client_uris: [TaggedValue],
        /// How tokens reach the client in CIBA: `backchannel_token_delivery_mode`.
        bc_delivery_mode: DeliveryMode,
        /// Where the client is notified in CIBA: `backchannel_client_notification_endpoint`.
        bc_notification_endpoint: String,
        /// The signature of its requests in CIBA: `backchannel_authentication_request_signing_alg`.
        bc_request_sign_alg: JwsAlg,
        /// Whether its requests in CIBA need a user code: `backchannel_user_code_parameter`.
        bc_user_code_required: bool,
        /// Attributes of the application's own.
        attributes: [Pair],
        /// Authlete's extensions: requestable scopes, lifetimes.
        extension: ClientExtension,
        /// Values of `type` that the client may use in `authorization_details` (RFC 9396 section 10).
        authorization_details_types: [String],
        /// Metadata that no standard defines, as JSON text. Only what the service lists in
        /// [`supported_custom_client_metadata`](super::Service::supported_custom_client_metadata) is kept.
        custom_metadata: String,
        /// Whether request objects that pass the browser must be encrypted. The service may demand it too.
        front_channel_request_object_encryption_required: bool,
        /// Whether the JWE `alg` of a request object must be [`request_encryption_alg`](Self::request_encryption_alg).
        /// The service may demand it too.
        request_object_encryption_alg_match_required: bool,
        /// Whether the JWE `enc` of a request object must be [`request_encryption_enc`](Self::request_encryption_enc).
        /// The service may demand it too.
        request_object_encryption_enc_match_required: bool,
        /// The digest of external attachments, `sha-256` by default: `digest_algorithm` (OpenID Connect for Identity
        /// Assurance).
        digest_algorithm: String,
        /// Whether a new access token ends the earlier ones of the same user. Those of the client credentials flow have
        /// no user and stay. The service may demand it too.
        single_access_token_per_subject: bool,
        /// Whether the authorization code flow requires PKCE (RFC 7636).
        pkce_required: bool,
        /// Whether PKCE must use the method `S256`, where it is used (RFC 7636 section 4.2).
        pkce_s256_required: bool,
        /// Whether the client must use DPoP (RFC 9449 section 5.2).
        dpop_required: bool,
        /// Whether the client registered automatically through a federation.
        automatically_registered: bool,
        /// Whether the client registered explicitly through a federation.
        explicitly_registered: bool,
        /// Whether the client signs its requests to the resource server (RFC 9421).
        rs_request_signed: bool,
        /// Which key of the client's JWK Set verifies these signatures.
        rs_signed_request_key_id: String,
        /// How the client may register in a federation: `client_registration_types` (OpenID Federation 1.0).
        client_registration_types: [ClientRegistrationType],
        /// The name of the organization behind the client: `organization_name` (OpenID Federation 1.0).
        organization_name: String,
        /// The URL of the client's JWK Set as a signed JWT: `signed_jwks_uri` (OpenID Federation 1.0).
        signed_jwks_uri: String,
        /// The client's entity ID (OpenID Federation 1.0).
        entity_id: String,
        /// The entity ID of the trust anchor that vouched for the client.
        trust_anchor_id: String,
        /// The trust chain by which the client registered, as JWTs.
        trust_chain: [String],
        /// When the trust chain expires, in milliseconds since the Unix epoch.
        trust_chain_expires_at: i64,
        /// When the trust chain was last updated, in milliseconds since the Unix epoch.
        trust_chain_updated_at: i64,
        /// Whether the client is locked.
        /// [`client_management_update_lock_flag`](crate::funcs::client_management_update_lock_flag) changes it.
        locked: bool,
        /// Where the client, a wallet, receives credential offers (OID4VCI).
        credential_offer_endpoint: String,
        /// FAPI modes that the client's requests are held to, unless the service has modes of its own.
        fapi_modes: [FapiMode],
        /// The response modes the client may use.
        response_modes: [ResponseMode],
        /// Whether credential responses to the client must be encrypted (OID4VCI).
        credential_response_encryption_required: bool,
        /// Whether the client prefers the endpoints for mutual TLS: `use_mtls_endpoint_aliases` (FAPI 2.0).
        mtls_endpoint_aliases_used: bool,
        /// Whether the client takes part in a migration of tokens.
        in_scope_for_token_migration: bool,
        /// Where the client's metadata document is (Client ID Metadata Document).
        metadata_document_location: String,
        /// When the metadata document expires, in milliseconds since the Unix epoch.
        metadata_document_expires_at: i64,
        /// When the metadata document was last updated, in milliseconds since the Unix epoch.
        metadata_document_updated_at: i64,
        /// Whether the client became known through its metadata document.
        discovered_by_metadata_document: bool,
        /// How the client became known.
        client_source: ClientSource,
        /// Whether logout tokens must have `sid`: `backchannel_logout_session_required` (OpenID Connect Back-Channel
        /// Logout 1.0 section 2.2). Newer servers only.
        backchannel_logout_session_required: bool,
        /// Where logout tokens go: `backchannel_logout_uri` (OpenID Connect Back-Channel Logout 1.0 section 2.2). Newer
        /// servers only.
        backchannel_logout_uri: String,
        /// The version of the OpenID4VC High Assurance Interoperability Profile to enforce: `1.0`. Newer servers only.
        haip_version: String,
        /// The URL of the client's SPIFFE bundle, whose keys verify its JWT-SVIDs. Newer servers only.
        spiffe_bundle_endpoint: String,
        /// The client's SPIFFE ID. Newer servers only.
        spiffe_id: String,
    } keeps unknown
}

open_enum! {
    /// A response mode: where and how the parameters of an authorization response travel.
    ResponseMode {
        /// `QUERY`: in the query (OAuth 2.0 Multiple Response Type Encoding Practices).
        Query = "QUERY",
        /// `FRAGMENT`: in the fragment (OAuth 2.0 Multiple Response Type Encoding Practices).
        Fragment = "FRAGMENT",
        /// `FORM_POST`: in a form that the browser posts (OAuth 2.0 Form Post Response Mode).
        FormPost = "FORM_POST",
        /// `JWT`: as a JWT, in the default place of the response type (JARM).
        Jwt = "JWT",
        /// `QUERY_JWT`: as a JWT in the query (JARM).
        QueryJwt = "QUERY_JWT",
        /// `FRAGMENT_JWT`: as a JWT in the fragment (JARM).
        FragmentJwt = "FRAGMENT_JWT",
        /// `FORM_POST_JWT`: as a JWT in a form that the browser posts (JARM).
        FormPostJwt = "FORM_POST_JWT",
    }
}

open_enum! {
    /// How a client became known to a service.
    ClientSource {
        /// `DYNAMIC_REGISTRATION`: it registered itself (RFC 7591).
        DynamicRegistration = "DYNAMIC_REGISTRATION",
        /// `AUTOMATIC_REGISTRATION`: automatically through a federation (OpenID Federation 1.0).
        AutomaticRegistration = "AUTOMATIC_REGISTRATION",
        /// `EXPLICIT_REGISTRATION`: explicitly through a federation (OpenID Federation 1.0).
        ExplicitRegistration = "EXPLICIT_REGISTRATION",
        /// `METADATA_DOCUMENT`: by its metadata document (Client ID Metadata Document).
        MetadataDocument = "METADATA_DOCUMENT",
        /// `STATIC_REGISTRATION`: someone created it.
        StaticRegistration = "STATIC_REGISTRATION",
    }
}
