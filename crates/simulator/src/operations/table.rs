//! Every operation of the API, and the function of each that the simulator plays.

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::{
    authorization, authorization_decisions, client_settings, clients, consents, device, introspection,
    password, pushed_authorization, revocation, service_keys, services, standard_introspection,
    token_changes, token_endpoint, token_management, token_operations, userinfo,
};

/// Carries an operation out.
pub(super) type Play = fn(&Call<'_>) -> Result<Answer, Refusal>;

/// The function of a row, if it has one.
macro_rules! run {
    () => {
        None
    };
    ($run:path) => {
        Some($run)
    };
}

/// Variant, operation ID, method and path of each operation, and the function of those that are played.
macro_rules! operations {
    ($($name:ident: $id:literal, $method:ident $path:literal $(=> $run:path)?;)*) => {
        /// An operation of the API.
        ///
        /// The simulator answers those it does not play with 501, and every fault works on all of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $(#[doc = concat!("`", stringify!($method), " ", $path, "`")] $name,)*
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The operation ID of the API description.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// The method.
            pub const fn method(self) -> &'static str {
                match self { $(Self::$name => stringify!($method)),* }
            }

            /// The path, its parameters in braces.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$name => $path),* }
            }

            /// What carries the operation out, if the simulator plays it.
            pub(super) const fn run(self) -> Option<Play> {
                match self { $(Self::$name => run!($($run)?)),* }
            }
        }
    };
}

operations! {
    CreateService: "service_create_api", POST "/api/service/create" => services::create;
    GetService: "service_get_api", GET "/api/{serviceId}/service/get" => services::get;
    ListServices: "service_get_list_api", GET "/api/service/get/list" => services::list;
    UpdateService: "service_update_api", POST "/api/{serviceId}/service/update" => services::update;
    DeleteService: "service_delete_api", DELETE "/api/{serviceId}/service/delete" => services::delete;
    ServiceConfiguration: "service_configuration_api", GET "/api/{serviceId}/service/configuration" => services::configuration;
    PatchServiceConfiguration: "service_configuration_api_post", POST "/api/{serviceId}/service/configuration" => services::patch_configuration;
    ServiceJwks: "service_jwks_get_api", GET "/api/{serviceId}/service/jwks/get" => service_keys::jwks;
    CreateClient: "client_create_api", POST "/api/{serviceId}/client/create" => clients::create;
    GetClient: "client_get_api", GET "/api/{serviceId}/client/get/{clientId}" => clients::get;
    ListClients: "client_get_list_api", GET "/api/{serviceId}/client/get/list" => clients::list;
    UpdateClient: "client_update_api", POST "/api/{serviceId}/client/update/{clientId}" => clients::update;
    DeleteClient: "client_delete_api", DELETE "/api/{serviceId}/client/delete/{clientId}" => clients::delete;
    LockClient: "client_flag_update_api", POST "/api/{serviceId}/client/lock_flag/update/{clientIdentifier}" => client_settings::lock;
    RefreshClientSecret: "client_secret_refresh_api", GET "/api/{serviceId}/client/secret/refresh/{clientIdentifier}" => client_settings::refresh_secret;
    UpdateClientSecret: "client_secret_update_api", POST "/api/{serviceId}/client/secret/update/{clientIdentifier}" => client_settings::update_secret;
    GetRequestableScopes: "client_extension_requestables_scopes_get_api", GET "/api/{serviceId}/client/extension/requestable_scopes/get/{clientId}" => client_settings::scopes;
    PutRequestableScopes: "client_extension_requestables_scopes_update_api", PUT "/api/{serviceId}/client/extension/requestable_scopes/update/{clientId}" => client_settings::update_scopes;
    UpdateRequestableScopes: "client_extension_requestables_scopes_update_api_post", POST "/api/{serviceId}/client/extension/requestable_scopes/update/{clientId}" => client_settings::update_scopes;
    DeleteRequestableScopes: "client_extension_requestables_scopes_delete_api", DELETE "/api/{serviceId}/client/extension/requestable_scopes/delete/{clientId}" => client_settings::delete_scopes;
    ListAuthorizedClients: "client_authorization_get_list_api", GET "/api/{serviceId}/client/authorization/get/list" => consents::list;
    PostListAuthorizedClients: "client_authorization_get_list_api_post", POST "/api/{serviceId}/client/authorization/get/list" => consents::list;
    ListAuthorizedClientsBySubject: "client_authorization_get_list_by_subject_api", GET "/api/{serviceId}/client/authorization/get/list/{subject}" => consents::list;
    UpdateClientAuthorization: "client_authorization_update_api", POST "/api/{serviceId}/client/authorization/update/{clientId}" => consents::update;
    DeleteClientAuthorization: "client_authorization_delete_api", DELETE "/api/{serviceId}/client/authorization/delete/{clientId}" => consents::delete;
    PostDeleteClientAuthorization: "client_authorization_delete_api_post", POST "/api/{serviceId}/client/authorization/delete/{clientId}" => consents::delete;
    DeleteClientAuthorizationBySubject: "client_authorization_delete_by_subject_api", DELETE "/api/{serviceId}/client/authorization/delete/{clientId}/{subject}" => consents::delete;
    GetGrantedScopes: "client_granted_scopes_get_api", GET "/api/{serviceId}/client/granted_scopes/get/{clientId}" => consents::granted_scopes;
    PostGetGrantedScopes: "client_granted_scopes_get_api_post", POST "/api/{serviceId}/client/granted_scopes/get/{clientId}" => consents::granted_scopes;
    GetGrantedScopesBySubject: "client_granted_scopes_get_by_subject_api", GET "/api/{serviceId}/client/granted_scopes/get/{clientId}/{subject}" => consents::granted_scopes;
    DeleteGrantedScopes: "client_granted_scopes_delete_api", DELETE "/api/{serviceId}/client/granted_scopes/delete/{clientId}" => consents::delete_granted_scopes;
    PostDeleteGrantedScopes: "client_granted_scopes_delete_api_post", POST "/api/{serviceId}/client/granted_scopes/delete/{clientId}" => consents::delete_granted_scopes;
    DeleteGrantedScopesBySubject: "client_granted_scopes_delete_by_subject_api", DELETE "/api/{serviceId}/client/granted_scopes/delete/{clientId}/{subject}" => consents::delete_granted_scopes;
    Authorize: "auth_authorization_api", POST "/api/{serviceId}/auth/authorization" => authorization::process;
    AuthorizeIssue: "auth_authorization_issue_api", POST "/api/{serviceId}/auth/authorization/issue" => authorization_decisions::issue;
    AuthorizeFail: "auth_authorization_fail_api", POST "/api/{serviceId}/auth/authorization/fail" => authorization_decisions::fail;
    TicketInfo: "authorization_ticket_info_post_api", POST "/api/{serviceId}/auth/authorization/ticket/info";
    UpdateTicket: "updateAuthorizationTicket", POST "/api/{serviceId}/auth/authorization/ticket/update";
    PushAuthorizationRequest: "pushed_auth_req_api", POST "/api/{serviceId}/pushed_auth_req" => pushed_authorization::push;
    Token: "auth_token_api", POST "/api/{serviceId}/auth/token" => token_endpoint::process;
    TokenIssue: "auth_token_issue_api", POST "/api/{serviceId}/auth/token/issue" => password::issue;
    TokenFail: "auth_token_fail_api", POST "/api/{serviceId}/auth/token/fail" => password::fail;
    Introspect: "auth_introspection_api", POST "/api/{serviceId}/auth/introspection" => introspection::introspect;
    StandardIntrospect: "auth_introspection_standard_api", POST "/api/{serviceId}/auth/introspection/standard" => standard_introspection::introspect;
    Revoke: "auth_revocation_api", POST "/api/{serviceId}/auth/revocation" => revocation::revoke;
    UserInfo: "auth_userinfo_api", POST "/api/{serviceId}/auth/userinfo" => userinfo::process;
    UserInfoIssue: "auth_userinfo_issue_api", POST "/api/{serviceId}/auth/userinfo/issue" => userinfo::issue;
    CreateToken: "auth_token_create_api", POST "/api/{serviceId}/auth/token/create" => token_management::create;
    CreateBatch: "auth_token_create_batch_api", POST "/api/{serviceId}/auth/token/create/batch" => token_operations::create_batch;
    BatchStatus: "auth_token_create_batch_status_api", GET "/api/{serviceId}/auth/token/create/batch/status/{tokenBatchRequestId}" => token_operations::batch_status;
    ListTokens: "auth_token_get_list_api", GET "/api/{serviceId}/auth/token/get/list" => token_management::list;
    UpdateToken: "auth_token_update_api", POST "/api/{serviceId}/auth/token/update" => token_changes::update;
    DeleteToken: "auth_token_delete_api", DELETE "/api/{serviceId}/auth/token/delete/{accessTokenIdentifier}" => token_management::delete;
    RevokeTokens: "auth_token_revoke_api", POST "/api/{serviceId}/auth/token/revoke" => token_changes::revoke;
    ReissueIdToken: "idtoken_reissue_api", POST "/api/{serviceId}/idtoken/reissue";
    ManageGrant: "grant_m_api", POST "/api/{serviceId}/gm";
    RegisterClient: "client_registration_api", POST "/api/{serviceId}/client/registration";
    GetRegistration: "client_registration_get_api", POST "/api/{serviceId}/client/registration/get";
    UpdateRegistration: "client_registration_update_api", POST "/api/{serviceId}/client/registration/update";
    DeleteRegistration: "client_registration_delete_api", POST "/api/{serviceId}/client/registration/delete";
    BackchannelAuthentication: "backchannel_authentication_api", POST "/api/{serviceId}/backchannel/authentication";
    BackchannelAuthenticationIssue: "backchannel_authentication_issue_api", POST "/api/{serviceId}/backchannel/authentication/issue";
    BackchannelAuthenticationFail: "backchannel_authentication_fail_api", POST "/api/{serviceId}/backchannel/authentication/fail";
    BackchannelAuthenticationComplete: "backchannel_authentication_complete_api", POST "/api/{serviceId}/backchannel/authentication/complete";
    BackchannelLogoutToken: "backchannel_logout_token_api", POST "/api/{serviceId}/backchannel/logout/token";
    DeviceAuthorization: "device_authorization_api", POST "/api/{serviceId}/device/authorization" => device::authorize;
    DeviceVerification: "device_verification_api", POST "/api/{serviceId}/device/verification" => device::verify;
    DeviceComplete: "device_complete_api", POST "/api/{serviceId}/device/complete" => device::complete;
    VerifyJose: "jose_verify_api", POST "/api/{serviceId}/jose/verify";
    FederationConfiguration: "federation_configuration_api", POST "/api/{serviceId}/federation/configuration";
    FederationRegistration: "federation_registration_api", POST "/api/{serviceId}/federation/registration";
    NativeSso: "native_sso_api", POST "/api/{serviceId}/nativesso";
    NativeSsoLogout: "native_sso_logout_api", POST "/api/{serviceId}/nativesso/logout";
    AttestationChallenge: "attestation_challenge_api", POST "/api/{serviceId}/attestation/challenge";
    CreateHsk: "hsk_create_api", POST "/api/{serviceId}/hsk/create";
    GetHsk: "hsk_get_api", GET "/api/{serviceId}/hsk/get/{handle}";
    ListHsks: "hsk_get_list_api", GET "/api/{serviceId}/hsk/get/list";
    DeleteHsk: "hsk_delete_api", DELETE "/api/{serviceId}/hsk/delete/{handle}";
    VciMetadata: "vci_metadata_api", POST "/api/{serviceId}/vci/metadata";
    VciJwtIssuer: "vci_jwtissuer_api", POST "/api/{serviceId}/vci/jwtissuer";
    VciJwks: "vci_jwks_api", POST "/api/{serviceId}/vci/jwks";
    VciNonce: "vci_nonce_api", POST "/api/{serviceId}/vci/nonce";
    CreateVciOffer: "vci_offer_create_api", POST "/api/{serviceId}/vci/offer/create";
    VciOfferInfo: "vci_offer_info_api", POST "/api/{serviceId}/vci/offer/info";
    VciSingleParse: "vci_single_parse_api", POST "/api/{serviceId}/vci/single/parse";
    VciSingleIssue: "vci_single_issue_api", POST "/api/{serviceId}/vci/single/issue";
    VciBatchParse: "vci_batch_parse_api", POST "/api/{serviceId}/vci/batch/parse";
    VciBatchIssue: "vci_batch_issue_api", POST "/api/{serviceId}/vci/batch/issue";
    VciDeferredParse: "vci_deferred_parse_api", POST "/api/{serviceId}/vci/deferred/parse";
    VciDeferredIssue: "vci_deferred_issue_api", POST "/api/{serviceId}/vci/deferred/issue";
    HealthCheck: "get_/api/lifecycle/healthcheck", GET "/api/lifecycle/healthcheck";
    Echo: "misc_echo_api", GET "/api/misc/echo";
    Info: "info_api", GET "/api/info" => services::info;
}
