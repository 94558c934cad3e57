//! How records go on whose request came to nothing.

use crate::journal::{Child, Chunk, ChunkState, Member, Outcome, Settlement};

/// How often in a row the outcome for the same records may be lost, before they are taken for the reason.
pub(super) const LOSSES: u32 = 5;

/// What has happened to a request with records that do not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BatchFailure {
    /// The server refuses it, and would so again.
    Refused,
    /// The batch failed, for whatever reason.
    Failed,
    /// It is not known; the records need not be at fault.
    Lost,
    /// It is not known again and again, though that of others is.
    LostAlone,
}

/// Decides how records go on that are missing: together once more, in halves, or, alone and failed again, not at all.
pub(crate) fn divide(
    chunk: &Chunk,
    mut missing: Vec<Member>,
    failure: BatchFailure,
    settlement: &mut Settlement,
) {
    if missing.is_empty() {
        return;
    }
    let alone = chunk.members == 1;
    let child = |members, tries| Child { members, state: ChunkState::Planned, tries, losses: 0 };
    match failure {
        BatchFailure::Lost => {
            let losses = (chunk.losses + 1).min(LOSSES - 1);
            settlement.children.push(Child { losses, ..child(missing, chunk.tries) });
        }
        BatchFailure::LostAlone if alone => {
            settlement.children.push(Child { state: ChunkState::Unclear, ..child(missing, chunk.tries) });
        }
        BatchFailure::Refused | BatchFailure::Failed
            if alone && (failure == BatchFailure::Refused || chunk.tries >= 2) =>
        {
            let reason = chunk.code.clone().unwrap_or_else(|| "refused without a code".to_owned());
            let rejected =
                missing.into_iter().map(|member| (member, Outcome::Rejected, Some(reason.clone())));
            settlement.outcomes.extend(rejected);
        }
        BatchFailure::Failed if alone || missing.len() == 1 || chunk.tries == 0 => {
            settlement.children.push(child(missing, if alone { 2 } else { 1 }));
        }
        BatchFailure::Refused | BatchFailure::Failed | BatchFailure::LostAlone => {
            let second = missing.split_off(missing.len().div_ceil(2));
            settlement.children.extend([child(missing, 1), child(second, 1)]);
        }
    }
}
