use crate::models::JoseVerifyRequest;

request! {
    /// What [`jose_object_jose_verify_api`](crate::funcs::jose_object_jose_verify_api) sends.
    pub struct JoseVerifyApiRequest(
        /// The object to verify.
        jose_verify_request: JoseVerifyRequest,
    ) {}
}
