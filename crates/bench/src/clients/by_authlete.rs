use authlete::AuthleteCore;
use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{TokenCreateBatchResponse, TokenCreateBatchStatusResponse};

use super::Client;
use super::answers::ours;
use crate::common::Result;
use crate::server::{BEARER, SERVICE};

/// This SDK, with all of its promises on.
pub(crate) struct ByAuthlete(AuthleteCore);

impl Client for ByAuthlete {
    type Batch = AuthTokenCreateBatchApiRequest;
    type Status = TokenCreateBatchStatusResponse;
    type Created = TokenCreateBatchResponse;

    async fn new(url: &str) -> Result<Self> {
        Ok(Self(AuthleteCore::builder().bearer(BEARER).base_url(url).service_id(SERVICE).build()?))
    }

    async fn another(&self) -> Result<Self> {
        Ok(Self(self.0.clone()))
    }

    async fn status(&mut self, batch: &str) -> Result<TokenCreateBatchStatusResponse> {
        let request = AuthTokenCreateBatchStatusApiRequest::new(batch);
        Ok(token_operations_auth_token_create_batch_status_api(&self.0, &request, None).await?.value)
    }

    fn tokens(count: usize) -> AuthTokenCreateBatchApiRequest {
        AuthTokenCreateBatchApiRequest::new((0..count).map(ours))
    }

    async fn batch(&mut self, request: &AuthTokenCreateBatchApiRequest) -> Result<TokenCreateBatchResponse> {
        Ok(token_operations_auth_token_create_batch_api(&self.0, request, None).await?.value)
    }
}
