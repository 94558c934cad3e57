use super::{CredentialIssuanceOrder, Secret};

model! {
    /// The credentials to issue.
    pub struct VciBatchIssueRequest {
        /// The access token that came with the request.
        access_token: Secret,
        /// What to issue, one order per request of the batch.
        orders: [CredentialIssuanceOrder],
    }
}
