//! Every function of `endpoint` that makes a response, behind one shape.

use authlete::endpoint::{self, EndpointOptions, EndpointOptionsBuilder, Nonces};
use authlete::models::*;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

/// What a function returned.
#[derive(Debug)]
pub(super) enum Outcome {
    Respond(Response<Bytes>),
    /// The name of the variant, with its `Debug`.
    State(String, String),
}

impl Outcome {
    pub(super) fn response(self) -> Response<Bytes> {
        match self {
            Self::Respond(response) => response,
            Self::State(name, _) => panic!("the state {name}"),
        }
    }
}

/// An endpoint: the path of its API, the name of its response type, its actions, and its function from the answer's JSON.
pub(super) struct Endpoint {
    pub(super) api: &'static str,
    pub(super) answer: &'static str,
    pub(super) function: &'static str,
    pub(super) known: fn() -> Vec<&'static str>,
    pub(super) call: fn(Value, &EndpointOptions) -> Outcome,
    /// How often the function asks for memory.
    pub(super) allocations: fn(Value, &EndpointOptions) -> u64,
}

macro_rules! endpoints {
    ($($api:literal $module:ident $function:ident $answer:ident $action:ident $($next:ident)?;)+) => {
        pub(super) const ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            api: $api,
            answer: stringify!($answer),
            function: concat!(stringify!($module), "::", stringify!($function)),
            known: || $action::KNOWN.iter().map($action::as_str).collect(),
            call: |answer, options| {
                let answer: $answer = serde_json::from_value(answer).unwrap();
                endpoints!(@outcome endpoint::$module::$function(answer, options) $(, endpoint::$module::$next)?)
            },
            allocations: |answer, options| {
                let answer: $answer = serde_json::from_value(answer).unwrap();
                let mut next = None;
                let counted = allocation_counter::measure(|| next = Some(endpoint::$module::$function(answer, options)));
                drop(next);
                counted.count_total
            },
        },)+];
    };
    (@outcome $value:expr) => { Outcome::Respond($value) };
    (@outcome $value:expr, $($next:ident)::+) => {
        match $value {
            $($next)::+::Respond(response) => Outcome::Respond(response),
            #[allow(unreachable_patterns)]
            state => {
                let debug = format!("{state:?}");
                Outcome::State(debug.split('(').next().unwrap().to_owned(), debug)
            }
        }
    };
}

endpoints! {
    "auth/authorization" authorization respond AuthorizationResponse AuthorizationResponseAction Next;
    "auth/authorization/fail" authorization respond_fail AuthorizationFailResponse AuthorizationFailResponseAction;
    "auth/authorization/issue" authorization respond_issue AuthorizationIssueResponse AuthorizationIssueResponseAction;
    "auth/authorization/ticket/info" authorization respond_ticket_info AuthorizationTicketInfoResponse AuthorizationTicketInfoResponseAction TicketInfoNext;
    "auth/authorization/ticket/update" authorization respond_ticket_update AuthorizationTicketUpdateResponse AuthorizationTicketUpdateResponseAction TicketUpdateNext;
    "auth/token" token respond TokenResponse TokenResponseAction Next;
    "auth/token/fail" token respond_fail TokenFailResponse TokenFailResponseAction;
    "auth/token/issue" token respond_issue TokenIssueResponse TokenIssueResponseAction;
    "idtoken/reissue" token respond_reissue IdtokenReissueResponse IdtokenReissueResponseAction;
    "nativesso" native_sso respond NativeSsoResponse NativeSsoResponseAction;
    "nativesso/logout" native_sso respond_logout NativeSsoLogoutResponse NativeSsoLogoutResponseAction LogoutNext;
    "backchannel/logout/token" logout respond BackchannelLogoutTokenResponse BackchannelLogoutTokenResponseAction Next;
    "auth/introspection" resource respond IntrospectionResponse IntrospectionResponseAction Next;
    "auth/introspection/standard" introspection respond StandardIntrospectionResponse StandardIntrospectionResponseAction;
    "auth/revocation" revocation respond RevocationResponse RevocationResponseAction;
    "auth/userinfo" userinfo respond UserinfoResponse UserinfoResponseAction Next;
    "auth/userinfo/issue" userinfo respond_issue UserinfoIssueResponse UserinfoIssueResponseAction;
    "pushed_auth_req" pushed_authorization respond PushedAuthorizationResponse PushedAuthorizationResponseAction;
    "client/registration" client_registration respond ClientRegistrationResponse ClientRegistrationResponseAction;
    "device/authorization" device_authorization respond DeviceAuthorizationResponse DeviceAuthorizationResponseAction;
    "device/verification" device_verification respond DeviceVerificationResponse DeviceVerificationResponseAction Next;
    "device/complete" device_verification respond_complete DeviceCompleteResponse DeviceCompleteResponseAction CompleteNext;
    "backchannel/authentication" backchannel_authentication respond BackchannelAuthenticationResponse BackchannelAuthenticationResponseAction Next;
    "backchannel/authentication/issue" backchannel_authentication respond_issue BackchannelAuthenticationIssueResponse BackchannelAuthenticationIssueResponseAction;
    "backchannel/authentication/fail" backchannel_authentication respond_fail BackchannelAuthenticationFailResponse BackchannelAuthenticationFailResponseAction;
    "backchannel/authentication/complete" backchannel_authentication respond_complete BackchannelAuthenticationCompleteResponse BackchannelAuthenticationCompleteResponseAction CompleteNext;
    "gm" grant_management respond GMResponse GMResponseAction;
    "federation/configuration" federation_configuration respond FederationConfigurationResponse FederationConfigurationResponseAction;
    "federation/registration" federation_registration respond FederationRegistrationResponse FederationRegistrationResponseAction;
    "attestation/challenge" attestation_challenge respond AttestationChallengeResponse AttestationChallengeResponseAction;
    "vci/metadata" credential_metadata respond VciMetadataResponse VciMetadataResponseAction;
    "vci/jwtissuer" credential_jwt_issuer respond VciJwtissuerResponse VciJwtissuerResponseAction;
    "vci/jwks" credential_jwks respond VciJwksResponse VciJwksResponseAction;
    "vci/nonce" credential_nonce respond VciNonceResponse VciNonceResponseAction;
    "vci/offer/create" credential_offer respond_create VciOfferCreateResponse VciOfferCreateResponseAction CreateNext;
    "vci/offer/info" credential_offer respond VciOfferInfoResponse VciOfferInfoResponseAction;
    "vci/single/parse" credential respond VciSingleParseResponse VciSingleParseResponseAction Next;
    "vci/batch/parse" credential_batch respond VciBatchParseResponse VciBatchParseResponseAction Next;
    "vci/deferred/parse" credential_deferred respond VciDeferredParseResponse VciDeferredParseResponseAction Next;
    "vci/single/issue" credential respond_issue VciSingleIssueResponse VciSingleIssueResponseAction;
    "vci/batch/issue" credential_batch respond_issue VciBatchIssueResponse VciBatchIssueResponseAction;
    "vci/deferred/issue" credential_deferred respond_issue VciDeferredIssueResponse VciDeferredIssueResponseAction;
}

pub(super) fn endpoint(api: &str) -> &'static Endpoint {
    ENDPOINTS.iter().find(|endpoint| endpoint.api == api).unwrap_or_else(|| panic!("{api} has no function"))
}

/// A text that Authlete says and nobody else may hear.
pub(super) const WORDS: &str = "[A000000]-words-of-Authlete";

/// An answer with this action and this content, and all that any action needs besides.
pub(super) fn answer(api: &str, action: Option<&str>, content: Option<&str>) -> Value {
    let mut answer = json!({
        "resultCode": WORDS,
        "resultMessage": WORDS,
        "action": action,
        "responseContent": content,
        "ticket": "the-ticket",
        "username": "the-user",
        "password": "the-password",
        "subjectToken": "the-subject-token",
        "assertion": "the-assertion",
        "accessToken": "the-access-token",
        "token": "the-token",
        "logoutToken": "the.logout.token",
        "clientNotificationEndpoint": "https://client.example.com/ciba",
        "clientNotificationToken": "the-notification-token",
        "info": {"identifier": "the-identifier", "credentialOffer": content},
    });
    match api {
        "vci/batch/parse" => answer["info"] = json!([{"identifier": "the-identifier"}]),
        "auth/authorization/ticket/info" => answer["info"] = json!({"context": "the-context"}),
        "backchannel/authentication/complete" if content.is_none() => answer["responseContent"] = "{}".into(),
        _ => {}
    }
    answer
}

pub(super) fn body(response: &Response<Bytes>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

/// All headers in the order of their names.
pub(super) fn headers(response: &Response<Bytes>) -> Vec<(&str, &str)> {
    let mut headers: Vec<_> =
        response.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    headers.sort_unstable();
    headers
}

pub(super) fn nonces(dpop: &str, attestation: &str) -> Nonces {
    Nonces::of(Some(dpop.to_owned()), Some(attestation.to_owned()))
}

pub(super) const ORIGIN: &str = "https://as.example.com";

pub(super) fn builder() -> EndpointOptionsBuilder {
    EndpointOptions::builder(ORIGIN)
}

/// The defaults.
pub(super) fn options() -> EndpointOptions {
    builder().build().unwrap()
}
