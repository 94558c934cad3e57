use super::RawJson;
use super::table::{Fragment, Place, Value};

/// The claims about transactions that one `verified_claims` asks for, in the form in which the server sent them.
///
/// The API description has a list of names, Authlete's Java library an object with that list in `array`. Which of them servers
/// send is not known, so both are read.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimsForTx(RawJson);

impl ClaimsForTx {
    /// The names of the claims. `None` if the server sent neither of the two forms: look at [`as_raw`](Self::as_raw) then.
    #[must_use]
    pub fn names(&self) -> Option<Vec<String>> {
        let in_object = || {
            let mut members: std::collections::BTreeMap<String, Option<Vec<String>>> = self.0.parse().ok()?;
            members.remove("array").flatten()
        };
        self.0.parse().ok().or_else(in_object)
    }

    /// The JSON as it was received.
    #[must_use]
    pub fn as_raw(&self) -> &RawJson {
        &self.0
    }
}

impl From<RawJson> for ClaimsForTx {
    fn from(json: RawJson) -> Self {
        Self(json)
    }
}

impl Value for ClaimsForTx {
    fn blank() -> Self {
        Self(RawJson::blank())
    }

    fn place(&mut self) -> Place<'_> {
        self.0.place()
    }

    fn fragment(&self) -> Fragment<'_> {
        self.0.fragment()
    }
}

serde_by_table! { ClaimsForTx }
