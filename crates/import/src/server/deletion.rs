//! Deleting tokens by value.

use std::sync::Arc;

use authlete::Secret;
use authlete::funcs::token_management_delete;
use authlete::models::operations::AuthTokenDeleteApiRequest;

use super::concurrent::for_each;
use super::connection::Server;
use super::pace::RequestKind;
use super::refusal::{refusal_of_one, says_not_found};
use super::retry::Failure;
use crate::stop::Stop;

/// What came of the deletion of a token.
pub(crate) enum Deletion {
    Deleted,
    /// It was not there: it has been deleted before, or has expired.
    Absent,
    /// This token alone cannot be deleted, for this reason.
    Refused(String),
}

/// Deletes tokens, and tells what came of each. Of those that nothing is told of it is not known.
pub(crate) async fn delete_each<I: Copy + Send + 'static>(
    server: &Arc<Server>,
    tokens: impl IntoIterator<Item = (I, Secret)>,
) -> (Vec<(I, Deletion)>, Option<Stop>) {
    let work = |(name, token): (I, Secret)| {
        let server = Arc::clone(server);
        async move {
            let request = AuthTokenDeleteApiRequest::new(token);
            let asked = server.ask(RequestKind::Single, |core| {
                let request = request.clone();
                async move { token_management_delete(&core, &request, None).await }
            });
            match asked.await {
                Ok(_) => Ok((name, Deletion::Deleted)),
                Err(Failure::Refused(error)) if says_not_found(&error) => Ok((name, Deletion::Absent)),
                Err(Failure::Refused(error)) => match refusal_of_one(&error) {
                    Some(reason) => Ok((name, Deletion::Refused(reason))),
                    None => Err(Failure::Refused(error)),
                },
                // The others are answered.
                Err(Failure::Silent(..)) if !server.is_spent() => {
                    Ok((name, Deletion::Refused("the server does not answer for it".to_owned())))
                }
                Err(failure) => Err(failure),
            }
        }
    };
    for_each(tokens, server.lookups, work).await
}

/// Deletes tokens, and tells of each that is gone now whether it was there. Those that nothing is told of are not gone.
pub(crate) async fn delete<I: Copy + Send + 'static>(
    server: &Arc<Server>,
    tokens: impl IntoIterator<Item = (I, Secret)>,
) -> (Vec<(I, bool)>, Option<Stop>) {
    let (done, mut stop) = delete_each(server, tokens).await;
    let mut gone = Vec::with_capacity(done.len());
    for (name, deletion) in done {
        match deletion {
            Deletion::Deleted => gone.push((name, true)),
            Deletion::Absent => gone.push((name, false)),
            Deletion::Refused(reason) => {
                stop.get_or_insert_with(|| Stop::during("a token cannot be deleted", reason));
            }
        }
    }
    (gone, stop)
}
