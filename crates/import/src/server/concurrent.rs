//! The same for many, some at a time.

use tokio::task::JoinSet;

use super::retry::Failure;
use crate::stop::Stop;

/// Does the work for each item, at most so many at a time, and returns what came of it in any order. If something fails,
/// nothing new is begun; what has been done until then is kept.
pub(crate) async fn for_each<I, T, F>(
    items: impl IntoIterator<Item = I>,
    at_a_time: usize,
    work: impl Fn(I) -> F,
) -> (Vec<T>, Option<Stop>)
where
    T: Send + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let mut items = items.into_iter();
    let (mut done, mut stop) = (Vec::new(), None);
    let mut tasks = JoinSet::new();
    loop {
        while stop.is_none()
            && tasks.len() < at_a_time
            && let Some(item) = items.next()
        {
            tasks.spawn(work(item));
        }
        match tasks.join_next().await {
            Some(Ok(Ok(what))) => done.push(what),
            Some(Ok(Err(failure))) => {
                if matches!(failure, Failure::Silent(..)) {
                    // Each of the others would have to lose its patience too.
                    tasks.abort_all();
                }
                stop.get_or_insert_with(|| failure.into());
            }
            Some(Err(error)) if error.is_cancelled() => {}
            Some(Err(error)) => _ = stop.get_or_insert_with(|| Stop::during("a request failed", error)),
            None => return (done, stop),
        }
    }
}
