use crate::models::RevocationRequest;

request! {
    /// What [`revocation_process`](crate::funcs::revocation_process) sends.
    pub struct AuthRevocationApiRequest(
        /// The client's request.
        revocation_request: RevocationRequest,
    ) {}
}
