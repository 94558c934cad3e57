//! Requests of the management of tokens.

use crate::models::Secret;

request! {
    /// What [`token_management_delete`](crate::funcs::token_management_delete) sends.
    pub struct AuthTokenDeleteApiRequest(
        /// The access token, or the hash under which the list of tokens shows it.
        access_token_identifier: Secret,
    ) {}
}

request! {
    /// What [`token_management_list`](crate::funcs::token_management_list) sends.
    pub struct AuthTokenGetListApiRequest {
        /// Only the tokens of this client: its numeric ID or its alias.
        client_identifier: String,
        /// Only the tokens of this user.
        subject: String,
        /// The index of the first token to list, from 0. Absent: 0.
        start: i64,
        /// The index after the last token to list. Absent: 5.
        end: i64,
    }
}
