//! The operations, an API group to a file: JSON in, JSON out.
//!
//! An operation is a row of the table in `table` and, if it is played, a function in the file of its group.

mod administration;
mod answer;
mod authorization;
mod authorization_decisions;
mod call;
mod client_requests;
mod client_settings;
mod clients;
mod consents;
mod content;
mod decision;
mod device;
mod engine;
mod form;
mod grants;
mod id_tokens;
mod introspection;
mod issuing;
mod password;
mod pushed_authorization;
mod refreshing;
mod revocation;
mod service_keys;
mod services;
mod standard_introspection;
mod table;
mod token_changes;
mod token_endpoint;
mod token_management;
mod token_operations;
mod userinfo;

use http::StatusCode;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

pub(crate) use answer::{Answer, JSON, Refusal};
pub(crate) use call::Call;
pub use engine::Refused;
pub(crate) use engine::{Engine, create_request};
pub(crate) use form::{is_well_encoded, pairs};
pub use table::Operation;

use crate::protocol::codes;

/// Names of operations that the API description lacks, as the Java library has them, and their IDs.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("java:createService", "service_create_api"),
    ("java:deleteGrantedScopes", "client_granted_scopes_delete_api_post"),
    ("java:credentialNonce", "vci_nonce_api"),
    ("java:attestationChallenge", "attestation_challenge_api"),
    ("java:backchannelLogoutToken", "backchannel_logout_token_api"),
    ("java:echo", "misc_echo_api"),
    ("java:getServiceConfiguration(patch)", "service_configuration_api_post"),
];

/// The operation ID.
impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == id);
        let known = other.map_or(id.as_str(), |(_, known)| known);
        let found = Self::ALL.iter().find(|operation| operation.id() == known);
        found.copied().ok_or_else(|| {
            D::Error::invalid_value(Unexpected::Str(&id), &"the ID of an operation of the API")
        })
    }
}

impl Operation {
    /// What the operation is called in result messages: the part of its path without parameters.
    pub(crate) fn label(self) -> &'static str {
        let path = self.path();
        let path = path.strip_prefix("/api/{serviceId}").unwrap_or(path);
        path.split("/{").next().unwrap_or(path)
    }

    /// Whether the path names a service.
    pub(crate) fn is_of_service(self) -> bool {
        self.path().starts_with("/api/{serviceId}/")
    }

    /// Whether anybody may ask, without a bearer.
    pub(crate) fn is_public(self) -> bool {
        self == Self::Info
    }

    /// Whether the simulator carries the operation out. What it does not play, it answers with 501.
    pub fn is_played(self) -> bool {
        self.run().is_some()
    }

    /// Carries the operation out. A refusal is an answer like any other.
    pub(crate) fn answer(self, call: &Call<'_>) -> Answer {
        let answer = self.run().map_or_else(|| Err(self.not_played()), |run| run(call));
        answer.unwrap_or_else(|refusal| Answer::refused(&refusal, self.label()))
    }

    fn not_played(self) -> Refusal {
        let text = format!("the simulator does not play the operation {}.", self.id());
        Refusal::new(StatusCode::NOT_IMPLEMENTED, codes::NOT_PLAYED, text)
    }
}
