use crate::models::{
    IdtokenReissueRequest, Secret, TokenCreateRequest, TokenRevokeRequest, TokenStatus, TokenUpdateRequest,
};

request! {
    /// What [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token) sends.
    pub struct IdtokenReissueApiRequest(
        /// The tokens the ID token goes with, and its content.
        idtoken_reissue_request: IdtokenReissueRequest,
    ) {}
}

request! {
    /// What [`token_management_list`](crate::funcs::token_management_list) sends.
    pub struct AuthTokenGetListApiRequest {
        /// Only the tokens of this client: its numeric ID or its alias.
        client_identifier: String,
        /// Only the tokens of this user.
        subject: (hidden String),
        /// The index of the first entry to list, from 0 (inclusive). By default 0.
        start: i64,
        /// The index after the last entry to list (exclusive). By default 5.
        end: i64,
        /// Whether to list valid tokens, others or all. Not in the API description; Authlete's Java library always sends it.
        token_status: TokenStatus,
        /// Where the page begins: `nextCursor` of the page before, if the server pages by cursor. Unverified: not in the API
        /// description.
        cursor: String,
    }
}

request! {
    /// What [`token_management_create`](crate::funcs::token_management_create) sends.
    pub struct AuthTokenCreateApiRequest(
        /// The token to create.
        token_create_request: TokenCreateRequest,
    ) {}
}

request! {
    /// What [`token_management_update`](crate::funcs::token_management_update) sends.
    pub struct AuthTokenUpdateApiRequest(
        /// The token and its changes.
        token_update_request: TokenUpdateRequest,
    ) {}
}

request! {
    /// What [`token_management_delete`](crate::funcs::token_management_delete) sends.
    pub struct AuthTokenDeleteApiRequest(
        /// The access token, by its value or its hash.
        access_token_identifier: Secret,
    ) {}
}

request! {
    /// What [`token_management_revoke`](crate::funcs::token_management_revoke) sends.
    pub struct AuthTokenRevokeApiRequest(
        /// The tokens to revoke.
        token_revoke_request: TokenRevokeRequest,
    ) {}
}
