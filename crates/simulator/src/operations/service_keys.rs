//! The service's key set (RFC 7517).

use serde::Deserialize;
use serde_json::Value;

use super::answer::{Answer, Refusal, members};
use super::call::Call;
use crate::protocol::settings::Settings;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    include_private_keys: Option<bool>,
}

/// Shows the key set, without its private members unless they are asked for.
pub(super) fn jwks(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Query { include_private_keys } = call.query()?;
    let keys: Value = call.engine.with(|world| {
        let keys = Settings(&world.config.switches(&call.service_id).service).keys();
        if include_private_keys.unwrap_or_default() { keys.private() } else { keys.public() }
    });
    Ok(Answer::ok(members(true, keys)))
}
