//! The revocation endpoint (RFC 7009).

use serde_json::{Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::client_requests::ClientRequest;
use super::content::{Action, Rejection, bad, decided};
use crate::config::Switches;
use crate::json::Object;
use crate::protocol::client;
use crate::protocol::codes;
use crate::protocol::jwt_access_token;
use crate::protocol::problem::OAuthError;
use crate::protocol::settings::Settings;
use crate::state::{Deletion, State, sha256};

/// Revokes the pair to which a token belongs. That a token does not exist is no error.
pub(super) fn revoke(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<ClientRequest>>()?;
    Ok(decided(call, |state, switches, now| end(call, state, switches, &request, now)))
}

fn end(
    call: &Call<'_>,
    state: &mut State,
    switches: &Switches,
    request: &ClientRequest,
    now: i64,
) -> Result<(Action, Value), Rejection> {
    let parameters = request.parameters().map_err(bad)?;
    let client = request.client(&parameters, switches, "INVALID_CLIENT", NO_CLIENT)?;
    let token = parameters.get("token").ok_or(bad(NO_TOKEN))?;
    let store = &mut state.store;
    // `token_type_hint` could only change the order, and no value is both.
    let access = store.find(&call.service_id, &jwt_access_token::hash(token, Settings(&switches.service)));
    let slot = access.or_else(|| store.find_by_refresh(&call.service_id, &sha256(token)));
    if let Some((slot, found)) = slot.and_then(|slot| Some((slot, store.get(slot)?))) {
        let number = client.client_id.to_string();
        if !client::owns(found, &number, Some(client.client_id)) {
            return Err(bad(OF_ANOTHER));
        }
        store.delete(slot, Deletion::Requested, now);
    }
    // RFC 7009, section 2.3.
    let content = parameters.get("callback").map(|callback| format!("{callback}();"));
    Ok((("OK", codes::REVOKED, "The token is not valid any more."), json!({"responseContent": content})))
}

const NO_CLIENT: OAuthError =
    OAuthError::invalid_client(codes::REVOCATION_CLIENT, "The request names no client that is known.");
const NO_TOKEN: OAuthError =
    OAuthError::invalid_request(codes::REVOCATION_NO_TOKEN, "The request has no 'token'.");
const OF_ANOTHER: OAuthError =
    OAuthError::invalid_request(codes::REVOCATION_OF_ANOTHER, "The token belongs to another client.");
