use crate::models::{
    ClientAuthorizationGetListRequest, ClientAuthorizationUpdateRequest,
    ClientExtensionRequestableScopesUpdateRequest, ClientFlagUpdateRequest, ClientSecretUpdateRequest,
};

request! {
    /// What [`client_management_update_lock_flag`](crate::funcs::client_management_update_lock_flag) sends.
    pub struct ClientFlagUpdateApiRequest(
        /// The client's numeric ID or alias.
        client_identifier: String,
        /// The flag.
        client_flag_update_request: ClientFlagUpdateRequest,
    ) {}
}

request! {
    /// What [`client_management_refresh_secret`](crate::funcs::client_management_refresh_secret) sends.
    pub struct ClientSecretRefreshApiRequest(
        /// The client's numeric ID or alias.
        client_identifier: String,
    ) {}
}

request! {
    /// What [`client_management_update_secret`](crate::funcs::client_management_update_secret) sends.
    pub struct ClientSecretUpdateApiRequest(
        /// The client's numeric ID or alias.
        client_identifier: String,
        /// The secret.
        client_secret_update_request: ClientSecretUpdateRequest,
    ) {}
}

request! {
    /// What
    /// [`client_management_client_authorization_get_list_api`](crate::funcs::client_management_client_authorization_get_list_api)
    /// sends.
    pub struct ClientAuthorizationGetListApiRequest(
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {
        /// Only the clients of this developer: the developer's unique ID.
        developer: String,
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// Where the page begins: `nextCursor` of the page before, if the server pages by cursor. Unverified: not in the API
        /// description.
        cursor: String,
    }
}

request! {
    /// What
    /// [`client_management_client_authorization_get_list_api_post`](crate::funcs::client_management_client_authorization_get_list_api_post)
    /// sends.
    pub struct ClientAuthorizationGetListApiPostRequest(
        /// The user, and which page.
        client_authorization_get_list_request: ClientAuthorizationGetListRequest,
    ) {}
}

request! {
    /// What [`client_management_list_authorizations`](crate::funcs::client_management_list_authorizations) sends.
    pub struct ClientAuthorizationGetListBySubjectApiRequest(
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {
        /// Only the clients of this developer: the developer's unique ID.
        developer: String,
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// Where the page begins: `nextCursor` of the page before, if the server pages by cursor. Unverified: not in the API
        /// description.
        cursor: String,
    }
}

request! {
    /// What [`client_management_update_authorizations`](crate::funcs::client_management_update_authorizations) sends.
    pub struct ClientAuthorizationUpdateApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user and the scopes.
        client_authorization_update_request: ClientAuthorizationUpdateRequest,
    ) {}
}

request! {
    /// What
    /// [`client_management_client_authorization_delete_api`](crate::funcs::client_management_client_authorization_delete_api)
    /// sends.
    pub struct ClientAuthorizationDeleteApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {}
}

request! {
    /// What
    /// [`client_management_client_authorization_delete_api_post`](crate::funcs::client_management_client_authorization_delete_api_post)
    /// sends.
    pub struct ClientAuthorizationDeleteApiPostRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service.
        subject: (hidden String),
    ) {}
}

request! {
    /// What [`client_management_delete_authorizations`](crate::funcs::client_management_delete_authorizations) sends.
    pub struct ClientAuthorizationDeleteBySubjectApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {}
}

request! {
    /// What
    /// [`client_management_client_granted_scopes_get_api`](crate::funcs::client_management_client_granted_scopes_get_api)
    /// sends.
    pub struct ClientGrantedScopesGetApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {}
}

request! {
    /// What
    /// [`client_management_client_granted_scopes_get_api_post`](crate::funcs::client_management_client_granted_scopes_get_api_post)
    /// sends.
    pub struct ClientGrantedScopesGetApiPostRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service.
        subject: (hidden String),
    ) {}
}

request! {
    /// What [`client_management_get_granted_scopes`](crate::funcs::client_management_get_granted_scopes) sends.
    pub struct ClientGrantedScopesGetBySubjectApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {}
}

request! {
    /// What
    /// [`client_management_client_granted_scopes_delete_api`](crate::funcs::client_management_client_granted_scopes_delete_api)
    /// sends.
    pub struct ClientGrantedScopesDeleteApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {}
}

request! {
    /// What
    /// [`client_management_client_granted_scopes_delete_api_post`](crate::funcs::client_management_client_granted_scopes_delete_api_post)
    /// sends.
    pub struct ClientGrantedScopesDeleteApiPostRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service.
        subject: (hidden String),
    ) {}
}

request! {
    /// What [`client_management_delete_granted_scopes`](crate::funcs::client_management_delete_granted_scopes) sends.
    pub struct ClientGrantedScopesDeleteBySubjectApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The user's unique ID at the service. It stands in the URL.
        subject: (hidden String),
    ) {}
}

request! {
    /// What [`client_management_get_requestable_scopes`](crate::funcs::client_management_get_requestable_scopes)
    /// sends.
    pub struct ClientExtensionRequestablesScopesGetApiRequest(
        /// The client's numeric ID.
        client_id: String,
    ) {}
}

request! {
    /// What
    /// [`client_management_client_extension_requestables_scopes_update_api_post`](crate::funcs::client_management_client_extension_requestables_scopes_update_api_post)
    /// sends.
    pub struct ClientExtensionRequestablesScopesUpdateApiPostRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The scopes.
        client_extension_requestable_scopes_update_request: ClientExtensionRequestableScopesUpdateRequest,
    ) {}
}

request! {
    /// What
    /// [`client_management_update_requestable_scopes`](crate::funcs::client_management_update_requestable_scopes)
    /// sends.
    pub struct ClientExtensionRequestablesScopesUpdateApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The scopes.
        client_extension_requestable_scopes_update_request: ClientExtensionRequestableScopesUpdateRequest,
    ) {}
}

request! {
    /// What
    /// [`client_management_delete_requestable_scopes`](crate::funcs::client_management_delete_requestable_scopes)
    /// sends.
    pub struct ClientExtensionRequestablesScopesDeleteApiRequest(
        /// The client's numeric ID.
        client_id: String,
    ) {}
}
