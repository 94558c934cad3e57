//! A set of keys (RFC 7517, section 5).

use serde_json::{Value, json};

use super::algorithm::Algorithm;
use super::jwk::Jwk;

/// The keys of a service or a client.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct KeySet(Vec<Jwk>);

impl KeySet {
    /// Reads `{"keys":[…]}`; keys of unknown kinds are passed over (RFC 7517, section 5).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let set: Value = serde_json::from_str(text).ok()?;
        Some(Self::from_keys(set.get("keys")?.as_array()?))
    }

    /// The keys among these values.
    pub(crate) fn from_keys(keys: &[Value]) -> Self {
        Self(keys.iter().filter_map(Jwk::parse).collect())
    }

    /// The set without private members and without symmetric keys.
    pub(crate) fn public(&self) -> Value {
        json!({"keys": self.0.iter().filter_map(Jwk::public).collect::<Vec<_>>()})
    }

    /// The set as it is.
    pub(crate) fn private(&self) -> Value {
        json!({"keys": self.0.iter().map(Jwk::private).collect::<Vec<_>>()})
    }

    /// The key that signs with this algorithm: the one with the key ID if one is asked for, else the first.
    pub(crate) fn signing(&self, algorithm: Algorithm, kid: Option<&str>) -> Option<&Jwk> {
        let fits = |key: &&Jwk| key.is_private() && key.fits(algorithm);
        self.0.iter().filter(fits).find(|key| kid.is_none_or(|kid| key.kid() == Some(kid)))
    }

    /// The names of the asymmetric algorithms that a key of the set signs with.
    pub(crate) fn algorithms(&self) -> Vec<&'static str> {
        let signs = |algorithm: &Algorithm| self.signing(*algorithm, None).is_some();
        let all = Algorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric());
        all.filter(signs).map(Algorithm::as_str).collect()
    }

    /// The keys that may have signed with this algorithm and key ID.
    pub(crate) fn verifying<'a>(
        &'a self,
        algorithm: Algorithm,
        kid: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Jwk> {
        let is_meant = move |key: &&Jwk| kid.is_none_or(|kid| key.kid().is_none_or(|own| own == kid));
        self.0.iter().filter(move |key| key.fits(algorithm)).filter(is_meant)
    }
}
