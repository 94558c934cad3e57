use super::Secret;

model! {
    /// The ticket to turn into an `auth_req_id`.
    pub struct BackchannelAuthenticationIssueRequest(
        /// The ticket from [`ciba_process_authentication`](crate::funcs::ciba_process_authentication).
        ticket: Secret,
    ) {}
}
