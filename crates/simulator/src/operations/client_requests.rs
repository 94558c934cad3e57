//! What the endpoints share at which a client authenticates itself: token, revocation, PAR, device authorization.

use serde::Deserialize;

use super::content::{Rejection, bad};
use crate::config::{Client, Switches};
use crate::protocol::authorization_request::find_unlocked;
use crate::protocol::client_authentication::{Credentials, authenticate};
use crate::protocol::codes::{self, Code};
use crate::protocol::dpop::ProofFault;
use crate::protocol::parameters::RequestParameters;
use crate::protocol::problem::OAuthError;
use crate::protocol::proof::Possession;
use crate::protocol::settings::Settings;
use crate::state::Opaque;

/// The members that a request of a client has at each of the endpoints.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientRequest {
    parameters: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

impl ClientRequest {
    /// The text of the parameters.
    pub(super) fn text(&self) -> &str {
        self.parameters.as_deref().unwrap_or_default()
    }

    pub(super) fn parameters(&self) -> Result<RequestParameters, OAuthError> {
        RequestParameters::parse(self.parameters.as_deref().ok_or(NO_PARAMETERS)?)
    }

    /// The client, authenticated. One that is not is refused with the endpoint's own action.
    pub(super) fn client<'a>(
        &self,
        parameters: &RequestParameters,
        switches: &'a Switches,
        unauthorized: &'static str,
        unknown: OAuthError,
    ) -> Result<&'a Client, Rejection> {
        let credentials = Credentials {
            basic_id: self.client_id.as_deref(),
            basic_secret: self.client_secret.as_deref(),
            form_id: parameters.get("client_id"),
            form_secret: parameters.get("client_secret"),
        };
        let named = credentials.client().map_err(bad)?;
        let client = named.and_then(|named| find_unlocked(switches.clients.as_deref(), named));
        let client = client.ok_or((unauthorized, unknown))?;
        authenticate(&client.members, &credentials).map_err(|problem| (unauthorized, problem))?;
        Ok(client)
    }
}

/// The thumbprint of the key that the request proves to hold (RFC 9449, section 5), if it does or must.
pub(super) fn proven_key(
    shown: &Possession,
    (service, client): (Settings<'_>, &Client),
    (opaque, now): (&Opaque, i64),
    (endpoint, nonce): (&str, Code),
) -> Result<Option<String>, OAuthError> {
    let key = shown.key(service, endpoint, opaque, now).map_err(|fault| {
        let code = match fault {
            ProofFault::NoKey => codes::TOKEN_PROOF_NO_KEY,
            ProofFault::Nonce => nonce,
            _ => codes::TOKEN_PROOF,
        };
        OAuthError::new(code, fault.error(), fault.text())
    })?;
    if key.is_none() && Settings(&client.members).flag("dpopRequired") { Err(NO_PROOF) } else { Ok(key) }
}

const NO_PARAMETERS: OAuthError =
    OAuthError::invalid_request(codes::TOKEN_NO_PARAMETERS, "The parameters are missing.");
pub(super) const CLIENT_UNKNOWN: OAuthError =
    OAuthError::invalid_client(codes::TOKEN_CLIENT, "The request names no client that is known.");
const NO_PROOF: OAuthError =
    OAuthError::new(codes::TOKEN_NO_PROOF, "invalid_dpop_proof", "The client must show a DPoP proof.");
