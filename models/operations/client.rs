use crate::models::Client;

request! {
    /// What [`client_get`](crate::funcs::client_get) sends.
    pub struct ClientGetApiRequest(
        /// The client's numeric ID.
        client_id: String,
    ) {}
}

request! {
    /// What [`client_list`](crate::funcs::client_list) sends.
    pub struct ClientGetListApiRequest {
        /// Only the clients of this developer.
        developer: String,
        /// The index of the first entry to list, from 0 (inclusive). By default 0.
        start: i64,
        /// The index after the last entry to list (exclusive). By default 5.
        end: i64,
        /// Where the page begins: `nextCursor` of the page before, if the server pages by cursor. Unverified: not in the API
        /// description.
        cursor: String,
    }
}

request! {
    /// What [`client_create`](crate::funcs::client_create) sends.
    pub struct ClientCreateApiRequest(
        /// The client to create.
        client: Client,
    ) {}
}

request! {
    /// What [`client_update`](crate::funcs::client_update) sends.
    pub struct ClientUpdateApiRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The whole client, as read and changed.
        client: Client,
    ) {}
}

request! {
    /// What [`client_update_form`](crate::funcs::client_update_form) sends.
    pub struct ClientUpdateApiFormRequest(
        /// The client's numeric ID.
        client_id: String,
        /// The client, without members that a form cannot express.
        client: Client,
    ) {}
}

request! {
    /// What [`client_delete`](crate::funcs::client_delete) sends.
    pub struct ClientDeleteApiRequest(
        /// The client's numeric ID.
        client_id: String,
    ) {}
}
