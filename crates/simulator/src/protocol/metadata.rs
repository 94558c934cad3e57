//! What an authorization server publishes of itself (OpenID Connect Discovery 1.0, section 3, and RFC 8414, section 2).

use serde_json::{Map, Value, json};

use super::settings::Settings;

/// Members of the metadata that are the service's members under another name.
const RENAMED: &[(&str, &str)] = &[
    ("authorization_endpoint", "authorizationEndpoint"),
    ("token_endpoint", "tokenEndpoint"),
    ("userinfo_endpoint", "userInfoEndpoint"),
    ("jwks_uri", "jwksUri"),
    ("registration_endpoint", "registrationEndpoint"),
    ("revocation_endpoint", "revocationEndpoint"),
    ("introspection_endpoint", "introspectionEndpoint"),
    ("pushed_authorization_request_endpoint", "pushedAuthReqEndpoint"),
    ("device_authorization_endpoint", "deviceAuthorizationEndpoint"),
    ("backchannel_authentication_endpoint", "backchannelAuthenticationEndpoint"),
    ("end_session_endpoint", "endSessionEndpoint"),
    ("grant_management_endpoint", "grantManagementEndpoint"),
    ("service_documentation", "serviceDocumentation"),
    ("op_policy_uri", "policyUri"),
    ("op_tos_uri", "tosUri"),
    ("acr_values_supported", "supportedAcrs"),
    ("claims_supported", "supportedClaims"),
    ("claims_locales_supported", "supportedClaimLocales"),
    ("ui_locales_supported", "supportedUiLocales"),
];

/// Lists whose values are the API's names in small letters.
const SMALL: &[(&str, &str)] = &[
    ("token_endpoint_auth_methods_supported", "supportedTokenAuthMethods"),
    ("revocation_endpoint_auth_methods_supported", "supportedRevocationAuthMethods"),
    ("introspection_endpoint_auth_methods_supported", "supportedIntrospectionAuthMethods"),
    ("claim_types_supported", "supportedClaimTypes"),
    ("display_values_supported", "supportedDisplays"),
    ("prompt_values_supported", "supportedPromptValues"),
];

/// The grant types of the API that are URNs on the wire.
const URNS: &[(&str, &str)] = &[
    ("CIBA", "urn:openid:params:grant-type:ciba"),
    ("DEVICE_CODE", "urn:ietf:params:oauth:grant-type:device_code"),
    ("TOKEN_EXCHANGE", "urn:ietf:params:oauth:grant-type:token-exchange"),
    ("JWT_BEARER", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
    ("PRE_AUTHORIZED_CODE", "urn:ietf:params:oauth:grant-type:pre-authorized_code"),
];

/// The metadata of a service.
pub(crate) fn metadata(service: Settings<'_>) -> Map<String, Value> {
    let mut metadata = Map::new();
    metadata.insert("issuer".to_owned(), service.issuer().into());
    for (name, own) in RENAMED {
        if let Some(value) = service.0.get(*own) {
            metadata.insert((*name).to_owned(), value.clone());
        }
    }
    for (name, own) in SMALL {
        if let Some(list) = service.list(own) {
            metadata.insert((*name).to_owned(), list.map(str::to_ascii_lowercase).collect());
        }
    }
    if let Some(scopes) = service.0.get("supportedScopes").and_then(Value::as_array) {
        let names: Vec<_> = scopes.iter().filter_map(|scope| scope.get("name")).collect();
        metadata.insert("scopes_supported".to_owned(), json!(names));
    }
    let response_types = match service.list("supportedResponseTypes") {
        Some(types) => types.map(response_type).collect(),
        None => json!(["code"]),
    };
    metadata.insert("response_types_supported".to_owned(), response_types);
    metadata.insert("response_modes_supported".to_owned(), json!(["query", "fragment", "form_post"]));
    if let Some(types) = service.list("supportedGrantTypes") {
        let wire = |name: &str| {
            let urn = URNS.iter().find(|(known, _)| *known == name);
            urn.map_or_else(|| name.to_ascii_lowercase(), |(_, urn)| (*urn).to_owned())
        };
        metadata.insert("grant_types_supported".to_owned(), types.map(wire).collect());
    }
    metadata.insert("subject_types_supported".to_owned(), json!(["public"]));
    metadata.insert("id_token_signing_alg_values_supported".to_owned(), json!(service.keys().algorithms()));
    let challenges: &[&str] = if service.flag("pkceS256Required") { &["S256"] } else { &["plain", "S256"] };
    metadata.insert("code_challenge_methods_supported".to_owned(), json!(challenges));
    metadata.insert("dpop_signing_alg_values_supported".to_owned(), json!(["ES256"]));
    let has_iss = !service.flag("issSuppressed");
    metadata.insert("authorization_response_iss_parameter_supported".to_owned(), has_iss.into());
    metadata.insert("require_pushed_authorization_requests".to_owned(), service.flag("parRequired").into());
    metadata
}

/// The wire form of a response type: `CODE_ID_TOKEN` is `code id_token`.
fn response_type(name: &str) -> String {
    let words = name.to_ascii_lowercase().replace('_', " ");
    words.replace("id token", "id_token")
}
