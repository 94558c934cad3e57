//! Deleting tokens by value.

use std::sync::Arc;

use authlete::Secret;
use authlete::funcs::token_management_delete;
use authlete::models::operations::AuthTokenDeleteApiRequest;

use super::connection::Server;
use super::pace::Kind;
use super::patience::Failure;
use super::refusal::says_not_found;
use super::several::for_each;
use crate::stop::Stop;

/// Deletes tokens, and tells of each that is gone now whether it was there. Those that nothing is told of are not gone.
pub(crate) async fn delete<I: Copy + Send + 'static>(
    server: &Arc<Server>,
    tokens: impl IntoIterator<Item = (I, Secret)>,
) -> (Vec<(I, bool)>, Option<Stop>) {
    let work = |(name, token): (I, Secret)| {
        let server = Arc::clone(server);
        async move {
            let request = AuthTokenDeleteApiRequest::new(token);
            let asked = server.ask(Kind::Single, |core| {
                let request = request.clone();
                async move { token_management_delete(&core, &request, None).await }
            });
            match asked.await {
                Ok(_) => Ok((name, true)),
                // It has been deleted before, or has expired.
                Err(Failure::Refused(error)) if says_not_found(&error) => Ok((name, false)),
                Err(failure) => Err(failure),
            }
        }
    };
    for_each(tokens, server.lookups, work).await
}
