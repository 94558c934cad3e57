use serde::{Deserialize, Serialize};

use super::{Pair, Secret};

/// An access token to look at, with what the protected resource demands of it.
///
/// ```
/// use authlete::models::IntrospectionRequest;
///
/// let request = IntrospectionRequest::new("2YotnFZFEjr1zCsicMWpAA").scopes(["timeline.read"]).subject("john");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IntrospectionRequest {
    /// The access token.
    pub token: Secret,
    /// The scopes the token must cover. One that is missing makes the action
    /// [`Forbidden`](super::IntrospectionResponseAction::Forbidden).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// The user the token must belong to. Another one makes the action
    /// [`Forbidden`](super::IntrospectionResponseAction::Forbidden).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The certificate the client presented, in PEM. Needed for a token that is bound to one (RFC 8705).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<String>,
    /// The value of the `DPoP` header the client sent. Needed for a token that is bound to a key (RFC 9449).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop: Option<Secret>,
    /// The method of the client's request, which the DPoP proof must name (RFC 9449 section 4.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub htm: Option<String>,
    /// The URL of the client's request without query and fragment, which the DPoP proof must name (RFC 9449 section 4.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub htu: Option<String>,
    /// The resources, as URIs, that the token must be for (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
    /// Authentication context classes: the user must have authenticated under one of them (RFC 9470).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr_values: Option<Vec<String>>,
    /// How long ago, in seconds, the user may have authenticated at most (RFC 9470).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<i64>,
    /// The components an HTTP message signature must cover (RFC 9421). Absent: `@method`, `@target-uri` and
    /// `authorization`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_components: Option<Vec<String>>,
    /// The whole URL of the client's request, with its query, where some clients put the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Secret>,
    /// The body of the client's request, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Secret>,
    /// The headers of the client's request that an HTTP message signature covers, `Signature` and `Signature-Input`
    /// among them (RFC 9421).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<Pair>>,
    /// The target URI of the client's request with its query, for `@target-uri` of a signature (RFC 9421 section 2.2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_uri: Option<Secret>,
    /// Whether the DPoP proof must carry the nonce that is expected (RFC 9449 section 9). The service's setting of the
    /// same name demands it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop_nonce_required: Option<bool>,
    /// Whether the client's request has a body, whose digest a signature then has to cover (RFC 9530).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_body_contained: Option<bool>,
}

model!(IntrospectionRequest {
    token: Secret;
    scopes: [String],
    subject: String,
    client_certificate: String,
    dpop: Secret,
    htm: String,
    htu: String,
    resources: [String],
    acr_values: [String],
    max_age: i64,
    required_components: [String],
    uri: Secret,
    message: Secret,
    headers: [Pair],
    target_uri: Secret,
    dpop_nonce_required: bool,
    request_body_contained: bool,
});
