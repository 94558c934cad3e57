//! Which operations are repeated. The ones that decide by the request are in `predicates`.

use authlete::funcs::*;
use authlete::models::operations::*;
use authlete::models::{
    AuthorizationFailRequest, AuthorizationFailRequestReason, AuthorizationIssueRequest,
    AuthorizationTicketInfoRequest, AuthorizationTicketUpdateRequest, ClientAuthorizationGetListRequest,
    ClientAuthorizationUpdateRequest, ClientExtensionRequestableScopesUpdateRequest, ClientFlagUpdateRequest,
    ClientSecretUpdateRequest, IntrospectionRequest, PushedAuthorizationRequest,
    StandardIntrospectionRequest, TokenFailRequest, TokenFailRequestReason, TokenIssueRequest, TokenRequest,
    UserinfoIssueRequest, UserinfoRequest,
};

use super::{ONCE, REPEATED, sent};

/// Calls each function with its request, and counts how often it is sent.
macro_rules! walk {
    ($expected:ident: $($function:ident($request:expr);)+) => {$(
        let call = async |core: &_, options: &_| $function(core, &$request, Some(options)).await.unwrap_err();
        assert_eq!(sent(call).await, $expected, stringify!($function));
    )+};
}

#[tokio::test(start_paused = true)]
async fn endpoints_that_spend_something_are_called_once() {
    walk! { ONCE:
        authorization_fail(AuthorizationFailRequest::new("t", AuthorizationFailRequestReason::Denied).into());
        authorization_issue(AuthorizationIssueRequest::new("t", "john").into());
        pushed_authorization_create(PushedAuthorizationRequest::new("client_id=42").into());
        token_process(TokenRequest::new("grant_type=client_credentials").into());
        token_fail(TokenFailRequest::new("t", TokenFailRequestReason::Unknown).into());
        token_issue(TokenIssueRequest::new("t", "john").into());
    }
}

#[tokio::test(start_paused = true)]
async fn endpoints_that_read_are_called_again() {
    walk! { REPEATED:
        authorization_management_get_ticket_info(AuthorizationTicketInfoRequest::new("t").into());
        authorization_management_update_ticket(AuthorizationTicketUpdateRequest::new("t", "info").into());
        introspection_process(IntrospectionRequest::new("token").dpop("eyJ").into());
        introspection_standard_process(StandardIntrospectionRequest::new("token=1").into());
        userinfo_process(UserinfoRequest::new("token").dpop("eyJ").into());
        userinfo_issue(UserinfoIssueRequest::new("token").into());
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_gets_a_new_secret_once() {
    walk! { ONCE:
        client_management_refresh_secret(ClientSecretRefreshApiRequest::new("42"));
        client_management_update_secret(
            ClientSecretUpdateApiRequest::new("42", ClientSecretUpdateRequest::new("s"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_else_is_managed_of_a_client_repeats() {
    let page = || ClientAuthorizationGetListRequest::new("john");
    let scopes = || ClientExtensionRequestableScopesUpdateRequest::new().requestable_scopes(["openid"]);
    let update = || ClientAuthorizationUpdateRequest::new("john").scopes(["openid"]);
    walk! { REPEATED:
        client_management_update_lock_flag(
            ClientFlagUpdateApiRequest::new("42", ClientFlagUpdateRequest::new(true))
        );
        client_management_client_authorization_get_list_api(ClientAuthorizationGetListApiRequest::new("john"));
        client_management_client_authorization_get_list_api_post(page().into());
        client_management_list_authorizations(ClientAuthorizationGetListBySubjectApiRequest::new("john"));
        client_management_update_authorizations(ClientAuthorizationUpdateApiRequest::new("42", update()));
        client_management_client_authorization_delete_api(
            ClientAuthorizationDeleteApiRequest::new("42", "john")
        );
        client_management_client_authorization_delete_api_post(
            ClientAuthorizationDeleteApiPostRequest::new("42", "john")
        );
        client_management_delete_authorizations(
            ClientAuthorizationDeleteBySubjectApiRequest::new("42", "john")
        );
        client_management_client_granted_scopes_get_api(ClientGrantedScopesGetApiRequest::new("42", "john"));
        client_management_client_granted_scopes_get_api_post(
            ClientGrantedScopesGetApiPostRequest::new("42", "john")
        );
        client_management_get_granted_scopes(ClientGrantedScopesGetBySubjectApiRequest::new("42", "john"));
        client_management_client_granted_scopes_delete_api(
            ClientGrantedScopesDeleteApiRequest::new("42", "john")
        );
        client_management_delete_granted_scopes(
            ClientGrantedScopesDeleteBySubjectApiRequest::new("42", "john")
        );
        client_management_get_requestable_scopes(ClientExtensionRequestablesScopesGetApiRequest::new("42"));
        client_management_client_extension_requestables_scopes_update_api_post(
            ClientExtensionRequestablesScopesUpdateApiPostRequest::new("42", scopes())
        );
        client_management_update_requestable_scopes(
            ClientExtensionRequestablesScopesUpdateApiRequest::new("42", scopes())
        );
        client_management_delete_requestable_scopes(
            ClientExtensionRequestablesScopesDeleteApiRequest::new("42")
        );
    }
}
