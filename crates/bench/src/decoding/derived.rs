//! Authlete's `Service` as serde's derive has it, and a text with its fields. Nothing here is this crate's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A value to put into the text.
trait Sample {
    fn sample() -> Self;
}

macro_rules! derived {
    ($name:ident { $($field:ident: $type:ty,)+ }) => {
        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub(super) struct $name {
            $($field: Option<$type>,)+
        }

        impl Sample for $name {
            fn sample() -> Self {
                Self { $($field: Some(Sample::sample()),)+ }
            }
        }
    };
}

macro_rules! enums {
    ($($name:ident { $($variant:ident = $wire:literal,)+ })+) => {
        $(
            #[derive(Clone, Copy, Serialize, Deserialize)]
            enum $name {
                $(#[serde(rename = $wire)] $variant,)+
                #[serde(other)]
                Other,
            }

            impl Sample for $name {
                fn sample() -> Self {
                    let known = [$(Self::$variant),+];
                    known[known.len() / 2]
                }
            }
        )+
    };
}

enums! {
    AttachmentType {
        Embedded = "EMBEDDED",
        External = "EXTERNAL",
    }
    ClaimType {
        Normal = "NORMAL",
        Aggregated = "AGGREGATED",
        Distributed = "DISTRIBUTED",
    }
    ClientAuthMethod {
        None = "NONE",
        ClientSecretBasic = "CLIENT_SECRET_BASIC",
        ClientSecretPost = "CLIENT_SECRET_POST",
        ClientSecretJwt = "CLIENT_SECRET_JWT",
        PrivateKeyJwt = "PRIVATE_KEY_JWT",
        TlsClientAuth = "TLS_CLIENT_AUTH",
        SelfSignedTlsClientAuth = "SELF_SIGNED_TLS_CLIENT_AUTH",
        AttestJwtClientAuth = "ATTEST_JWT_CLIENT_AUTH",
        SpiffeJwt = "SPIFFE_JWT",
    }
    ClientRegistrationType {
        Automatic = "AUTOMATIC",
        Explicit = "EXPLICIT",
    }
    DeliveryMode {
        Ping = "PING",
        Poll = "POLL",
        Push = "PUSH",
    }
    DisplayMode {
        Page = "PAGE",
        Popup = "POPUP",
        Touch = "TOUCH",
        Wap = "WAP",
    }
    FapiMode {
        Fapi1Advanced = "FAPI1_ADVANCED",
        Fapi1Baseline = "FAPI1_BASELINE",
        Fapi2MessageSigningAuthReq = "FAPI2_MESSAGE_SIGNING_AUTH_REQ",
        Fapi2MessageSigningAuthRes = "FAPI2_MESSAGE_SIGNING_AUTH_RES",
        Fapi2MessageSigningIntrospectionRes = "FAPI2_MESSAGE_SIGNING_INTROSPECTION_RES",
        Fapi2Security = "FAPI2_SECURITY",
        Fapi2MessageSigningResourceReq = "FAPI2_MESSAGE_SIGNING_RESOURCE_REQ",
        Fapi2MessageSigningResourceRes = "FAPI2_MESSAGE_SIGNING_RESOURCE_RES",
    }
    GrantType {
        AuthorizationCode = "AUTHORIZATION_CODE",
        Implicit = "IMPLICIT",
        Password = "PASSWORD",
        ClientCredentials = "CLIENT_CREDENTIALS",
        RefreshToken = "REFRESH_TOKEN",
        Ciba = "CIBA",
        DeviceCode = "DEVICE_CODE",
        TokenExchange = "TOKEN_EXCHANGE",
        JwtBearer = "JWT_BEARER",
        PreAuthorizedCode = "PRE_AUTHORIZED_CODE",
    }
    JwsAlg {
        None = "NONE",
        Hs256 = "HS256",
        Hs384 = "HS384",
        Hs512 = "HS512",
        Rs256 = "RS256",
        Rs384 = "RS384",
        Rs512 = "RS512",
        Es256 = "ES256",
        Es384 = "ES384",
        Es512 = "ES512",
        Ps256 = "PS256",
        Ps384 = "PS384",
        Ps512 = "PS512",
        Es256k = "ES256K",
        EdDsa = "EdDSA",
    }
    Prompt {
        None = "NONE",
        Login = "LOGIN",
        Consent = "CONSENT",
        SelectAccount = "SELECT_ACCOUNT",
        Create = "CREATE",
    }
    ResponseType {
        None = "NONE",
        Code = "CODE",
        Token = "TOKEN",
        IdToken = "ID_TOKEN",
        CodeToken = "CODE_TOKEN",
        CodeIdToken = "CODE_ID_TOKEN",
        IdTokenToken = "ID_TOKEN_TOKEN",
        CodeIdTokenToken = "CODE_ID_TOKEN_TOKEN",
    }
    ServiceProfile {
        Fapi = "FAPI",
        OpenBanking = "OPEN_BANKING",
    }
    Sns {
        Facebook = "FACEBOOK",
    }
    UserCodeCharset {
        Base20 = "BASE20",
        Numeric = "NUMERIC",
    }
    VerifiedClaimsValidationSchema {
        Standard = "standard",
        StandardIdDocument = "standard+id_document",
    }
}

impl Sample for String {
    fn sample() -> Self {
        "https://as.example.com/some/path".into()
    }
}

impl Sample for i64 {
    fn sample() -> Self {
        86_400
    }
}

impl Sample for bool {
    fn sample() -> Self {
        true
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample() -> Self {
        vec![T::sample(), T::sample()]
    }
}

derived! { Pair {
    key: String,
    value: String,
} }

derived! { TaggedValue {
    tag: String,
    value: String,
} }

derived! { NamedUri {
    name: String,
    uri: String,
} }

derived! { Scope {
    name: String,
    default_entry: bool,
    description: String,
    descriptions: Vec<TaggedValue>,
    attributes: Vec<Pair>,
} }

derived! { Service {
    number: i64,
    service_name: String,
    issuer: String,
    description: String,
    api_key: i64,
    api_secret: String,
    token_batch_notification_endpoint: String,
    client_assertion_aud_restricted_to_issuer: bool,
    service_owner_number: i64,
    clients_per_developer: i64,
    developer_authentication_callback_endpoint: String,
    developer_authentication_callback_api_key: String,
    developer_authentication_callback_api_secret: String,
    supported_snses: Vec<Sns>,
    client_id_alias_enabled: bool,
    metadata: Vec<Pair>,
    created_at: i64,
    modified_at: i64,
    authentication_callback_endpoint: String,
    authentication_callback_api_key: String,
    authentication_callback_api_secret: String,
    supported_acrs: Vec<String>,
    supported_grant_types: Vec<GrantType>,
    supported_response_types: Vec<ResponseType>,
    supported_authorization_details_types: Vec<String>,
    supported_service_profiles: Vec<ServiceProfile>,
    error_description_omitted: bool,
    error_uri_omitted: bool,
    authorization_endpoint: String,
    direct_authorization_endpoint_enabled: bool,
    supported_ui_locales: Vec<String>,
    supported_displays: Vec<DisplayMode>,
    pkce_required: bool,
    pkce_s256_required: bool,
    authorization_response_duration: i64,
    token_endpoint: String,
    direct_token_endpoint_enabled: bool,
    supported_token_auth_methods: Vec<ClientAuthMethod>,
    missing_client_id_allowed: bool,
    revocation_endpoint: String,
    direct_revocation_endpoint_enabled: bool,
    supported_revocation_auth_methods: Vec<ClientAuthMethod>,
    introspection_endpoint: String,
    direct_introspection_endpoint_enabled: bool,
    supported_introspection_auth_methods: Vec<ClientAuthMethod>,
    pushed_auth_req_endpoint: String,
    pushed_auth_req_duration: i64,
    par_required: bool,
    request_object_required: bool,
    traditional_request_object_processing_applied: bool,
    mutual_tls_validate_pki_cert_chain: bool,
    trusted_root_certificates: Vec<String>,
    mtls_endpoint_aliases: Vec<NamedUri>,
    access_token_type: String,
    tls_client_certificate_bound_access_tokens: bool,
    access_token_duration: i64,
    single_access_token_per_subject: bool,
    access_token_sign_alg: JwsAlg,
    access_token_signature_key_id: String,
    refresh_token_duration: i64,
    refresh_token_duration_kept: bool,
    refresh_token_duration_reset: bool,
    refresh_token_kept: bool,
    supported_scopes: Vec<Scope>,
    scope_required: bool,
    id_token_duration: i64,
    allowable_clock_skew: i64,
    supported_claim_types: Vec<ClaimType>,
    supported_claim_locales: Vec<String>,
    supported_claims: Vec<String>,
    claim_shortcut_restrictive: bool,
    jwks_uri: String,
    direct_jwks_endpoint_enabled: bool,
    jwks: String,
    id_token_signature_key_id: String,
    user_info_signature_key_id: String,
    authorization_signature_key_id: String,
    user_info_endpoint: String,
    direct_user_info_endpoint_enabled: bool,
    dynamic_registration_supported: bool,
    registration_endpoint: String,
    registration_management_endpoint: String,
    policy_uri: String,
    tos_uri: String,
    service_documentation: String,
    backchannel_authentication_endpoint: String,
    supported_backchannel_token_delivery_modes: Vec<DeliveryMode>,
    backchannel_auth_req_id_duration: i64,
    backchannel_polling_interval: i64,
    backchannel_user_code_parameter_supported: bool,
    backchannel_binding_message_required_in_fapi: bool,
    device_authorization_endpoint: String,
    device_verification_uri: String,
    device_verification_uri_complete: String,
    device_flow_code_duration: i64,
    device_flow_polling_interval: i64,
    user_code_charset: UserCodeCharset,
    user_code_length: i64,
    supported_trust_frameworks: Vec<String>,
    supported_evidence: Vec<String>,
    supported_identity_documents: Vec<String>,
    supported_verification_methods: Vec<String>,
    supported_verified_claims: Vec<String>,
    verified_claims_validation_schema_set: VerifiedClaimsValidationSchema,
    attributes: Vec<Pair>,
    nbf_optional: bool,
    iss_suppressed: bool,
    supported_custom_client_metadata: Vec<String>,
    token_expiration_linked: bool,
    front_channel_request_object_encryption_required: bool,
    request_object_encryption_alg_match_required: bool,
    request_object_encryption_enc_match_required: bool,
    hsm_enabled: bool,
    grant_management_endpoint: String,
    grant_management_action_required: bool,
    unauthorized_on_client_config_supported: bool,
    dcr_scope_used_as_requestable: bool,
    end_session_endpoint: String,
    loopback_redirection_uri_variable: bool,
    request_object_audience_checked: bool,
    access_token_for_external_attachment_embedded: bool,
    authority_hints: Vec<String>,
    federation_enabled: bool,
    federation_jwks: String,
    federation_signature_key_id: String,
    federation_configuration_duration: i64,
    federation_registration_endpoint: String,
    organization_name: String,
    predefined_transformed_claims: String,
    refresh_token_idempotent: bool,
    signed_jwks_uri: String,
    supported_attachments: Vec<AttachmentType>,
    supported_digest_algorithms: Vec<String>,
    supported_documents: Vec<String>,
    supported_documents_methods: Vec<String>,
    supported_documents_validation_methods: Vec<String>,
    supported_documents_verification_methods: Vec<String>,
    supported_electronic_records: Vec<String>,
    supported_client_registration_types: Vec<ClientRegistrationType>,
    token_exchange_by_identifiable_clients_only: bool,
    token_exchange_by_confidential_clients_only: bool,
    token_exchange_by_permitted_clients_only: bool,
    token_exchange_encrypted_jwt_rejected: bool,
    token_exchange_unsigned_jwt_rejected: bool,
    jwt_grant_by_identifiable_clients_only: bool,
    jwt_grant_encrypted_jwt_rejected: bool,
    jwt_grant_unsigned_jwt_rejected: bool,
    dcr_duplicate_software_id_blocked: bool,
    openid_dropped_on_refresh_without_offline_access: bool,
    supported_documents_check_methods: Vec<String>,
    rs_response_signed: bool,
    cnonce_duration: i64,
    dpop_nonce_required: bool,
    verifiable_credentials_enabled: bool,
    credential_jwks_uri: String,
    credential_offer_duration: i64,
    dpop_nonce_duration: i64,
    pre_authorized_grant_anonymous_access_supported: bool,
    credential_transaction_duration: i64,
    introspection_signature_key_id: String,
    resource_signature_key_id: String,
    user_pin_length: i64,
    supported_prompt_values: Vec<Prompt>,
    id_token_reissuable: bool,
    credential_jwks: String,
    fapi_modes: Vec<FapiMode>,
    credential_duration: i64,
    id_token_aud_type: String,
    native_sso_supported: bool,
    oid4vci_version: String,
    cimd_metadata_policy_enabled: bool,
    client_id_metadata_document_supported: bool,
    cimd_allowlist_enabled: bool,
    cimd_allowlist: Vec<String>,
    cimd_always_retrieved: bool,
    cimd_http_permitted: bool,
    cimd_query_permitted: bool,
    cimd_metadata_policy: String,
    http_alias_prohibited: bool,
    attestation_challenge_time_window: i64,
    authorization_code_duration: i64,
    backchannel_logout_session_supported: bool,
    backchannel_logout_supported: bool,
    challenge_endpoint: String,
    client_attester_roots: Vec<String>,
    client_attester_roots_enabled: bool,
    client_attester_roots_only: bool,
    haip_version: String,
    key_attester_roots: Vec<String>,
    key_attester_roots_enabled: bool,
    key_attester_roots_only: bool,
    supported_developer_snses: Vec<Sns>,
} }

/// The members of the text, in the order of their declaration.
pub(super) fn members() -> crate::common::Result<Vec<String>> {
    let text = serde_json::to_string(&Service::sample())?;
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(&text)?;
    let mut members: Vec<_> = members.into_iter().collect();
    members.sort_unstable_by_key(|(_, value)| value.get().as_ptr());
    Ok(members.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect())
}
