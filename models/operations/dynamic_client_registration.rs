use crate::models::ClientRegistrationRequest;

request! {
    /// What [`dynamic_client_registration_register`](crate::funcs::dynamic_client_registration_register) sends.
    pub struct ClientRegistrationApiRequest(
        /// The client's request.
        client_registration_request: ClientRegistrationRequest,
    ) {}
}

request! {
    /// What [`dynamic_client_registration_get`](crate::funcs::dynamic_client_registration_get) sends.
    pub struct ClientRegistrationGetApiRequest(
        /// The client's request.
        client_registration_request: ClientRegistrationRequest,
    ) {}
}

request! {
    /// What [`dynamic_client_registration_update`](crate::funcs::dynamic_client_registration_update) sends.
    pub struct ClientRegistrationUpdateApiRequest(
        /// The client's request.
        client_registration_request: ClientRegistrationRequest,
    ) {}
}

request! {
    /// What [`dynamic_client_registration_delete`](crate::funcs::dynamic_client_registration_delete) sends.
    pub struct ClientRegistrationDeleteApiRequest(
        /// The client's request.
        client_registration_request: ClientRegistrationRequest,
    ) {}
}
