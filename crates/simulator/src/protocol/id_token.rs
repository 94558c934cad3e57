//! The claims of an ID token (OpenID Connect Core 1.0, sections 2 and 3.3.2.11).

use serde_json::{Map, Value, json};

use super::jose::Algorithm;

/// What an ID token says. Times are Unix seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IdToken<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) audience: &'a str,
    /// Whether `aud` is a string (the service's `idTokenAudType`), not an array of one.
    pub(crate) single_audience: bool,
    pub(crate) issued_at: i64,
    pub(crate) duration: i64,
    pub(crate) auth_time: Option<i64>,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) acr: Option<&'a str>,
    /// What is issued beside it, for `at_hash` and `c_hash`, and the request's `state`, for `s_hash`.
    pub(crate) access_token: Option<&'a str>,
    pub(crate) code: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    /// Claims about the user. None replaces one of the others.
    pub(crate) user: Option<&'a Map<String, Value>>,
}

impl IdToken<'_> {
    /// The claims for a token that this algorithm signs.
    pub(crate) fn claims(&self, algorithm: Algorithm) -> Map<String, Value> {
        let audience = if self.single_audience { json!(self.audience) } else { json!([self.audience]) };
        let hash = |text: Option<&str>| text.map(|text| algorithm.half_hash(text));
        let own = [
            ("iss", json!(self.issuer)),
            ("sub", json!(self.subject)),
            ("aud", audience),
            ("exp", json!(self.issued_at.saturating_add(self.duration))),
            ("iat", json!(self.issued_at)),
            ("auth_time", json!(self.auth_time)),
            ("nonce", json!(self.nonce)),
            ("acr", json!(self.acr)),
            ("at_hash", json!(hash(self.access_token))),
            ("c_hash", json!(hash(self.code))),
            ("s_hash", json!(hash(self.state))),
        ];
        with_value(self.user, own)
    }
}

/// The given claims and the others, of which those without a value are left out.
pub(super) fn with_value<const N: usize>(
    given: Option<&Map<String, Value>>,
    own: [(&str, Value); N],
) -> Map<String, Value> {
    let mut claims = given.cloned().unwrap_or_default();
    for (name, value) in own {
        if !value.is_null() {
            claims.insert(name.to_owned(), value);
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_have_values_and_hashes_are_halves() {
        let user = json!({"name": "Jane", "sub": "other"});
        let token = IdToken {
            issuer: "https://as.example",
            subject: "jane",
            audience: "client",
            single_audience: false,
            issued_at: 100,
            duration: 60,
            auth_time: Some(90),
            nonce: None,
            acr: None,
            // The values of OpenID Connect Core 1.0, appendix A.
            access_token: Some("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            code: Some("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk"),
            state: None,
            user: user.as_object(),
        };
        let expected = json!({
            "iss": "https://as.example", "sub": "jane", "aud": ["client"], "exp": 160, "iat": 100, "auth_time": 90,
            "at_hash": "77QmUPtjPfzWtF2AnpK9RQ", "c_hash": "LDktKdoQak3Pk0cnXxCltA", "name": "Jane",
        });
        assert_eq!(Value::Object(token.claims(Algorithm::Rs256)), expected);
        let single = IdToken { single_audience: true, ..token };
        assert_eq!(single.claims(Algorithm::Rs256).get("aud"), Some(&json!("client")));
    }
}
