//! The method-style face.

use crate::error::AuthleteError;
use crate::models::{
    AttestationChallengeResponse, BackchannelLogoutTokenResponse, Client, ClientGetListResponse,
    ClientRegistrationResponse, FederationConfigurationResponse, FederationRegistrationResponse,
    IntrospectionResponse, RawJson, Service, ServiceGetListResponse, ServiceJwksGetResponse, StringMap,
    TokenCreateBatchResponse, TokenCreateBatchStatusResponse, TokenGetListResponse,
};
use crate::options::RequestOptions;
use crate::{AuthleteCore, funcs, models};

/// All operations as methods, in groups: `authlete.token_operations().auth_token_create_batch_api(&request, None)`.
///
/// A method calls the function of the same operation and returns the bare value; use the function where the response's
/// head matters. It holds nothing but an [`AuthleteCore`].
#[derive(Clone, Debug)]
pub struct Authlete {
    core: AuthleteCore,
}

impl Authlete {
    /// The face of this core.
    #[must_use]
    pub fn new(core: AuthleteCore) -> Self {
        Self { core }
    }

    /// The face of a core configured by the environment; see [`AuthleteCore::from_env`].
    ///
    /// # Errors
    /// As [`AuthleteCoreBuilder::build`](crate::AuthleteCoreBuilder::build).
    pub fn from_env() -> Result<Self, AuthleteError> {
        AuthleteCore::from_env().map(Self::new)
    }

    /// The core, for calling functions.
    #[must_use]
    pub fn core(&self) -> &AuthleteCore {
        &self.core
    }
}

impl From<AuthleteCore> for Authlete {
    fn from(core: AuthleteCore) -> Self {
        Self::new(core)
    }
}

/// Writes the groups: a row per operation, with its method, request, function and response.
macro_rules! groups {
    ($($(#[$meta:meta])* $group:ident: $name:ident {
        $($method:ident($request:ident) = $function:ident -> $response:ty;)+
    })+) => {
        impl Authlete {
            $($(#[$meta])*
            #[must_use]
            pub fn $group(&self) -> $name<'_> {
                $name { core: &self.core }
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
        get_configuration_post(ServiceConfigurationApiPostRequest) = service_get_configuration_post -> RawJson;
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
    /// Introspection.
    introspection: Introspection {
        process(AuthIntrospectionApiRequest) = introspection_process -> IntrospectionResponse;
    }
    /// Tokens that exist already.
    token_management: TokenManagement {
        list(AuthTokenGetListApiRequest) = token_management_list -> TokenGetListResponse;
        delete(AuthTokenDeleteApiRequest) = token_management_delete -> ();
    }
    /// Operations on tokens.
    token_operations: TokenOperations {
        auth_token_create_batch_api(AuthTokenCreateBatchApiRequest)
            = token_operations_auth_token_create_batch_api -> TokenCreateBatchResponse;
        auth_token_create_batch_status_api(AuthTokenCreateBatchStatusApiRequest)
            = token_operations_auth_token_create_batch_status_api -> TokenCreateBatchStatusResponse;
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
        get(ClientRegistrationGetApiRequest) = dynamic_client_registration_get -> ClientRegistrationResponse;
        update(ClientRegistrationUpdateApiRequest)
            = dynamic_client_registration_update -> ClientRegistrationResponse;
        delete(ClientRegistrationDeleteApiRequest)
            = dynamic_client_registration_delete -> ClientRegistrationResponse;
    }
    /// Federations.
    federation: Federation {
        configuration(FederationConfigurationApiRequest)
            = federation_configuration -> FederationConfigurationResponse;
        registration(FederationRegistrationApiRequest)
            = federation_registration -> FederationRegistrationResponse;
    }
    /// The server's health.
    lifecycle: Lifecycle {
        get_api_lifecycle_healthcheck(GetApiLifecycleHealthcheckRequest)
            = lifecycle_get_api_lifecycle_healthcheck -> String;
    }
    /// Client attestation.
    attestation: Attestation {
        challenge(AttestationChallengeApiRequest) = attestation_challenge -> AttestationChallengeResponse;
    }
    /// Back-channel logout.
    backchannel_logout: BackchannelLogout {
        token(BackchannelLogoutTokenApiRequest) = backchannel_logout_token -> BackchannelLogoutTokenResponse;
    }
    /// Checks of the connection.
    misc: Misc {
        echo(MiscEchoApiRequest) = misc_echo -> StringMap;
    }
}
