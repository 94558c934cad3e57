use super::CredentialIssuanceOrder;

model! {
    /// The deferred credential to issue.
    pub struct VciDeferredIssueRequest {
        /// What to issue.
        order: CredentialIssuanceOrder,
        /// Whether the request is refused: the wallet gets the error `credential_request_denied`. Newer servers only.
        denied: bool,
        /// After how many seconds the wallet may ask for a deferred credential. Newer servers only.
        interval: i64,
    }
}
