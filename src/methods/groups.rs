//! The groups of methods that [`Authlete`] has: one type for each group of the API.
//!
//! A group borrows the core of its [`Authlete`] and holds nothing else. You rarely name these types: call a method where you
//! get its group, as in `authlete.token().process(&request, None)`.

use crate::call::RequestOptions;
use crate::error::AuthleteError;
use crate::methods::Authlete;
use crate::models::{
    AttestationChallengeResponse, AuthorizationFailResponse, AuthorizationIssueResponse,
    AuthorizationResponse, AuthorizationTicketInfoResponse, AuthorizationTicketUpdateResponse,
    BackchannelAuthenticationCompleteResponse, BackchannelAuthenticationFailResponse,
    BackchannelAuthenticationIssueResponse, BackchannelAuthenticationResponse,
    BackchannelLogoutTokenResponse, Client, ClientAuthorizationDeleteResponse,
    ClientAuthorizationGetListResponse, ClientAuthorizationUpdateResponse,
    ClientExtensionRequestableScopesGetResponse, ClientExtensionRequestableScopesUpdateResponse,
    ClientFlagUpdateResponse, ClientGetListResponse, ClientGrantedScopesDeleteResponse,
    ClientGrantedScopesGetResponse, ClientRegistrationResponse, ClientSecretRefreshResponse,
    ClientSecretUpdateResponse, DeviceAuthorizationResponse, DeviceCompleteResponse,
    DeviceVerificationResponse, FederationConfigurationResponse, FederationRegistrationResponse, GMResponse,
    HskCreateResponse, HskDeleteResponse, HskGetListResponse, HskGetResponse, IdtokenReissueResponse,
    InfoResponse, IntrospectionResponse, JoseVerifyResponse, NativeSsoLogoutResponse, NativeSsoResponse,
    PushedAuthorizationResponse, RawJson, RevocationResponse, Service, ServiceGetListResponse,
    ServiceJwksGetResponse, StandardIntrospectionResponse, StringMap, TokenCreateBatchResponse,
    TokenCreateBatchStatusResponse, TokenCreateResponse, TokenFailResponse, TokenGetListResponse,
    TokenIssueResponse, TokenResponse, TokenRevokeResponse, TokenUpdateResponse, UserinfoIssueResponse,
    UserinfoResponse, VciBatchIssueResponse, VciBatchParseResponse, VciDeferredIssueResponse,
    VciDeferredParseResponse, VciJwksResponse, VciJwtissuerResponse, VciMetadataResponse, VciNonceResponse,
    VciOfferCreateResponse, VciOfferInfoResponse, VciSingleIssueResponse, VciSingleParseResponse,
};
use crate::{AuthleteCore, funcs, models};

/// Writes the groups: a row per operation, with its method, request, function and response.
macro_rules! groups {
    ($($(#[$meta:meta])* $group:ident: $name:ident {
        $($method:ident($request:ident) = $function:ident -> $response:ty;)+
    })+) => {
        impl Authlete {
            $($(#[$meta])*
            #[must_use]
            pub fn $group(&self) -> $name<'_> {
                $name { core: self.core() }
            })+
        }

        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name<'a> {
                core: &'a AuthleteCore,
            }

            impl $name<'_> {
                $(
                    #[doc = concat!("Calls [`", stringify!($function), "`](funcs::", stringify!($function), ").")]
                    ///
                    /// # Errors
                    /// As the function.
                    pub async fn $method(
                        &self,
                        request: &models::operations::$request,
                        options: Option<&RequestOptions>,
                    ) -> Result<$response, AuthleteError> {
                        funcs::$function(self.core, request, options).await.map(crate::Envelope::into_value)
                    }
                )+
            }
        )+
    };
}

groups! {
    /// Services.
    service: Services {
        get(ServiceGetApiRequest) = service_get -> Service;
        list(ServiceGetListApiRequest) = service_list -> ServiceGetListResponse;
        update(ServiceUpdateApiRequest) = service_update -> Service;
        delete(ServiceDeleteApiRequest) = service_delete -> ();
        get_configuration(ServiceConfigurationApiRequest) = service_get_configuration -> RawJson;
        create(ServiceCreateApiRequest) = service_create -> Service;
        get_configuration_post(ServiceConfigurationApiPostRequest)
            = service_get_configuration_post -> RawJson;
    }
    /// Clients.
    client: Clients {
        get(ClientGetApiRequest) = client_get -> Client;
        list(ClientGetListApiRequest) = client_list -> ClientGetListResponse;
        create(ClientCreateApiRequest) = client_create -> Client;
        update(ClientUpdateApiRequest) = client_update -> Client;
        update_form(ClientUpdateApiFormRequest) = client_update_form -> Client;
        delete(ClientDeleteApiRequest) = client_delete -> ();
    }
    /// What surrounds clients: locks, secrets, authorizations, granted and requestable scopes.
    client_management: ClientManagement {
        update_lock_flag(ClientFlagUpdateApiRequest)
            = client_management_update_lock_flag -> ClientFlagUpdateResponse;
        refresh_secret(ClientSecretRefreshApiRequest)
            = client_management_refresh_secret -> ClientSecretRefreshResponse;
        update_secret(ClientSecretUpdateApiRequest)
            = client_management_update_secret -> ClientSecretUpdateResponse;
        client_authorization_get_list_api(ClientAuthorizationGetListApiRequest)
            = client_management_client_authorization_get_list_api -> ClientAuthorizationGetListResponse;
        client_authorization_get_list_api_post(ClientAuthorizationGetListApiPostRequest)
            = client_management_client_authorization_get_list_api_post -> ClientAuthorizationGetListResponse;
        list_authorizations(ClientAuthorizationGetListBySubjectApiRequest)
            = client_management_list_authorizations -> ClientAuthorizationGetListResponse;
        update_authorizations(ClientAuthorizationUpdateApiRequest)
            = client_management_update_authorizations -> ClientAuthorizationUpdateResponse;
        client_authorization_delete_api(ClientAuthorizationDeleteApiRequest)
            = client_management_client_authorization_delete_api -> ClientAuthorizationDeleteResponse;
        client_authorization_delete_api_post(ClientAuthorizationDeleteApiPostRequest)
            = client_management_client_authorization_delete_api_post -> ClientAuthorizationDeleteResponse;
        delete_authorizations(ClientAuthorizationDeleteBySubjectApiRequest)
            = client_management_delete_authorizations -> ClientAuthorizationDeleteResponse;
        client_granted_scopes_get_api(ClientGrantedScopesGetApiRequest)
            = client_management_client_granted_scopes_get_api -> ClientGrantedScopesGetResponse;
        client_granted_scopes_get_api_post(ClientGrantedScopesGetApiPostRequest)
            = client_management_client_granted_scopes_get_api_post -> ClientGrantedScopesGetResponse;
        get_granted_scopes(ClientGrantedScopesGetBySubjectApiRequest)
            = client_management_get_granted_scopes -> ClientGrantedScopesGetResponse;
        client_granted_scopes_delete_api(ClientGrantedScopesDeleteApiRequest)
            = client_management_client_granted_scopes_delete_api -> ClientGrantedScopesDeleteResponse;
        client_granted_scopes_delete_api_post(ClientGrantedScopesDeleteApiPostRequest)
            = client_management_client_granted_scopes_delete_api_post -> ClientGrantedScopesDeleteResponse;
        delete_granted_scopes(ClientGrantedScopesDeleteBySubjectApiRequest)
            = client_management_delete_granted_scopes -> ClientGrantedScopesDeleteResponse;
        get_requestable_scopes(ClientExtensionRequestablesScopesGetApiRequest)
            = client_management_get_requestable_scopes -> ClientExtensionRequestableScopesGetResponse;
        client_extension_requestables_scopes_update_api_post(ClientExtensionRequestablesScopesUpdateApiPostRequest)
            = client_management_client_extension_requestables_scopes_update_api_post -> ClientExtensionRequestableScopesUpdateResponse;
        update_requestable_scopes(ClientExtensionRequestablesScopesUpdateApiRequest)
            = client_management_update_requestable_scopes -> ClientExtensionRequestableScopesUpdateResponse;
        delete_requestable_scopes(ClientExtensionRequestablesScopesDeleteApiRequest)
            = client_management_delete_requestable_scopes -> ();
    }
    /// The authorization endpoint.
    authorization: Authorization {
        process_request(AuthAuthorizationApiRequest)
            = authorization_process_request -> AuthorizationResponse;
        fail(AuthAuthorizationFailApiRequest) = authorization_fail -> AuthorizationFailResponse;
        issue(AuthAuthorizationIssueApiRequest) = authorization_issue -> AuthorizationIssueResponse;
    }
    /// Pushed authorization requests (RFC 9126).
    pushed_authorization: PushedAuthorization {
        create(PushedAuthReqApiRequest) = pushed_authorization_create -> PushedAuthorizationResponse;
    }
    /// The token endpoint.
    token: Token {
        process(AuthTokenApiRequest) = token_process -> TokenResponse;
        fail(AuthTokenFailApiRequest) = token_fail -> TokenFailResponse;
        issue(AuthTokenIssueApiRequest) = token_issue -> TokenIssueResponse;
    }
    /// Introspection.
    introspection: Introspection {
        process(AuthIntrospectionApiRequest) = introspection_process -> IntrospectionResponse;
        standard_process(AuthIntrospectionStandardApiRequest)
            = introspection_standard_process -> StandardIntrospectionResponse;
    }
    /// Revocation (RFC 7009).
    revocation: Revocation {
        process(AuthRevocationApiRequest) = revocation_process -> RevocationResponse;
    }
    /// The userinfo endpoint.
    userinfo: Userinfo {
        process(AuthUserinfoApiRequest) = userinfo_process -> UserinfoResponse;
        issue(AuthUserinfoIssueApiRequest) = userinfo_issue -> UserinfoIssueResponse;
    }
    /// Tokens that exist already.
    token_management: TokenManagement {
        reissue_id_token(IdtokenReissueApiRequest)
            = token_management_reissue_id_token -> IdtokenReissueResponse;
        list(AuthTokenGetListApiRequest) = token_management_list -> TokenGetListResponse;
        create(AuthTokenCreateApiRequest) = token_management_create -> TokenCreateResponse;
        update(AuthTokenUpdateApiRequest) = token_management_update -> TokenUpdateResponse;
        delete(AuthTokenDeleteApiRequest) = token_management_delete -> ();
        revoke(AuthTokenRevokeApiRequest) = token_management_revoke -> TokenRevokeResponse;
    }
    /// Grant management.
    grant_management: GrantManagement {
        process_request(GrantMApiRequest) = grant_management_process_request -> GMResponse;
    }
    /// The JWK Set endpoint.
    jwk_set_endpoint: JwkSetEndpoint {
        service_jwks_get_api(ServiceJwksGetApiRequest)
            = jwk_set_endpoint_service_jwks_get_api -> ServiceJwksGetResponse;
    }
    /// Clients that register themselves.
    dynamic_client_registration: DynamicClientRegistration {
        register(ClientRegistrationApiRequest)
            = dynamic_client_registration_register -> ClientRegistrationResponse;
        get(ClientRegistrationGetApiRequest)
            = dynamic_client_registration_get -> ClientRegistrationResponse;
        update(ClientRegistrationUpdateApiRequest)
            = dynamic_client_registration_update -> ClientRegistrationResponse;
        delete(ClientRegistrationDeleteApiRequest)
            = dynamic_client_registration_delete -> ClientRegistrationResponse;
    }
    /// Client-initiated backchannel authentication (CIBA).
    ciba: Ciba {
        process_authentication(BackchannelAuthenticationApiRequest)
            = ciba_process_authentication -> BackchannelAuthenticationResponse;
        issue(BackchannelAuthenticationIssueApiRequest)
            = ciba_issue -> BackchannelAuthenticationIssueResponse;
        fail(BackchannelAuthenticationFailApiRequest) = ciba_fail -> BackchannelAuthenticationFailResponse;
        complete(BackchannelAuthenticationCompleteApiRequest)
            = ciba_complete -> BackchannelAuthenticationCompleteResponse;
    }
    /// The device flow (RFC 8628).
    device_flow: DeviceFlow {
        authorization(DeviceAuthorizationApiRequest)
            = device_flow_authorization -> DeviceAuthorizationResponse;
        verification(DeviceVerificationApiRequest) = device_flow_verification -> DeviceVerificationResponse;
        complete(DeviceCompleteApiRequest) = device_flow_complete -> DeviceCompleteResponse;
    }
    /// Operations on tokens.
    token_operations: TokenOperations {
        auth_token_create_batch_api(AuthTokenCreateBatchApiRequest)
            = token_operations_auth_token_create_batch_api -> TokenCreateBatchResponse;
        auth_token_create_batch_status_api(AuthTokenCreateBatchStatusApiRequest)
            = token_operations_auth_token_create_batch_status_api -> TokenCreateBatchStatusResponse;
    }
    /// JOSE objects.
    jose_object: JoseObject {
        jose_verify_api(JoseVerifyApiRequest) = jose_object_jose_verify_api -> JoseVerifyResponse;
    }
    /// Federations.
    federation: Federation {
        configuration(FederationConfigurationApiRequest)
            = federation_configuration -> FederationConfigurationResponse;
        registration(FederationRegistrationApiRequest)
            = federation_registration -> FederationRegistrationResponse;
    }
    /// Keys in a hardware security module.
    hardware_security_keys: HardwareSecurityKeys {
        create(HskCreateApiRequest) = hardware_security_keys_create -> HskCreateResponse;
        delete(HskDeleteApiRequest) = hardware_security_keys_delete -> HskDeleteResponse;
        get(HskGetApiRequest) = hardware_security_keys_get -> HskGetResponse;
        list(HskGetListApiRequest) = hardware_security_keys_list -> HskGetListResponse;
    }
    /// Verifiable credentials (OID4VCI).
    verifiable_credentials: VerifiableCredentials {
        get_metadata(VciMetadataApiRequest) = verifiable_credentials_get_metadata -> VciMetadataResponse;
        get_jwt_issuer(VciJwtissuerApiRequest)
            = verifiable_credentials_get_jwt_issuer -> VciJwtissuerResponse;
        get_jwks(VciJwksApiRequest) = verifiable_credentials_get_jwks -> VciJwksResponse;
        create_offer(VciOfferCreateApiRequest)
            = verifiable_credentials_create_offer -> VciOfferCreateResponse;
        get_offer_info(VciOfferInfoApiRequest)
            = verifiable_credentials_get_offer_info -> VciOfferInfoResponse;
        parse(VciSingleParseApiRequest) = verifiable_credentials_parse -> VciSingleParseResponse;
        issue(VciSingleIssueApiRequest) = verifiable_credentials_issue -> VciSingleIssueResponse;
        batch_parse(VciBatchParseApiRequest) = verifiable_credentials_batch_parse -> VciBatchParseResponse;
        batch_issue(VciBatchIssueApiRequest) = verifiable_credentials_batch_issue -> VciBatchIssueResponse;
        deferred_parse(VciDeferredParseApiRequest)
            = verifiable_credentials_deferred_parse -> VciDeferredParseResponse;
        deferred_issue(VciDeferredIssueApiRequest)
            = verifiable_credentials_deferred_issue -> VciDeferredIssueResponse;
        nonce(VciNonceApiRequest) = verifiable_credentials_nonce -> VciNonceResponse;
    }
    /// The server's health.
    lifecycle: Lifecycle {
        get_api_lifecycle_healthcheck(GetApiLifecycleHealthcheckRequest)
            = lifecycle_get_api_lifecycle_healthcheck -> String;
    }
    /// Tickets of authorization requests.
    authorization_management: AuthorizationManagement {
        get_ticket_info(AuthorizationTicketInfoPostApiRequest)
            = authorization_management_get_ticket_info -> AuthorizationTicketInfoResponse;
        update_ticket(UpdateAuthorizationTicketRequest)
            = authorization_management_update_ticket -> AuthorizationTicketUpdateResponse;
    }
    /// Native SSO.
    native_sso: NativeSso {
        process(NativeSsoApiRequest) = native_sso_process -> NativeSsoResponse;
        logout(NativeSsoLogoutApiRequest) = native_sso_logout -> NativeSsoLogoutResponse;
    }
    /// Client attestation.
    attestation: Attestation {
        challenge(AttestationChallengeApiRequest) = attestation_challenge -> AttestationChallengeResponse;
    }
    /// Back-channel logout.
    backchannel_logout: BackchannelLogout {
        token(BackchannelLogoutTokenApiRequest)
            = backchannel_logout_token -> BackchannelLogoutTokenResponse;
    }
    /// Checks of the connection.
    misc: Misc {
        echo(MiscEchoApiRequest) = misc_echo -> StringMap;
    }
    /// What the server is.
    utility_endpoints: UtilityEndpoints {
        info_api(InfoApiRequest) = utility_endpoints_info_api -> InfoResponse;
    }
}
