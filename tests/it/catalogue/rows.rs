//! The operations, a row each: what the API's description says of them, and how they are called.

use std::future::Future;
use std::pin::Pin;

use authlete::models::*;
use authlete::{Authlete, AuthleteCore, AuthleteError, RequestOptions, funcs};

use super::types::Shown;

/// A call under way. It can be: every future is `Send`.
type Calling<'a> = Pin<Box<dyn Future<Output = Result<Shown, AuthleteError>> + Send + 'a>>;

/// Calls an operation with a request object that is given as JSON.
type Call = for<'a> fn(&'a AuthleteCore, &str, Option<&'a RequestOptions>) -> Calling<'a>;

/// Whether it may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    Safe,
    Unsafe,
    /// That depends on the request.
    Rule,
}

pub struct Row {
    pub function: &'static str,
    /// Its group and method.
    pub face: &'static str,
    pub request: &'static str,
    pub response: &'static str,
    pub replay: Replay,
    pub id: &'static str,
    /// Method, path and query parameters, as `GET /path/{place} ?optional:type ?required!:type`.
    pub line: &'static str,
    /// The body's schema, with its name in the request object where that is another; `form` before what is sent as one.
    pub body: &'static str,
    pub call: Call,
    pub call_method: Call,
    /// Reads a request object.
    pub read: fn(&str) -> Result<Shown, serde_json::Error>,
}

/// `function = group.method(Request) -> Response, replay, "operation", "METHOD /path ?query:type", "body";`
macro_rules! rows {
    ($($function:ident = $group:ident.$method:ident($request:ident) -> $response:ty, $replay:ident,
        $id:literal, $line:literal, $body:literal;)+) => {
        pub const ROWS: &[Row] = &[$(Row {
            function: stringify!($function),
            face: concat!(stringify!($group), ".", stringify!($method)),
            request: stringify!($request),
            response: stringify!($response),
            replay: Replay::$replay,
            id: $id,
            line: $line,
            body: $body,
            call: |core, request, options| {
                let request: operations::$request = serde_json::from_str(request).unwrap();
                Box::pin(async move {
                    let value: $response = funcs::$function(core, &request, options).await?.into_value();
                    Ok(Shown::of(&value))
                })
            },
            call_method: |core, request, options| {
                let request: operations::$request = serde_json::from_str(request).unwrap();
                let authlete = Authlete::new(core.clone());
                Box::pin(async move {
                    let value: $response = authlete.$group().$method(&request, options).await?;
                    Ok(Shown::of(&value))
                })
            },
            read: |request| Ok(Shown::of(&serde_json::from_str::<operations::$request>(request)?)),
        }),+];
    };
}

rows! {
    service_get = service.get(ServiceGetApiRequest) -> Service, Safe,
        "service_get_api", "GET /api/{serviceId}/service/get", "";
    service_list = service.list(ServiceGetListApiRequest) -> ServiceGetListResponse, Safe,
        "service_get_list_api", "GET /api/service/get/list ?start:int ?end:int ?cursor:text", "";
    service_update = service.update(ServiceUpdateApiRequest) -> Service, Unsafe,
        "service_update_api", "POST /api/{serviceId}/service/update", "service";
    service_delete = service.delete(ServiceDeleteApiRequest) -> (), Safe,
        "service_delete_api", "DELETE /api/{serviceId}/service/delete", "";
    client_get = client.get(ClientGetApiRequest) -> Client, Safe,
        "client_get_api", "GET /api/{serviceId}/client/get/{clientId}", "";
    client_list = client.list(ClientGetListApiRequest) -> ClientGetListResponse, Safe,
        "client_get_list_api", "GET /api/{serviceId}/client/get/list ?developer:text ?start:int ?end:int ?cursor:text",
        "";
    client_create = client.create(ClientCreateApiRequest) -> Client, Unsafe,
        "client_create_api", "POST /api/{serviceId}/client/create", "client";
    client_update = client.update(ClientUpdateApiRequest) -> Client, Unsafe,
        "client_update_api", "POST /api/{serviceId}/client/update/{clientId}", "client";
    client_update_form = client.update_form(ClientUpdateApiFormRequest) -> Client, Unsafe,
        "client_update_api", "POST /api/{serviceId}/client/update/{clientId}", "form client";
    client_delete = client.delete(ClientDeleteApiRequest) -> (), Safe,
        "client_delete_api", "DELETE /api/{serviceId}/client/delete/{clientId}", "";
    client_management_update_lock_flag = client_management.update_lock_flag(ClientFlagUpdateApiRequest)
        -> ClientFlagUpdateResponse, Safe,
        "client_flag_update_api", "POST /api/{serviceId}/client/lock_flag/update/{clientIdentifier}",
        "client_flag_update_request";
    client_management_refresh_secret = client_management.refresh_secret(ClientSecretRefreshApiRequest)
        -> ClientSecretRefreshResponse, Unsafe,
        "client_secret_refresh_api", "GET /api/{serviceId}/client/secret/refresh/{clientIdentifier}", "";
    client_management_update_secret = client_management.update_secret(ClientSecretUpdateApiRequest)
        -> ClientSecretUpdateResponse, Unsafe,
        "client_secret_update_api", "POST /api/{serviceId}/client/secret/update/{clientIdentifier}",
        "client_secret_update_request";
    client_management_client_authorization_get_list_api
        = client_management.client_authorization_get_list_api(ClientAuthorizationGetListApiRequest)
        -> ClientAuthorizationGetListResponse, Safe,
        "client_authorization_get_list_api",
        "GET /api/{serviceId}/client/authorization/get/list \
            ?subject!:text ?developer:text ?start:int ?end:int ?cursor:text", "";
    client_management_client_authorization_get_list_api_post
        = client_management.client_authorization_get_list_api_post(ClientAuthorizationGetListApiPostRequest)
        -> ClientAuthorizationGetListResponse, Safe,
        "client_authorization_get_list_api_post", "POST /api/{serviceId}/client/authorization/get/list",
        "client_authorization_get_list_request";
    client_management_list_authorizations
        = client_management.list_authorizations(ClientAuthorizationGetListBySubjectApiRequest)
        -> ClientAuthorizationGetListResponse, Safe,
        "client_authorization_get_list_by_subject_api",
        "GET /api/{serviceId}/client/authorization/get/list/{subject} \
            ?developer:text ?start:int ?end:int ?cursor:text", "";
    client_management_update_authorizations
        = client_management.update_authorizations(ClientAuthorizationUpdateApiRequest)
        -> ClientAuthorizationUpdateResponse, Safe,
        "client_authorization_update_api", "POST /api/{serviceId}/client/authorization/update/{clientId}",
        "client_authorization_update_request";
    client_management_client_authorization_delete_api
        = client_management.client_authorization_delete_api(ClientAuthorizationDeleteApiRequest)
        -> ClientAuthorizationDeleteResponse, Safe,
        "client_authorization_delete_api",
        "DELETE /api/{serviceId}/client/authorization/delete/{clientId} ?subject!:text", "";
    client_management_client_authorization_delete_api_post
        = client_management.client_authorization_delete_api_post(ClientAuthorizationDeleteApiPostRequest)
        -> ClientAuthorizationDeleteResponse, Safe,
        "client_authorization_delete_api_post",
        "POST /api/{serviceId}/client/authorization/delete/{clientId}", "subject_body";
    client_management_delete_authorizations
        = client_management.delete_authorizations(ClientAuthorizationDeleteBySubjectApiRequest)
        -> ClientAuthorizationDeleteResponse, Safe,
        "client_authorization_delete_by_subject_api",
        "DELETE /api/{serviceId}/client/authorization/delete/{clientId}/{subject}", "";
    client_management_client_granted_scopes_get_api
        = client_management.client_granted_scopes_get_api(ClientGrantedScopesGetApiRequest)
        -> ClientAuthorizationDeleteResponse, Safe,
        "client_granted_scopes_get_api",
        "GET /api/{serviceId}/client/granted_scopes/get/{clientId} ?subject!:text", "";
    client_management_client_granted_scopes_get_api_post
        = client_management.client_granted_scopes_get_api_post(ClientGrantedScopesGetApiPostRequest)
        -> ClientAuthorizationDeleteResponse, Safe,
        "client_granted_scopes_get_api_post", "POST /api/{serviceId}/client/granted_scopes/get/{clientId}",
        "subject_body";
    client_management_get_granted_scopes
        = client_management.get_granted_scopes(ClientGrantedScopesGetBySubjectApiRequest)
        -> ClientAuthorizationDeleteResponse, Safe,
        "client_granted_scopes_get_by_subject_api",
        "GET /api/{serviceId}/client/granted_scopes/get/{clientId}/{subject}", "";
    client_management_client_granted_scopes_delete_api
        = client_management.client_granted_scopes_delete_api(ClientGrantedScopesDeleteApiRequest)
        -> ClientGrantedScopesDeleteResponse, Safe,
        "client_granted_scopes_delete_api",
        "DELETE /api/{serviceId}/client/granted_scopes/delete/{clientId} ?subject!:text", "";
    client_management_client_granted_scopes_delete_api_post
        = client_management.client_granted_scopes_delete_api_post(ClientGrantedScopesDeleteApiPostRequest)
        -> ClientGrantedScopesDeleteResponse, Safe,
        "client_granted_scopes_delete_api_post",
        "POST /api/{serviceId}/client/granted_scopes/delete/{clientId}", "subject_body";
    client_management_delete_granted_scopes
        = client_management.delete_granted_scopes(ClientGrantedScopesDeleteBySubjectApiRequest)
        -> ClientGrantedScopesDeleteResponse, Safe,
        "client_granted_scopes_delete_by_subject_api",
        "DELETE /api/{serviceId}/client/granted_scopes/delete/{clientId}/{subject}", "";
    authorization_process_request = authorization.process_request(AuthAuthorizationApiRequest)
        -> AuthorizationResponse, Rule,
        "auth_authorization_api", "POST /api/{serviceId}/auth/authorization", "authorization_request";
    authorization_fail = authorization.fail(AuthAuthorizationFailApiRequest)
        -> AuthorizationFailResponse, Unsafe,
        "auth_authorization_fail_api", "POST /api/{serviceId}/auth/authorization/fail",
        "authorization_fail_request";
    authorization_issue = authorization.issue(AuthAuthorizationIssueApiRequest)
        -> AuthorizationIssueResponse, Unsafe,
        "auth_authorization_issue_api", "POST /api/{serviceId}/auth/authorization/issue",
        "authorization_issue_request";
    pushed_authorization_create = pushed_authorization.create(PushedAuthReqApiRequest)
        -> PushedAuthorizationResponse, Unsafe,
        "pushed_auth_req_api", "POST /api/{serviceId}/pushed_auth_req", "pushed_authorization_request";
    token_process = token.process(AuthTokenApiRequest) -> TokenResponse, Unsafe,
        "auth_token_api", "POST /api/{serviceId}/auth/token", "token_request";
    token_fail = token.fail(AuthTokenFailApiRequest) -> TokenFailResponse, Unsafe,
        "auth_token_fail_api", "POST /api/{serviceId}/auth/token/fail", "token_fail_request";
    token_issue = token.issue(AuthTokenIssueApiRequest) -> TokenIssueResponse, Unsafe,
        "auth_token_issue_api", "POST /api/{serviceId}/auth/token/issue", "token_issue_request";
    introspection_process = introspection.process(AuthIntrospectionApiRequest)
        -> IntrospectionResponse, Safe,
        "auth_introspection_api", "POST /api/{serviceId}/auth/introspection", "introspection_request";
    introspection_standard_process = introspection.standard_process(AuthIntrospectionStandardApiRequest)
        -> StandardIntrospectionResponse, Safe,
        "auth_introspection_standard_api", "POST /api/{serviceId}/auth/introspection/standard",
        "standard_introspection_request";
    revocation_process = revocation.process(AuthRevocationApiRequest) -> RevocationResponse, Rule,
        "auth_revocation_api", "POST /api/{serviceId}/auth/revocation", "revocation_request";
    userinfo_process = userinfo.process(AuthUserinfoApiRequest) -> UserinfoResponse, Safe,
        "auth_userinfo_api", "POST /api/{serviceId}/auth/userinfo", "userinfo_request";
    userinfo_issue = userinfo.issue(AuthUserinfoIssueApiRequest) -> UserinfoIssueResponse, Safe,
        "auth_userinfo_issue_api", "POST /api/{serviceId}/auth/userinfo/issue", "userinfo_issue_request";
    token_management_reissue_id_token = token_management.reissue_id_token(IdtokenReissueApiRequest)
        -> IdtokenReissueResponse, Unsafe,
        "idtoken_reissue_api", "POST /api/{serviceId}/idtoken/reissue", "idtoken_reissue_request";
    grant_management_process_request = grant_management.process_request(GrantMApiRequest)
        -> GMResponse, Rule,
        "grant_m_api", "POST /api/{serviceId}/gm", "gmRequest: g_m_request";
    jwk_set_endpoint_service_jwks_get_api = jwk_set_endpoint.service_jwks_get_api(ServiceJwksGetApiRequest)
        -> ServiceJwksGetResponse, Safe,
        "service_jwks_get_api",
        "GET /api/{serviceId}/service/jwks/get ?includePrivateKeys:flag ?pretty:flag", "";
    service_get_configuration = service.get_configuration(ServiceConfigurationApiRequest) -> RawJson, Safe,
        "service_configuration_api", "GET /api/{serviceId}/service/configuration ?pretty:flag ?patch:text",
        "";
    dynamic_client_registration_register
        = dynamic_client_registration.register(ClientRegistrationApiRequest)
        -> ClientRegistrationResponse, Unsafe,
        "client_registration_api", "POST /api/{serviceId}/client/registration",
        "client_registration_request";
    dynamic_client_registration_get = dynamic_client_registration.get(ClientRegistrationGetApiRequest)
        -> ClientRegistrationResponse, Unsafe,
        "client_registration_get_api", "POST /api/{serviceId}/client/registration/get",
        "client_registration_request";
    dynamic_client_registration_update
        = dynamic_client_registration.update(ClientRegistrationUpdateApiRequest)
        -> ClientRegistrationResponse, Unsafe,
        "client_registration_update_api", "POST /api/{serviceId}/client/registration/update",
        "client_registration_request";
    dynamic_client_registration_delete
        = dynamic_client_registration.delete(ClientRegistrationDeleteApiRequest)
        -> ClientRegistrationResponse, Unsafe,
        "client_registration_delete_api", "POST /api/{serviceId}/client/registration/delete",
        "client_registration_request";
    ciba_process_authentication = ciba.process_authentication(BackchannelAuthenticationApiRequest)
        -> BackchannelAuthenticationResponse, Rule,
        "backchannel_authentication_api", "POST /api/{serviceId}/backchannel/authentication",
        "backchannel_authentication_request";
    ciba_issue = ciba.issue(BackchannelAuthenticationIssueApiRequest)
        -> BackchannelAuthenticationIssueResponse, Unsafe,
        "backchannel_authentication_issue_api", "POST /api/{serviceId}/backchannel/authentication/issue",
        "backchannel_authentication_issue_request";
    ciba_fail = ciba.fail(BackchannelAuthenticationFailApiRequest)
        -> BackchannelAuthenticationFailResponse, Unsafe,
        "backchannel_authentication_fail_api", "POST /api/{serviceId}/backchannel/authentication/fail",
        "backchannel_authentication_fail_request";
    ciba_complete = ciba.complete(BackchannelAuthenticationCompleteApiRequest)
        -> BackchannelAuthenticationCompleteResponse, Unsafe,
        "backchannel_authentication_complete_api",
        "POST /api/{serviceId}/backchannel/authentication/complete",
        "backchannel_authentication_complete_request";
    device_flow_authorization = device_flow.authorization(DeviceAuthorizationApiRequest)
        -> DeviceAuthorizationResponse, Unsafe,
        "device_authorization_api", "POST /api/{serviceId}/device/authorization",
        "device_authorization_request";
    device_flow_verification = device_flow.verification(DeviceVerificationApiRequest)
        -> DeviceVerificationResponse, Safe,
        "device_verification_api", "POST /api/{serviceId}/device/verification",
        "device_verification_request";
    device_flow_complete = device_flow.complete(DeviceCompleteApiRequest) -> DeviceCompleteResponse, Unsafe,
        "device_complete_api", "POST /api/{serviceId}/device/complete", "device_complete_request";
    token_management_list = token_management.list(AuthTokenGetListApiRequest) -> TokenGetListResponse, Safe,
        "auth_token_get_list_api",
        "GET /api/{serviceId}/auth/token/get/list \
            ?clientIdentifier:text ?subject:text ?start:int ?end:int ?tokenStatus:token_status ?cursor:text", "";
    token_management_create = token_management.create(AuthTokenCreateApiRequest)
        -> TokenCreateResponse, Unsafe,
        "auth_token_create_api", "POST /api/{serviceId}/auth/token/create", "token_create_request";
    token_operations_auth_token_create_batch_api
        = token_operations.auth_token_create_batch_api(AuthTokenCreateBatchApiRequest)
        -> TokenCreateBatchResponse, Rule,
        "auth_token_create_batch_api", "POST /api/{serviceId}/auth/token/create/batch ?dryRun:flag",
        "[token_create_request]";
    token_operations_auth_token_create_batch_status_api
        = token_operations.auth_token_create_batch_status_api(AuthTokenCreateBatchStatusApiRequest)
        -> TokenCreateBatchStatusResponse, Safe,
        "auth_token_create_batch_status_api",
        "GET /api/{serviceId}/auth/token/create/batch/status/{tokenBatchRequestId}", "";
    token_management_update = token_management.update(AuthTokenUpdateApiRequest)
        -> TokenUpdateResponse, Rule,
        "auth_token_update_api", "POST /api/{serviceId}/auth/token/update", "token_update_request";
    token_management_delete = token_management.delete(AuthTokenDeleteApiRequest) -> (), Safe,
        "auth_token_delete_api", "DELETE /api/{serviceId}/auth/token/delete/{accessTokenIdentifier}", "";
    token_management_revoke = token_management.revoke(AuthTokenRevokeApiRequest)
        -> TokenRevokeResponse, Safe,
        "auth_token_revoke_api", "POST /api/{serviceId}/auth/token/revoke", "token_revoke_request";
    jose_object_jose_verify_api = jose_object.jose_verify_api(JoseVerifyApiRequest)
        -> JoseVerifyResponse, Safe,
        "jose_verify_api", "POST /api/{serviceId}/jose/verify", "jose_verify_request";
    federation_configuration = federation.configuration(FederationConfigurationApiRequest)
        -> FederationConfigurationResponse, Safe,
        "federation_configuration_api", "POST /api/{serviceId}/federation/configuration", "{}";
    federation_registration = federation.registration(FederationRegistrationApiRequest)
        -> FederationRegistrationResponse, Unsafe,
        "federation_registration_api", "POST /api/{serviceId}/federation/registration",
        "federation_registration_request";
    client_management_get_requestable_scopes
        = client_management.get_requestable_scopes(ClientExtensionRequestablesScopesGetApiRequest)
        -> ClientExtensionRequestableScopesGetResponse, Safe,
        "client_extension_requestables_scopes_get_api",
        "GET /api/{serviceId}/client/extension/requestable_scopes/get/{clientId}", "";
    client_management_client_extension_requestables_scopes_update_api_post
        = client_management.client_extension_requestables_scopes_update_api_post(ClientExtensionRequestablesScopesUpdateApiPostRequest)
        -> ClientExtensionRequestableScopesUpdateResponse, Safe,
        "client_extension_requestables_scopes_update_api_post",
        "POST /api/{serviceId}/client/extension/requestable_scopes/update/{clientId}",
        "client_extension_requestable_scopes_update_request";
    client_management_update_requestable_scopes
        = client_management.update_requestable_scopes(ClientExtensionRequestablesScopesUpdateApiRequest)
        -> ClientExtensionRequestableScopesUpdateResponse, Safe,
        "client_extension_requestables_scopes_update_api",
        "PUT /api/{serviceId}/client/extension/requestable_scopes/update/{clientId}",
        "client_extension_requestable_scopes_update_request";
    client_management_delete_requestable_scopes
        = client_management.delete_requestable_scopes(ClientExtensionRequestablesScopesDeleteApiRequest)
        -> (), Safe,
        "client_extension_requestables_scopes_delete_api",
        "DELETE /api/{serviceId}/client/extension/requestable_scopes/delete/{clientId}", "";
    hardware_security_keys_create = hardware_security_keys.create(HskCreateApiRequest)
        -> HskCreateResponse, Unsafe,
        "hsk_create_api", "POST /api/{serviceId}/hsk/create", "hsk_create_request";
    hardware_security_keys_delete = hardware_security_keys.delete(HskDeleteApiRequest)
        -> HskDeleteResponse, Safe,
        "hsk_delete_api", "DELETE /api/{serviceId}/hsk/delete/{handle}", "";
    hardware_security_keys_get = hardware_security_keys.get(HskGetApiRequest) -> HskGetResponse, Safe,
        "hsk_get_api", "GET /api/{serviceId}/hsk/get/{handle}", "";
    hardware_security_keys_list = hardware_security_keys.list(HskGetListApiRequest)
        -> HskGetListResponse, Safe,
        "hsk_get_list_api", "GET /api/{serviceId}/hsk/get/list", "";
    verifiable_credentials_get_metadata = verifiable_credentials.get_metadata(VciMetadataApiRequest)
        -> VciMetadataResponse, Safe,
        "vci_metadata_api", "POST /api/{serviceId}/vci/metadata", "vci_metadata_request";
    verifiable_credentials_get_jwt_issuer = verifiable_credentials.get_jwt_issuer(VciJwtissuerApiRequest)
        -> VciJwtissuerResponse, Safe,
        "vci_jwtissuer_api", "POST /api/{serviceId}/vci/jwtissuer", "vci_jwtissuer_request";
    verifiable_credentials_get_jwks = verifiable_credentials.get_jwks(VciJwksApiRequest)
        -> VciJwksResponse, Safe,
        "vci_jwks_api", "POST /api/{serviceId}/vci/jwks", "vci_jwks_request";
    verifiable_credentials_create_offer = verifiable_credentials.create_offer(VciOfferCreateApiRequest)
        -> VciOfferCreateResponse, Unsafe,
        "vci_offer_create_api", "POST /api/{serviceId}/vci/offer/create", "vci_offer_create_request";
    verifiable_credentials_get_offer_info = verifiable_credentials.get_offer_info(VciOfferInfoApiRequest)
        -> VciOfferInfoResponse, Safe,
        "vci_offer_info_api", "POST /api/{serviceId}/vci/offer/info", "vci_offer_info_request";
    verifiable_credentials_parse = verifiable_credentials.parse(VciSingleParseApiRequest)
        -> VciSingleParseResponse, Safe,
        "vci_single_parse_api", "POST /api/{serviceId}/vci/single/parse", "vci_single_parse_request";
    verifiable_credentials_issue = verifiable_credentials.issue(VciSingleIssueApiRequest)
        -> VciSingleIssueResponse, Unsafe,
        "vci_single_issue_api", "POST /api/{serviceId}/vci/single/issue", "vci_single_issue_request";
    verifiable_credentials_batch_parse = verifiable_credentials.batch_parse(VciBatchParseApiRequest)
        -> VciBatchParseResponse, Safe,
        "vci_batch_parse_api", "POST /api/{serviceId}/vci/batch/parse", "vci_batch_parse_request";
    verifiable_credentials_batch_issue = verifiable_credentials.batch_issue(VciBatchIssueApiRequest)
        -> VciBatchIssueResponse, Unsafe,
        "vci_batch_issue_api", "POST /api/{serviceId}/vci/batch/issue", "vci_batch_issue_request";
    lifecycle_get_api_lifecycle_healthcheck
        = lifecycle.get_api_lifecycle_healthcheck(GetApiLifecycleHealthcheckRequest) -> String, Safe,
        "get_/api/lifecycle/healthcheck", "GET /api/lifecycle/healthcheck ?extended:flag", "";
    verifiable_credentials_deferred_parse
        = verifiable_credentials.deferred_parse(VciDeferredParseApiRequest)
        -> VciDeferredParseResponse, Safe,
        "vci_deferred_parse_api", "POST /api/{serviceId}/vci/deferred/parse", "vci_deferred_parse_request";
    verifiable_credentials_deferred_issue
        = verifiable_credentials.deferred_issue(VciDeferredIssueApiRequest)
        -> VciDeferredIssueResponse, Unsafe,
        "vci_deferred_issue_api", "POST /api/{serviceId}/vci/deferred/issue", "vci_deferred_issue_request";
    authorization_management_get_ticket_info
        = authorization_management.get_ticket_info(AuthorizationTicketInfoPostApiRequest)
        -> AuthorizationTicketInfoResponse, Safe,
        "authorization_ticket_info_post_api", "POST /api/{serviceId}/auth/authorization/ticket/info",
        "authorization_ticket_info_request";
    authorization_management_update_ticket
        = authorization_management.update_ticket(UpdateAuthorizationTicketRequest)
        -> AuthorizationTicketUpdateResponse, Safe,
        "updateAuthorizationTicket", "POST /api/{serviceId}/auth/authorization/ticket/update",
        "authorization_ticket_update_request";
    native_sso_process = native_sso.process(NativeSsoApiRequest) -> NativeSsoResponse, Unsafe,
        "native_sso_api", "POST /api/{serviceId}/nativesso", "native_sso_request";
    native_sso_logout = native_sso.logout(NativeSsoLogoutApiRequest) -> NativeSsoLogoutResponse, Safe,
        "native_sso_logout_api", "POST /api/{serviceId}/nativesso/logout", "native_sso_logout_request";
    service_create = service.create(ServiceCreateApiRequest) -> Service, Unsafe,
        "service_create_api", "POST /api/service/create", "service";
    verifiable_credentials_nonce = verifiable_credentials.nonce(VciNonceApiRequest)
        -> VciNonceResponse, Safe,
        "vci_nonce_api", "POST /api/{serviceId}/vci/nonce", "vci_nonce_request";
    attestation_challenge = attestation.challenge(AttestationChallengeApiRequest)
        -> AttestationChallengeResponse, Safe,
        "attestation_challenge_api", "POST /api/{serviceId}/attestation/challenge",
        "attestation_challenge_request";
    backchannel_logout_token = backchannel_logout.token(BackchannelLogoutTokenApiRequest)
        -> BackchannelLogoutTokenResponse, Safe,
        "backchannel_logout_token_api", "POST /api/{serviceId}/backchannel/logout/token",
        "backchannel_logout_token_request";
    misc_echo = misc.echo(MiscEchoApiRequest) -> StringMap, Safe,
        "misc_echo_api", "GET /api/misc/echo ?parameters:{text}", "";
    utility_endpoints_info_api = utility_endpoints.info_api(InfoApiRequest) -> InfoResponse, Safe,
        "info_api", "GET /api/info", "";
    service_get_configuration_post = service.get_configuration_post(ServiceConfigurationApiPostRequest)
        -> RawJson, Safe,
        "service_configuration_api_post", "POST /api/{serviceId}/service/configuration",
        "service_configuration_request";
}
