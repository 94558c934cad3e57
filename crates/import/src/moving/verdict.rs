//! Verdicts on tokens that exist, and on those whose refresh tokens do.

use super::context::Context;
use super::options::Existing;
use crate::chunking::Batch;
use crate::journal::{Chunk, Finding, Flaw, IN_DOUBT, KNOWN_REFRESH_TOKEN, Member, Outcome, Settlement};
use crate::server::Found;
use crate::stop::Stop;

/// The outcomes on the tokens that exist. What differs from its record is in conflict with it. What is as it should be was
/// created by this import, as far as can be told, if it is not older than the import's first request for it.
pub(super) fn present(context: &Context, chunk: &Chunk, batch: &Batch, found: &[Found]) -> Settlement {
    let set_back = context.server.clock.set_back();
    let mut settlement = Settlement::default();
    for (member, found) in batch.members.iter().zip(found) {
        let Found::Present { created_at, differences } = found else {
            continue;
        };
        // The server may tell the time in whole seconds.
        let is_own = created_at.zip(chunk.not_before).is_some_and(|(at, start)| at + 999 + set_back >= start);
        let (verdict, reason) = if !differences.is_empty() {
            (Outcome::Conflict, Some(format!("there, but differs: {differences}")))
        } else if is_own {
            (Outcome::Created, Some(IN_DOUBT.to_owned()))
        } else {
            match context.delivery.existing {
                Existing::Equal => (Outcome::Existing, None),
                Existing::Fail => (Outcome::Conflict, Some("there already".to_owned())),
            }
        };
        settlement.outcomes.push((*member, verdict, reason));
    }
    settlement
}

/// What is wrong with a token that should be there as its record says; `None` if nothing is.
pub(crate) fn wrong(member: Member, found: &Found) -> Option<Finding> {
    let (flaw, members) = match found {
        Found::Present { differences, .. } if differences.is_empty() => return None,
        Found::Present { differences, .. } if differences.lacks_refresh_token() => {
            (Flaw::Incomplete, differences.to_string())
        }
        Found::Present { differences, .. } => (Flaw::Differs, differences.to_string()),
        Found::Missing => (Flaw::Missing, String::new()),
        Found::Unclear => (Flaw::Unclear, String::new()),
    };
    Some(Finding { member, flaw, members })
}

/// Takes out of the missing records those whose refresh token is there with another access token: no batch can create them.
pub(super) async fn known_refresh_tokens(
    context: &Context,
    batch: &Batch,
    missing: &mut Vec<usize>,
    settlement: &mut Settlement,
) -> Result<(), Stop> {
    /// How many are looked at before all are.
    const FIRST: usize = 8;
    let first = missing.get(..FIRST).unwrap_or(missing);
    let (found, stop) = context.finder.with_known_refresh_token(&batch.wanted(first)).await;
    if let Some(stop) = stop {
        return Err(stop);
    }
    if found.is_empty() {
        return Ok(());
    }
    let (known, stop) = context.finder.with_known_refresh_token(&batch.wanted(missing)).await;
    if let Some(stop) = stop {
        return Err(stop);
    }
    let mut place = 0;
    missing.retain(|index| {
        let is_known = known.contains(&place);
        place += 1;
        if let Some(member) = batch.members.get(*index).filter(|_| is_known) {
            let reason = Some(KNOWN_REFRESH_TOKEN.to_owned());
            settlement.outcomes.push((*member, Outcome::Conflict, reason));
        }
        !is_known
    });
    Ok(())
}
