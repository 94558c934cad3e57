//! Every function of `respond` behind one shape.

use authlete::models::*;
use authlete::respond::{self, *};
use bytes::Bytes;
use http::{HeaderValue, Response};
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
    pub(super) call: fn(Value, &How) -> Outcome,
    /// How often the function asks for memory.
    pub(super) allocations: fn(Value, &How) -> u64,
}

macro_rules! endpoints {
    ($($api:literal $function:ident $answer:ident $action:ident $($next:ident)?;)+) => {
        pub(super) const ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            api: $api,
            answer: stringify!($answer),
            function: stringify!($function),
            known: || $action::KNOWN.iter().map($action::as_str).collect(),
            call: |answer, how| {
                let answer: $answer = serde_json::from_value(answer).unwrap();
                endpoints!(@outcome respond::$function(answer, how) $(, $next)?)
            },
            allocations: |answer, how| {
                let answer: $answer = serde_json::from_value(answer).unwrap();
                let mut next = None;
                let counted = allocation_counter::measure(|| next = Some(respond::$function(answer, how)));
                drop(next);
                counted.count_total
            },
        },)+];
    };
    (@outcome $value:expr) => { Outcome::Respond($value) };
    (@outcome $value:expr, $next:ident) => {
        match $value {
            $next::Respond(response) => Outcome::Respond(response),
            #[allow(unreachable_patterns)]
            state => {
                let debug = format!("{state:?}");
                Outcome::State(debug.split('(').next().unwrap().to_owned(), debug)
            }
        }
    };
}

endpoints! {
    "auth/authorization" authorization AuthorizationResponse AuthorizationResponseAction AuthorizationNext;
    "auth/authorization/fail" authorization_fail AuthorizationFailResponse AuthorizationFailResponseAction;
    "auth/authorization/issue" authorization_issue AuthorizationIssueResponse AuthorizationIssueResponseAction;
    "auth/authorization/ticket/info" authorization_ticket_info AuthorizationTicketInfoResponse AuthorizationTicketInfoResponseAction AuthorizationTicketInfoNext;
    "auth/authorization/ticket/update" authorization_ticket_update AuthorizationTicketUpdateResponse AuthorizationTicketUpdateResponseAction AuthorizationTicketUpdateNext;
    "auth/token" token TokenResponse TokenResponseAction TokenNext;
    "auth/token/fail" token_fail TokenFailResponse TokenFailResponseAction;
    "auth/token/issue" token_issue TokenIssueResponse TokenIssueResponseAction;
    "idtoken/reissue" idtoken_reissue IdtokenReissueResponse IdtokenReissueResponseAction;
    "nativesso" native_sso NativeSsoResponse NativeSsoResponseAction;
    "nativesso/logout" native_sso_logout NativeSsoLogoutResponse NativeSsoLogoutResponseAction NativeSsoLogoutNext;
    "backchannel/logout/token" backchannel_logout_token BackchannelLogoutTokenResponse BackchannelLogoutTokenResponseAction BackchannelLogoutTokenNext;
    "auth/introspection" introspection IntrospectionResponse IntrospectionResponseAction IntrospectionNext;
    "auth/introspection/standard" standard_introspection StandardIntrospectionResponse StandardIntrospectionResponseAction;
    "auth/revocation" revocation RevocationResponse RevocationResponseAction;
    "auth/userinfo" userinfo UserinfoResponse UserinfoResponseAction UserinfoNext;
    "auth/userinfo/issue" userinfo_issue UserinfoIssueResponse UserinfoIssueResponseAction;
    "pushed_auth_req" pushed_authorization PushedAuthorizationResponse PushedAuthorizationResponseAction;
    "client/registration" client_registration ClientRegistrationResponse ClientRegistrationResponseAction;
    "device/authorization" device_authorization DeviceAuthorizationResponse DeviceAuthorizationResponseAction;
    "device/verification" device_verification DeviceVerificationResponse DeviceVerificationResponseAction DeviceVerificationNext;
    "device/complete" device_complete DeviceCompleteResponse DeviceCompleteResponseAction DeviceCompleteNext;
    "backchannel/authentication" backchannel_authentication BackchannelAuthenticationResponse BackchannelAuthenticationResponseAction BackchannelAuthenticationNext;
    "backchannel/authentication/issue" backchannel_authentication_issue BackchannelAuthenticationIssueResponse BackchannelAuthenticationIssueResponseAction;
    "backchannel/authentication/fail" backchannel_authentication_fail BackchannelAuthenticationFailResponse BackchannelAuthenticationFailResponseAction;
    "backchannel/authentication/complete" backchannel_authentication_complete BackchannelAuthenticationCompleteResponse BackchannelAuthenticationCompleteResponseAction BackchannelAuthenticationCompleteNext;
    "gm" gm GMResponse GMResponseAction;
    "federation/configuration" federation_configuration FederationConfigurationResponse FederationConfigurationResponseAction;
    "federation/registration" federation_registration FederationRegistrationResponse FederationRegistrationResponseAction;
    "attestation/challenge" attestation_challenge AttestationChallengeResponse AttestationChallengeResponseAction;
    "vci/metadata" vci_metadata VciMetadataResponse VciMetadataResponseAction;
    "vci/jwtissuer" vci_jwtissuer VciJwtissuerResponse VciJwtissuerResponseAction;
    "vci/jwks" vci_jwks VciJwksResponse VciJwksResponseAction;
    "vci/nonce" vci_nonce VciNonceResponse VciNonceResponseAction;
    "vci/offer/create" vci_offer_create VciOfferCreateResponse VciOfferCreateResponseAction VciOfferCreateNext;
    "vci/offer/info" vci_offer_info VciOfferInfoResponse VciOfferInfoResponseAction;
    "vci/single/parse" vci_single_parse VciSingleParseResponse VciSingleParseResponseAction VciSingleParseNext;
    "vci/batch/parse" vci_batch_parse VciBatchParseResponse VciBatchParseResponseAction VciBatchParseNext;
    "vci/deferred/parse" vci_deferred_parse VciDeferredParseResponse VciDeferredParseResponseAction VciDeferredParseNext;
    "vci/single/issue" vci_single_issue VciSingleIssueResponse VciSingleIssueResponseAction;
    "vci/batch/issue" vci_batch_issue VciBatchIssueResponse VciBatchIssueResponseAction;
    "vci/deferred/issue" vci_deferred_issue VciDeferredIssueResponse VciDeferredIssueResponseAction;
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

pub(super) fn nonces(dpop: &'static str, attestation: &'static str) -> Nonces {
    Nonces {
        dpop: Some(HeaderValue::from_static(dpop)),
        attestation: Some(HeaderValue::from_static(attestation)),
    }
}
