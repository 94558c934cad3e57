//! The claims of an access token that is a JWT (RFC 9068).

use serde_json::{Map, Value, json};

use super::id_token::with_value;
use super::jose::Compact;
use super::settings::Settings;
use crate::state::{Hash, sha256};

/// `typ` in its header (RFC 9068, section 2.1).
pub(crate) const TYPE: &str = "at+jwt";

/// What an access token says. Times are Unix seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JwtAccessToken<'a> {
    pub(crate) issuer: &'a str,
    /// The user, or the client where there is none (RFC 9068, section 2.2).
    pub(crate) subject: &'a str,
    pub(crate) client_id: &'a str,
    /// The resources; the issuer if there are none.
    pub(crate) audience: &'a [String],
    pub(crate) scopes: &'a [Box<str>],
    pub(crate) id: &'a str,
    pub(crate) issued_at: i64,
    /// `None`: never.
    pub(crate) expires_at: Option<i64>,
    pub(crate) auth_time: Option<i64>,
    pub(crate) acr: Option<&'a str>,
    pub(crate) certificate_thumbprint: Option<&'a str>,
    pub(crate) dpop_key_thumbprint: Option<&'a str>,
    pub(crate) authorization_details: Option<&'a Value>,
    /// `jwtAtClaims`. None replaces one of the others.
    pub(crate) extra: Option<&'a Map<String, Value>>,
}

impl JwtAccessToken<'_> {
    pub(crate) fn claims(&self) -> Map<String, Value> {
        let audience = match self.audience {
            [] => json!(self.issuer),
            [one] => json!(one),
            several => json!(several),
        };
        let scope = (!self.scopes.is_empty()).then(|| self.scopes.join(" "));
        with_value(
            self.extra,
            [
                ("iss", json!(self.issuer)),
                ("sub", json!(self.subject)),
                ("aud", audience),
                ("exp", json!(self.expires_at)),
                ("iat", json!(self.issued_at)),
                ("jti", json!(self.id)),
                ("client_id", json!(self.client_id)),
                ("scope", json!(scope)),
                ("auth_time", json!(self.auth_time)),
                ("acr", json!(self.acr)),
                ("cnf", confirmation(self.certificate_thumbprint, self.dpop_key_thumbprint)),
                ("authorization_details", json!(self.authorization_details)),
            ],
        )
    }
}

/// The hash by which an access token is found, as the client has it: of the text itself or, for a JWT of the service, of
/// its `jti`.
pub(crate) fn hash(access_token: &str, service: Settings<'_>) -> Hash {
    sha256(identifier(access_token, service).as_deref().unwrap_or(access_token))
}

/// `jti` of a JWT access token, if one of the service's keys signed it.
fn identifier(text: &str, service: Settings<'_>) -> Option<String> {
    let jwt = Compact::parse(text)?;
    let header = |name: &str| jwt.header.get(name).and_then(Value::as_str);
    let algorithm = jwt.algorithm().filter(|algorithm| !algorithm.is_symmetric())?;
    if header("typ") != Some(TYPE) {
        return None;
    }
    let keys = service.keys();
    let is_signed = keys.verifying(algorithm, header("kid")).any(|key| jwt.verifies(key));
    jwt.text("jti").filter(|_| is_signed).map(str::to_owned)
}

/// `cnf`: the keys that a token is bound to (RFC 8705, section 3.1; RFC 9449, section 6.1); `null` if there are none.
pub(crate) fn confirmation(certificate_thumbprint: Option<&str>, dpop_key_thumbprint: Option<&str>) -> Value {
    let keys = [("x5t#S256", json!(certificate_thumbprint)), ("jkt", json!(dpop_key_thumbprint))];
    let keys = with_value(None, keys);
    if keys.is_empty() { Value::Null } else { Value::Object(keys) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_what_rfc_9068_asks_for() {
        let extra = json!({"team": 7, "iss": "other"});
        let token = JwtAccessToken {
            issuer: "https://as.example",
            subject: "jane",
            client_id: "5",
            audience: &[],
            scopes: &["a".into(), "b".into()],
            id: "1",
            issued_at: 100,
            expires_at: Some(160),
            auth_time: None,
            acr: None,
            certificate_thumbprint: None,
            dpop_key_thumbprint: Some("key"),
            authorization_details: None,
            extra: extra.as_object(),
        };
        let expected = json!({
            "iss": "https://as.example", "sub": "jane", "aud": "https://as.example", "exp": 160, "iat": 100,
            "jti": "1", "client_id": "5", "scope": "a b", "cnf": {"jkt": "key"}, "team": 7,
        });
        assert_eq!(Value::Object(token.claims()), expected);
        let audience = ["https://rs.example".to_owned(), "https://other.example".to_owned()];
        let bare = JwtAccessToken { audience: &audience, scopes: &[], dpop_key_thumbprint: None, ..token };
        assert_eq!(bare.claims().get("aud"), Some(&json!(audience)));
        assert!(!bare.claims().contains_key("cnf") && !bare.claims().contains_key("scope"));
    }
}
