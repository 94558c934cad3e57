use super::{
    AttachmentType, ClaimType, ClientAuthMethod, ClientRegistrationType, CredentialIssuerMetadata,
    DeliveryMode, DisplayMode, FapiMode, GrantType, Hsk, JwsAlg, NamedUri, Pair, Prompt, ResponseType, Scope,
    Secret, ServiceProfile, Sns, SnsCredentials, TrustAnchor, UserCodeCharset,
    VerifiedClaimsValidationSchema,
};

model! {
    /// A service: an authorization server with its settings, as Authlete keeps it.
    ///
    /// Members that this version does not know are kept and written again. Do not build one from scratch to change a
    /// live service: read it with [`service_get`](crate::funcs::service_get), change that value, and send it with
    /// [`service_update`](crate::funcs::service_update).
    ///
    /// Most settings have a counterpart in the server's metadata (RFC 8414 section 2; OpenID Connect Discovery 1.0
    /// section 3), whose name is given where it differs.
    pub struct Service {
        /// The service's sequential number. Read-only.
        number: i64,
        /// The service's name.
        service_name: String,
        /// The issuer identifier: an `https` URL without query and fragment. The `iss` of ID tokens.
        issuer: String,
        /// What the service is for.
        description: String,
        /// The service ID, which Authlete assigned. Read-only.
        api_key: i64,
        /// The API secret of older Authlete versions. Read-only.
        api_secret: Secret,
        /// The URL that Authlete notifies of batch operations on tokens.
        token_batch_notification_endpoint: String,
        /// Whether the `aud` of a client assertion (RFC 7523 section 3) must be the issuer identifier.
        client_assertion_aud_restricted_to_issuer: bool,
        /// The number of the organization that owns the service. Read-only.
        service_owner_number: i64,
        /// How many clients a developer may have.
        clients_per_developer: i64,
        /// The URL that authenticates developers for the developer portal.
        developer_authentication_callback_endpoint: String,
        /// The user name for HTTP Basic at that URL.
        developer_authentication_callback_api_key: String,
        /// The password for HTTP Basic at that URL.
        developer_authentication_callback_api_secret: Secret,
        /// Social networks through which users may log in.
        supported_snses: [Sns],
        /// The service's credentials at these networks.
        sns_credentials: [SnsCredentials],
        /// Deprecated. Always `true`.
        client_id_alias_enabled: bool,
        /// Facts about the service, such as the number of its clients under the key `clientCount`.
        metadata: [Pair],
        /// When the service was created, in milliseconds since the Unix epoch. Read-only.
        created_at: i64,
        /// When the service was last changed, in milliseconds since the Unix epoch. Read-only.
        modified_at: i64,
        /// The URL that authenticates users for Authlete's own authorization page.
        authentication_callback_endpoint: String,
        /// The user name for HTTP Basic at that URL. Empty: no authentication.
        authentication_callback_api_key: String,
        /// The password for HTTP Basic at that URL.
        authentication_callback_api_secret: Secret,
        /// Authentication context classes: `acr_values_supported`. Described as read-only, but seen to be stored.
        supported_acrs: [String],
        /// Grant types: `grant_types_supported`.
        supported_grant_types: [GrantType],
        /// Response types: `response_types_supported`.
        supported_response_types: [ResponseType],
        /// Values of `type` in `authorization_details` (RFC 9396 section 10).
        supported_authorization_details_types: [String],
        /// Profiles that the service supports. FAPI takes effect only if it is among them.
        supported_service_profiles: [ServiceProfile],
        /// Whether error responses leave out `error_description` (RFC 6749 section 5.2).
        error_description_omitted: bool,
        /// Whether error responses leave out `error_uri` (RFC 6749 section 5.2).
        error_uri_omitted: bool,
        /// The authorization endpoint (RFC 6749 section 3.1).
        authorization_endpoint: String,
        /// Whether Authlete's own authorization endpoint is open.
        direct_authorization_endpoint_enabled: bool,
        /// Languages of the user interface (RFC 5646): `ui_locales_supported`.
        supported_ui_locales: [String],
        /// Display modes: `display_values_supported`.
        supported_displays: [DisplayMode],
        /// Whether the authorization code flow requires PKCE (RFC 7636).
        pkce_required: bool,
        /// Whether PKCE must use the method `S256`, where it is used (RFC 7636 section 4.2).
        pkce_s256_required: bool,
        /// How long a JWT of an authorization response is valid, in seconds (JARM).
        authorization_response_duration: i64,
        /// The token endpoint (RFC 6749 section 3.2).
        token_endpoint: String,
        /// Whether Authlete's own token endpoint is open.
        direct_token_endpoint_enabled: bool,
        /// Client authentication at the token endpoint: `token_endpoint_auth_methods_supported`.
        supported_token_auth_methods: [ClientAuthMethod],
        /// Whether a public client may leave out `client_id` in a token request whose code or refresh token tells who
        /// it is. Leave it off unless you must.
        missing_client_id_allowed: bool,
        /// The revocation endpoint (RFC 7009 section 2).
        revocation_endpoint: String,
        /// Whether Authlete's own revocation endpoint is open.
        direct_revocation_endpoint_enabled: bool,
        /// Client authentication at the revocation endpoint.
        supported_revocation_auth_methods: [ClientAuthMethod],
        /// The introspection endpoint (RFC 7662 section 2).
        introspection_endpoint: String,
        /// Whether Authlete's own introspection endpoint is open.
        direct_introspection_endpoint_enabled: bool,
        /// Authentication of resource servers at the introspection endpoint.
        supported_introspection_auth_methods: [ClientAuthMethod],
        /// The pushed authorization request endpoint (RFC 9126 section 5).
        pushed_auth_req_endpoint: String,
        /// How long a `request_uri` from that endpoint is valid, in seconds (RFC 9126 section 2.2).
        pushed_auth_req_duration: i64,
        /// Whether clients must push their authorization requests (RFC 9126 section 5).
        par_required: bool,
        /// Whether authorization requests must use a request object: `require_signed_request_object` (RFC 9101 section
        /// 10.5), unless
        /// [`traditional_request_object_processing_applied`](Self::traditional_request_object_processing_applied).
        request_object_required: bool,
        /// Whether request objects follow OpenID Connect Core 1.0 section 6 instead of RFC 9101, which demands a
        /// signature and ignores parameters outside the object.
        traditional_request_object_processing_applied: bool,
        /// Whether certificate chains are validated in PKI client authentication (RFC 8705 section 2.1).
        mutual_tls_validate_pki_cert_chain: bool,
        /// The root certificates trusted in PKI client authentication, in PEM.
        trusted_root_certificates: [String],
        /// Endpoints for mutual TLS: `mtls_endpoint_aliases` (RFC 8705 section 5).
        mtls_endpoint_aliases: [NamedUri],
        /// The `token_type` of access tokens (RFC 6749 section 7.1), usually `Bearer`.
        access_token_type: String,
        /// Whether access tokens may be bound to client certificates (RFC 8705 section 3.3).
        tls_client_certificate_bound_access_tokens: bool,
        /// The access token's lifetime in seconds: `expires_in` (RFC 6749 section 5.1).
        access_token_duration: i64,
        /// Whether a new access token ends the earlier ones of the same user and client. Those of the client
        /// credentials flow have no user and stay.
        single_access_token_per_subject: bool,
        /// If set, access tokens are JWTs with this signature (RFC 9068), otherwise random strings.
        access_token_sign_alg: JwsAlg,
        /// Which key of [`jwks`](Self::jwks) signs access tokens, where several fit.
        access_token_signature_key_id: String,
        /// The refresh token's lifetime in seconds.
        refresh_token_duration: i64,
        /// Whether a rotated refresh token inherits the time left to its predecessor.
        refresh_token_duration_kept: bool,
        /// Whether use starts the lifetime anew, if [`refresh_token_kept`](Self::refresh_token_kept) is `true`.
        refresh_token_duration_reset: bool,
        /// Whether a refresh token stays valid after use, instead of being rotated (RFC 6749 section 6).
        refresh_token_kept: bool,
        /// The scopes. Without `openid`, response types with an ID token are refused.
        supported_scopes: [Scope],
        /// Whether a request without scopes is refused if there are no default scopes (RFC 6749 section 3.3).
        scope_required: bool,
        /// The ID token's lifetime in seconds.
        id_token_duration: i64,
        /// How far clients' clocks may be off, in seconds, when the times of a JWT are checked.
        allowable_clock_skew: i64,
        /// Claim types: `claim_types_supported`. `AGGREGATED` and `DISTRIBUTED` are the application's work.
        supported_claim_types: [ClaimType],
        /// Languages of claims (RFC 5646): `claims_locales_supported`.
        supported_claim_locales: [String],
        /// Names of claims: `claims_supported`.
        supported_claims: [String],
        /// Whether the claims of a scope such as `profile` go into the ID token only where no access token is issued
        /// (section 5.4 of OpenID Connect Core 1.0).
        claim_shortcut_restrictive: bool,
        /// The URL of the service's JWK Set (RFC 7517 section 5), where clients find the public keys.
        jwks_uri: String,
        /// Whether Authlete's own JWK Set endpoint is open.
        direct_jwks_endpoint_enabled: bool,
        /// The JWK Set with the private keys, as JSON text (RFC 7517). Asymmetric signatures and the decryption of
        /// request objects need it.
        jwks: Secret,
        /// Which key of [`jwks`](Self::jwks) signs ID tokens, where several fit.
        id_token_signature_key_id: String,
        /// Which key of [`jwks`](Self::jwks) signs UserInfo responses, where several fit.
        user_info_signature_key_id: String,
        /// Which key of [`jwks`](Self::jwks) signs authorization responses, where several fit (JARM).
        authorization_signature_key_id: String,
        /// The UserInfo endpoint (OpenID Connect Core 1.0 section 5.3).
        user_info_endpoint: String,
        /// Whether Authlete's own UserInfo endpoint is open.
        direct_user_info_endpoint_enabled: bool,
        /// Whether clients may register dynamically (RFC 7591).
        dynamic_registration_supported: bool,
        /// The registration endpoint (RFC 7591 section 3).
        registration_endpoint: String,
        /// What `registration_client_uri` begins with (RFC 7592 section 3); the client ID follows. Unset: the
        /// registration endpoint.
        registration_management_endpoint: String,
        /// The service's policy: `op_policy_uri`.
        policy_uri: String,
        /// The terms of service: `op_tos_uri`.
        tos_uri: String,
        /// The URL of documentation for developers: `service_documentation` (RFC 8414 section 2).
        service_documentation: String,
        /// The backchannel authentication endpoint (CIBA).
        backchannel_authentication_endpoint: String,
        /// How tokens reach clients in CIBA: `backchannel_token_delivery_modes_supported`.
        supported_backchannel_token_delivery_modes: [DeliveryMode],
        /// The lifetime of an `auth_req_id` in seconds (CIBA).
        backchannel_auth_req_id_duration: i64,
        /// How long clients must wait between polls, in seconds (CIBA).
        backchannel_polling_interval: i64,
        /// Whether clients may send a `user_code` (CIBA).
        backchannel_user_code_parameter_supported: bool,
        /// Whether FAPI requires a `binding_message`. If not, the application itself must make each request
        /// recognizable to the user (FAPI-CIBA).
        backchannel_binding_message_required_in_fapi: bool,
        /// The device authorization endpoint (RFC 8628 section 3.1).
        device_authorization_endpoint: String,
        /// The page where users enter the user code (RFC 8628 section 3.2).
        device_verification_uri: String,
        /// The same with `USER_CODE` where the code goes. Unset: responses have no `verification_uri_complete`.
        device_verification_uri_complete: String,
        /// The lifetime of device and user codes in seconds (RFC 8628 section 3.2).
        device_flow_code_duration: i64,
        /// How long devices must wait between polls, in seconds (RFC 8628 section 3.2).
        device_flow_polling_interval: i64,
        /// The characters of user codes (RFC 8628 section 6.1).
        user_code_charset: UserCodeCharset,
        /// How many characters a user code has (RFC 8628 section 6.1).
        user_code_length: i64,
        /// Trust frameworks (OpenID Connect for Identity Assurance): `trust_frameworks_supported`.
        supported_trust_frameworks: [String],
        /// Kinds of evidence: `evidence_supported`.
        supported_evidence: [String],
        /// Identity documents: `id_documents_supported` of older drafts.
        supported_identity_documents: [String],
        /// Verification methods: `id_documents_verification_methods_supported` of older drafts.
        supported_verification_methods: [String],
        /// Claims that can be verified: `claims_in_verified_claims_supported`.
        supported_verified_claims: [String],
        /// The schemas against which `verified_claims` are checked.
        verified_claims_validation_schema_set: VerifiedClaimsValidationSchema,
        /// Attributes of the application's own.
        attributes: [Pair],
        /// Whether request objects may lack `nbf` in FAPI. The final FAPI 1.0 forbids that; for migration only.
        nbf_optional: bool,
        /// Whether authorization responses lack `iss` (RFC 9207), the defence against mix-up attacks. Leave it off.
        iss_suppressed: bool,
        /// Names of client metadata to keep although no standard defines them. Others are discarded.
        supported_custom_client_metadata: [String],
        /// Whether an access token never outlives its refresh token.
        token_expiration_linked: bool,
        /// Whether request objects that pass the browser must be encrypted. Pushed ones need not be.
        front_channel_request_object_encryption_required: bool,
        /// Whether the JWE `alg` of a request object must be the one the client registered.
        request_object_encryption_alg_match_required: bool,
        /// Whether the JWE `enc` of a request object must be the one the client registered.
        request_object_encryption_enc_match_required: bool,
        /// Whether keys in hardware security modules may be used. Off: the operations on them are refused.
        hsm_enabled: bool,
        /// The keys in hardware security modules. Read-only.
        hsks: [Hsk],
        /// The grant management endpoint (Grant Management for OAuth 2.0).
        grant_management_endpoint: String,
        /// Whether authorization requests must have `grant_management_action`.
        grant_management_action_required: bool,
        /// Whether dynamic client registration may answer with the action `UNAUTHORIZED`, which RFC 7592 needs. Off:
        /// `BAD_REQUEST`.
        unauthorized_on_client_config_supported: bool,
        /// Whether `scope` in a dynamic registration limits the scopes the client can request.
        dcr_scope_used_as_requestable: bool,
        /// The logout endpoint (OpenID Connect RP-Initiated Logout 1.0). Metadata only: Authlete has no API for it.
        end_session_endpoint: String,
        /// Whether the port of a loopback redirect URI may vary (RFC 8252 section 7.3).
        loopback_redirection_uri_variable: bool,
        /// Whether the `aud` of request objects must be the issuer identifier (RFC 9101 section 4).
        request_object_audience_checked: bool,
        /// Whether ID tokens and UserInfo responses carry access tokens for external attachments.
        access_token_for_external_attachment_embedded: bool,
        /// Who can issue entity statements about the service: `authority_hints` (OpenID Federation 1.0).
        authority_hints: [String],
        /// Whether the service supports OpenID Federation 1.0.
        federation_enabled: bool,
        /// The JWK Set with the private keys for federation, as JSON text.
        federation_jwks: Secret,
        /// Which of these keys signs the entity configuration.
        federation_signature_key_id: String,
        /// How long an entity configuration is valid, in seconds.
        federation_configuration_duration: i64,
        /// Where clients register explicitly (OpenID Federation 1.0).
        federation_registration_endpoint: String,
        /// The name of the organization behind the service (OpenID Federation 1.0).
        organization_name: String,
        /// Predefined transformed claims, as JSON text: `transformed_claims_predefined`.
        predefined_transformed_claims: String,
        /// Whether a refresh token used twice within a short time yields the same successor.
        refresh_token_idempotent: bool,
        /// The URL of the JWK Set as a signed JWT (OpenID Federation 1.0).
        signed_jwks_uri: String,
        /// Kinds of attachments (OpenID Connect for Identity Assurance): `attachments_supported`.
        supported_attachments: [AttachmentType],
        /// Digests of external attachments: `digest_algorithms_supported`.
        supported_digest_algorithms: [String],
        /// Kinds of documents: `documents_supported`.
        supported_documents: [String],
        /// Validation and verification processes: `documents_methods_supported`.
        supported_documents_methods: [String],
        /// How documents are validated: `documents_validation_methods_supported` of older drafts.
        supported_documents_validation_methods: [String],
        /// How documents are verified: `documents_verification_methods_supported` of older drafts.
        supported_documents_verification_methods: [String],
        /// Kinds of electronic records: `electronic_records_supported`.
        supported_electronic_records: [String],
        /// How clients register in a federation: `client_registration_types_supported`.
        supported_client_registration_types: [ClientRegistrationType],
        /// Whether token exchange (RFC 8693) is only for clients that identify themselves.
        token_exchange_by_identifiable_clients_only: bool,
        /// Whether token exchange is only for confidential clients.
        token_exchange_by_confidential_clients_only: bool,
        /// Whether token exchange is only for clients with
        /// [`token_exchange_permitted`](super::ClientExtension::token_exchange_permitted).
        token_exchange_by_permitted_clients_only: bool,
        /// Whether token exchange refuses encrypted JWTs as input.
        token_exchange_encrypted_jwt_rejected: bool,
        /// Whether token exchange refuses unsigned JWTs as input.
        token_exchange_unsigned_jwt_rejected: bool,
        /// Whether JWT bearer grants (RFC 7523 section 2.1) are only for clients that identify themselves.
        jwt_grant_by_identifiable_clients_only: bool,
        /// Whether encrypted JWTs are refused as grants.
        jwt_grant_encrypted_jwt_rejected: bool,
        /// Whether unsigned JWTs are refused as grants.
        jwt_grant_unsigned_jwt_rejected: bool,
        /// Whether a dynamic registration with a known `software_id` is refused (RFC 7591 section 2).
        dcr_duplicate_software_id_blocked: bool,
        /// The trust anchors. Without any, no client registers through a federation.
        trust_anchors: [TrustAnchor],
        /// Whether a refreshed access token loses `openid` unless `offline_access` was granted.
        openid_dropped_on_refresh_without_offline_access: bool,
        /// How documents are checked: `documents_check_methods_supported`.
        supported_documents_check_methods: [String],
        /// Whether responses of the resource server are signed (RFC 9421).
        rs_response_signed: bool,
        /// The lifetime of a `c_nonce` in seconds (OID4VCI).
        cnonce_duration: i64,
        /// Whether DPoP proofs must carry a nonce (RFC 9449 section 8).
        dpop_nonce_required: bool,
        /// Whether the service issues verifiable credentials (OID4VCI).
        verifiable_credentials_enabled: bool,
        /// The URL of the credential issuer's JWK Set.
        credential_jwks_uri: String,
        /// The default lifetime of credential offers in seconds.
        credential_offer_duration: i64,
        /// The lifetime of a DPoP nonce in seconds.
        dpop_nonce_duration: i64,
        /// Whether a pre-authorized code may be used without naming a client.
        pre_authorized_grant_anonymous_access_supported: bool,
        /// The lifetime of a `transaction_id` in seconds, for deferred credentials.
        credential_transaction_duration: i64,
        /// Which key of [`jwks`](Self::jwks) signs introspection responses (RFC 9701).
        introspection_signature_key_id: String,
        /// Which key of [`jwks`](Self::jwks) signs responses of the resource server.
        resource_signature_key_id: String,
        /// How many characters a transaction code has by default. It was once called user PIN.
        user_pin_length: i64,
        /// Values of `prompt` (OpenID Connect Core 1.0 section 3.1.2.1).
        supported_prompt_values: [Prompt],
        /// Whether the refresh token flow may issue ID tokens again.
        id_token_reissuable: bool,
        /// The JWK Set with the private keys that sign credentials, as JSON text.
        credential_jwks: Secret,
        /// FAPI modes that all requests to the service are held to. They need the profile `FAPI`.
        fapi_modes: [FapiMode],
        /// The default lifetime of credentials in seconds.
        credential_duration: i64,
        /// The metadata of the credential issuer.
        credential_issuer_metadata: CredentialIssuerMetadata,
        /// The type of `aud` in ID tokens: `array`, the default, or `string`.
        id_token_aud_type: String,
        /// Whether Native SSO for Mobile Apps (OpenID Connect) is supported.
        native_sso_supported: bool,
        /// The version of OID4VCI: `1.0-ID1`, the default, or `1.0` or `1.0-Final`.
        oid4vci_version: String,
        /// Whether [`cimd_metadata_policy`](Self::cimd_metadata_policy) is applied.
        cimd_metadata_policy_enabled: bool,
        /// Whether a URL may be a client ID, with the client's metadata behind it (Client ID Metadata Document, CIMD).
        client_id_metadata_document_supported: bool,
        /// Whether only locations in [`cimd_allowlist`](Self::cimd_allowlist) are fetched.
        cimd_allowlist_enabled: bool,
        /// The hosts and URIs that Client ID Metadata Documents may come from.
        cimd_allowlist: [String],
        /// Whether metadata are fetched at every use, instead of being cached as HTTP allows.
        cimd_always_retrieved: bool,
        /// Whether the URL may be plain `http`. For development.
        cimd_http_permitted: bool,
        /// Whether the URL may have a query.
        cimd_query_permitted: bool,
        /// The policy for fetched metadata, as JSON text (OpenID Federation 1.0).
        cimd_metadata_policy: String,
        /// Whether a client's alias must not begin with `https://` or `http://`.
        http_alias_prohibited: bool,
        /// The lifetime of attestation challenges in seconds. Newer servers only.
        attestation_challenge_time_window: i64,
        /// The lifetime of authorization codes in seconds. Newer servers only.
        authorization_code_duration: i64,
        /// Whether logout tokens carry `sid`: `backchannel_logout_session_supported`. Newer servers only.
        backchannel_logout_session_supported: bool,
        /// Whether OpenID Connect Back-Channel Logout 1.0 is supported. Newer servers only.
        backchannel_logout_supported: bool,
        /// The endpoint for attestation challenges. Newer servers only.
        challenge_endpoint: String,
        /// Root certificates for chains of client attestations (`x5c`). Newer servers only.
        client_attester_roots: [String],
        /// Whether [`client_attester_roots`](Self::client_attester_roots) are used. Newer servers only.
        client_attester_roots_enabled: bool,
        /// Whether the system's roots are not used beside them. Newer servers only.
        client_attester_roots_only: bool,
        /// Credentials at the networks of [`supported_developer_snses`](Self::supported_developer_snses). Not in the
        /// API description.
        developer_sns_credentials: [SnsCredentials],
        /// The version of the OpenID4VC High Assurance Interoperability Profile to enforce: `1.0`. Newer servers only.
        haip_version: String,
        /// Root certificates for chains of key attestations (`x5c`). Newer servers only.
        key_attester_roots: [String],
        /// Whether [`key_attester_roots`](Self::key_attester_roots) are used. Newer servers only.
        key_attester_roots_enabled: bool,
        /// Whether the system's roots are not used beside them. Newer servers only.
        key_attester_roots_only: bool,
        /// Social networks through which developers may log in. Not in the API description.
        supported_developer_snses: [Sns],
        /// Whether answers that tell of a client tell its main attributes alone. Not in the API description; unverified, for Authlete
        /// 3.0.33 and later.
        return_limited: bool,
        /// Whether an ID token that was asked for without the scope `openid` is left out. Not in the API description.
        id_token_dropped_on_issue_without_openid: bool,
    } keeps unknown
}
