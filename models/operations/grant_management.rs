use crate::models::GMRequest;

request! {
    /// What [`grant_management_process_request`](crate::funcs::grant_management_process_request) sends.
    pub struct GrantMApiRequest(
        /// The client's request.
        gm_request: GMRequest,
    ) {}
}
