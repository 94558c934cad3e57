//! More operations, so that what each adds to a program can be measured. They are in it but are not called.

use authlete::AuthleteCore;
#[allow(clippy::wildcard_imports)]
use authlete::funcs::*;
#[allow(clippy::wildcard_imports)]
use authlete::models::operations::*;
#[allow(unused_imports)]
use authlete::models::*;

/// Calls these functions with these requests. Boxed, so that no future holds those of all.
#[allow(unused_macros)]
macro_rules! call {
    ($core:ident: $($function:ident($request:expr),)+) => {
        $(Box::pin(async { $function($core, &$request, None).await.ok().map(drop) }).await?;)+
    };
}

/// Ten that send a body.
#[cfg(feature = "ten-with-body")]
pub(crate) async fn more(core: &AuthleteCore, text: &str) -> Option<()> {
    call! { core:
        authorization_issue(AuthAuthorizationIssueApiRequest::new(AuthorizationIssueRequest::new(text, text))),
        authorization_fail(AuthAuthorizationFailApiRequest::new(AuthorizationFailRequest::new(text, text))),
        token_process(AuthTokenApiRequest::new(TokenRequest::new(text))),
        token_issue(AuthTokenIssueApiRequest::new(TokenIssueRequest::new(text, text))),
        token_fail(AuthTokenFailApiRequest::new(TokenFailRequest::new(text, text))),
        introspection_process(AuthIntrospectionApiRequest::new(IntrospectionRequest::new(text))),
        token_management_create(AuthTokenCreateApiRequest::new(TokenCreateRequest::new(text))),
        userinfo_issue(AuthUserinfoIssueApiRequest::new(UserinfoIssueRequest::new(text))),
        revocation_process(AuthRevocationApiRequest::new(RevocationRequest::new(text))),
        device_flow_complete(DeviceCompleteApiRequest::new(DeviceCompleteRequest::new(text, text))),
    }
    Some(())
}

/// Ten that send none.
#[cfg(feature = "ten-without")]
pub(crate) async fn more(core: &AuthleteCore, text: &str) -> Option<()> {
    call! { core:
        service_delete(ServiceDeleteApiRequest::new()),
        service_get_configuration(ServiceConfigurationApiRequest::new()),
        client_delete(ClientDeleteApiRequest::new(text)),
        client_management_refresh_secret(ClientSecretRefreshApiRequest::new(text)),
        client_management_get_granted_scopes(ClientGrantedScopesGetBySubjectApiRequest::new(text, text)),
        client_management_get_requestable_scopes(ClientExtensionRequestablesScopesGetApiRequest::new(text)),
        hardware_security_keys_list(HskGetListApiRequest::new()),
        hardware_security_keys_get(HskGetApiRequest::new(text)),
        token_management_list(AuthTokenGetListApiRequest::new()),
        token_management_delete(AuthTokenDeleteApiRequest::new(text)),
    }
    Some(())
}

/// One that decodes the largest model, which keeps what it does not know.
#[cfg(feature = "service")]
pub(crate) async fn more(core: &AuthleteCore, _: &str) -> Option<()> {
    call! { core: service_get(ServiceGetApiRequest::new()), }
    Some(())
}
