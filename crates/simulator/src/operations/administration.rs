//! What the administration of services and of clients has in common: bodies, and refusals of them.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::Refusal;
use super::call::Call;
use crate::config::UnknownMembers;
use crate::json::Members;
use crate::protocol::codes::{self, Code};
use crate::protocol::shape::{MemberFault, Shape};

/// A range of a list.
#[derive(Deserialize)]
pub(super) struct RangeQuery {
    pub(super) start: Option<i32>,
    pub(super) end: Option<i32>,
    pub(super) developer: Option<String>,
}

/// The members that a body sets.
pub(super) fn members_of(
    call: &Call<'_>,
    shape: &Shape,
    unknown: UnknownMembers,
    wrong: Code,
) -> Result<Map<String, Value>, Refusal> {
    let members = match call.form()? {
        Some(pairs) => shape.form_members(pairs),
        None => {
            let Members(members) = call.json()?;
            members
        }
    };
    shape.kept(members, unknown).map_err(|fault| match fault {
        MemberFault::Unknown(path) => {
            let text = format!("the API has no member {}.", printable(&path));
            Refusal::bad_request(codes::UNKNOWN_MEMBER, text)
        }
        MemberFault::WrongKind(path) => {
            Refusal::bad_request(wrong, format!("{} is not of the kind that it must be.", printable(&path)))
        }
    })
}

/// A path as it can stand in a message.
fn printable(path: &str) -> String {
    path.chars().take(200).flat_map(char::escape_debug).collect()
}
