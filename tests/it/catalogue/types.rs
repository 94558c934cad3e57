//! The models and enums, and what there is to see of a value of each.

use authlete::models::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

use super::digest::snake_case;

/// What shows of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// As it is serialised.
    pub json: String,
    pub debug: String,
}

impl Shown {
    pub fn of<T: Serialize + Debug>(value: &T) -> Self {
        Self { json: serde_json::to_string(value).unwrap(), debug: format!("{value:?}\n{value:#?}") }
    }
}

/// A model or an enum.
pub struct Type {
    pub rust_name: &'static str,
    pub read: fn(&str) -> Result<Shown, serde_json::Error>,
}

impl Type {
    /// Its name in the API's description.
    pub fn schema(&self) -> String {
        match self.rust_name {
            "errors::ResultError" => "result".to_owned(),
            "DisplayMode" => "display".to_owned(),
            name => snake_case(name),
        }
    }
}

fn read<T: Serialize + DeserializeOwned + Debug + Clone + PartialEq>(
    text: &str,
) -> Result<Shown, serde_json::Error> {
    let value: T = serde_json::from_str(text)?;
    assert!(value == value.clone());
    Ok(Shown::of(&value))
}

macro_rules! types {
    ($list:ident: $($type:path),+ $(,)?) => {
        pub const $list: &[Type] =
            &[$(Type { rust_name: stringify!($type), read: read::<$type> }),+];
    };
}

types! { MODELS:
    AccessToken, AttestationChallengeRequest, AttestationChallengeResponse, AuthorizationDetailsElement,
    AuthorizationFailRequest, AuthorizationFailResponse, AuthorizationIssueRequest,
    AuthorizationIssueResponse, AuthorizationRequest, AuthorizationResponse, AuthorizationTicketInfo,
    AuthorizationTicketInfoRequest, AuthorizationTicketInfoResponse, AuthorizationTicketUpdateRequest,
    AuthorizationTicketUpdateResponse, AuthzDetails, BackchannelAuthenticationCompleteRequest,
    BackchannelAuthenticationCompleteResponse, BackchannelAuthenticationFailRequest,
    BackchannelAuthenticationFailResponse, BackchannelAuthenticationIssueRequest,
    BackchannelAuthenticationIssueResponse, BackchannelAuthenticationRequest,
    BackchannelAuthenticationResponse, BackchannelLogoutTokenRequest, BackchannelLogoutTokenResponse,
    CimdOptions, Client, ClientAuthorizationDeleteResponse, ClientAuthorizationGetListRequest,
    ClientAuthorizationGetListResponse, ClientAuthorizationUpdateRequest, ClientAuthorizationUpdateResponse,
    ClientExtension, ClientExtensionRequestableScopesGetResponse,
    ClientExtensionRequestableScopesUpdateRequest, ClientExtensionRequestableScopesUpdateResponse,
    ClientFlagUpdateRequest, ClientFlagUpdateResponse, ClientGetListResponse,
    ClientGrantedScopesDeleteResponse, ClientLimited, ClientLimitedAuthorization, ClientRegistrationRequest,
    ClientRegistrationResponse, ClientSecretRefreshResponse, ClientSecretUpdateRequest,
    ClientSecretUpdateResponse, CredentialIssuanceOrder, CredentialIssuerMetadata, CredentialOfferInfo,
    CredentialRequestInfo, DeviceAuthorizationRequest, DeviceAuthorizationResponse, DeviceCompleteRequest,
    DeviceCompleteResponse, DeviceVerificationRequest, DeviceVerificationResponse, DynamicScope,
    FederationConfigurationResponse, FederationRegistrationRequest, FederationRegistrationResponse,
    GMRequest, GMResponse, Grant, GrantScope, Hsk, HskCreateRequest, HskCreateResponse, HskDeleteResponse,
    HskGetListResponse, HskGetResponse, IdtokenReissueRequest, IdtokenReissueResponse, InfoResponse,
    InfoResponseServiceTokenCache, IntrospectionRequest, IntrospectionResponse, JoseVerifyRequest,
    JoseVerifyResponse, NamedUri, NativeSsoLogoutRequest, NativeSsoLogoutResponse, NativeSsoRequest,
    NativeSsoResponse, Pair, Property, PushedAuthorizationRequest, PushedAuthorizationResponse, errors::ResultError,
    RevocationRequest, RevocationResponse, Scope, Service, ServiceConfigurationRequest,
    ServiceGetListResponse, ServiceJwksGetResponse, SnsCredentials, StandardIntrospectionRequest,
    StandardIntrospectionResponse, TaggedValue, TokenBatchStatus, TokenCreateBatchResponse,
    TokenCreateBatchStatusResponse, TokenCreateRequest, TokenCreateResponse, TokenFailRequest,
    TokenFailResponse, TokenGetListResponse, TokenInfo, TokenIssueRequest, TokenIssueResponse, TokenRequest,
    TokenResponse, TokenRevokeRequest, TokenRevokeResponse, TokenUpdateRequest, TokenUpdateResponse,
    TrustAnchor, UserinfoIssueRequest, UserinfoIssueResponse, UserinfoRequest, UserinfoResponse,
    VciBatchIssueRequest, VciBatchIssueResponse, VciBatchParseRequest, VciBatchParseResponse,
    VciDeferredIssueRequest, VciDeferredIssueResponse, VciDeferredParseRequest, VciDeferredParseResponse,
    VciJwksRequest, VciJwksResponse, VciJwtissuerRequest, VciJwtissuerResponse, VciMetadataRequest,
    VciMetadataResponse, VciNonceRequest, VciNonceResponse, VciOfferCreateRequest, VciOfferCreateResponse,
    VciOfferInfoRequest, VciOfferInfoResponse, VciSingleIssueRequest, VciSingleIssueResponse,
    VciSingleParseRequest, VciSingleParseResponse,
}

types! { ENUMS:
ApplicationType, AttachmentType, AttestationChallengeResponseAction, AuthorizationFailRequestReason,
AuthorizationFailResponseAction, AuthorizationIssueResponseAction, AuthorizationResponseAction,
AuthorizationTicketInfoResponseAction, AuthorizationTicketUpdateResponseAction,
BackchannelAuthenticationCompleteRequestResult, BackchannelAuthenticationCompleteResponseAction,
BackchannelAuthenticationFailRequestReason, BackchannelAuthenticationFailResponseAction,
BackchannelAuthenticationIssueResponseAction, BackchannelAuthenticationResponseAction,
BackchannelLogoutTokenResponseAction, BatchKind, ClaimType, ClientAuthMethod,
ClientRegistrationResponseAction, ClientRegistrationType, ClientSource, ClientType, DeliveryMode,
DeviceAuthorizationResponseAction, DeviceCompleteRequestResult, DeviceCompleteResponseAction,
DeviceVerificationResponseAction, DisplayMode, FapiMode, FederationConfigurationResponseAction,
FederationEntityType, FederationRegistrationResponseAction, GMResponseAction, GrantManagementAction, GrantType,
HskCreateResponseAction, HskDeleteResponseAction, HskGetListResponseAction, HskGetResponseAction,
IdtokenReissueResponseAction, IntrospectionResponseAction, JweAlg, JweEnc, JweZip, JwsAlg,
NativeSsoLogoutResponseAction, NativeSsoResponseAction, Prompt, PushedAuthorizationResponseAction,
ResponseMode, ResponseType, RevocationResponseAction, ServiceProfile, Sns,
StandardIntrospectionResponseAction, SubjectType, TokenBatchStatusResult, TokenCreateResponseAction,
TokenFailRequestReason, TokenFailResponseAction, TokenIssueResponseAction, TokenResponseAction,
TokenStatus, TokenType, TokenUpdateResponseAction, UserCodeCharset, UserIdentificationHintType,
UserinfoIssueResponseAction, UserinfoResponseAction, VciBatchIssueResponseAction,
VciBatchParseResponseAction, VciDeferredIssueResponseAction, VciDeferredParseResponseAction,
VciJwksResponseAction, VciJwtissuerResponseAction, VciMetadataResponseAction, VciNonceResponseAction,
VciOfferCreateResponseAction, VciOfferInfoResponseAction, VciSingleIssueResponseAction,
VciSingleParseResponseAction, VerifiedClaimsValidationSchema,}
