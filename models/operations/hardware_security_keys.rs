use crate::models::HskCreateRequest;

request! {
    /// What [`hardware_security_keys_create`](crate::funcs::hardware_security_keys_create) sends.
    pub struct HskCreateApiRequest(
        /// The key to create.
        hsk_create_request: HskCreateRequest,
    ) {}
}

request! {
    /// What [`hardware_security_keys_delete`](crate::funcs::hardware_security_keys_delete) sends.
    pub struct HskDeleteApiRequest(
        /// The handle of the key.
        handle: String,
    ) {}
}

request! {
    /// What [`hardware_security_keys_get`](crate::funcs::hardware_security_keys_get) sends.
    pub struct HskGetApiRequest(
        /// The handle of the key.
        handle: String,
    ) {}
}

request! {
    /// What [`hardware_security_keys_list`](crate::funcs::hardware_security_keys_list) sends.
    pub struct HskGetListApiRequest {}
}
