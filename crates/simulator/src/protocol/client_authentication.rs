//! Client authentication (RFC 6749, section 2.3): by the client's `tokenAuthMethod`, and only there.

use serde_json::{Map, Value};

use super::codes;
use super::problem::OAuthError;

/// What a request shows of its client.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Credentials<'a> {
    /// The user name and the password of HTTP Basic.
    pub(crate) basic_id: Option<&'a str>,
    pub(crate) basic_secret: Option<&'a str>,
    /// `client_id` and `client_secret` among the parameters.
    pub(crate) form_id: Option<&'a str>,
    pub(crate) form_secret: Option<&'a str>,
}

impl<'a> Credentials<'a> {
    /// Who the request says that the client is; a problem when it names two.
    pub(crate) fn client(&self) -> Result<Option<&'a str>, OAuthError> {
        match (self.basic_id, self.form_id) {
            (Some(one), Some(other)) if one != other => Err(TWO_CLIENTS),
            (one, other) => Ok(one.or(other)),
        }
    }
}

/// Authenticates a client, given as the JSON that it is kept as. A secret elsewhere, in addition, is not looked at.
pub(crate) fn authenticate(
    client: &Map<String, Value>,
    credentials: &Credentials<'_>,
) -> Result<(), OAuthError> {
    let text = |name: &str| client.get(name).and_then(Value::as_str);
    let (right, wrong) = match text("tokenAuthMethod").unwrap_or("CLIENT_SECRET_BASIC") {
        "NONE" => return Ok(()),
        "CLIENT_SECRET_BASIC" => (credentials.basic_secret, credentials.form_secret),
        "CLIENT_SECRET_POST" => (credentials.form_secret, credentials.basic_secret),
        _ => return Err(NOT_PLAYED),
    };
    match (right, wrong) {
        (Some(secret), _) if Some(secret) == text("clientSecret") => Ok(()),
        (Some(_), _) => Err(WRONG),
        (None, Some(_)) => Err(ELSEWHERE),
        (None, None) => Err(MISSING),
    }
}

const MISSING: OAuthError =
    OAuthError::invalid_client(codes::CLIENT_SECRET_MISSING, "The client must authenticate.");
const WRONG: OAuthError =
    OAuthError::invalid_client(codes::CLIENT_SECRET_WRONG, "The client's secret is wrong.");
const ELSEWHERE: OAuthError = OAuthError::invalid_client(
    codes::CLIENT_SECRET_ELSEWHERE,
    "The secret is not where the client's authentication method puts it.",
);
const TWO_CLIENTS: OAuthError =
    OAuthError::invalid_request(codes::CLIENT_TWICE, "The request names two different clients.");
const NOT_PLAYED: OAuthError = OAuthError::invalid_client(
    codes::CLIENT_METHOD_NOT_PLAYED,
    "The simulator does not play the client's authentication method.",
);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(method: Option<&str>, basic: Option<&str>, form: Option<&str>) -> Result<(), OAuthError> {
        let client = json!({"clientSecret": "right", "tokenAuthMethod": method});
        let credentials = Credentials { basic_secret: basic, form_secret: form, ..Credentials::default() };
        authenticate(client.as_object().unwrap(), &credentials)
    }

    #[test]
    fn a_secret_counts_where_the_method_puts_it_alone() {
        let (right, wrong) = (Some("right"), Some("wrong"));
        for method in [None, Some("CLIENT_SECRET_BASIC")] {
            assert_eq!(judged(method, right, None), Ok(()));
            assert_eq!(judged(method, right, wrong), Ok(()));
            assert_eq!(judged(method, wrong, right), Err(WRONG));
            assert_eq!(judged(method, None, right), Err(ELSEWHERE));
            assert_eq!(judged(method, None, None), Err(MISSING));
        }
        let post = Some("CLIENT_SECRET_POST");
        assert_eq!(judged(post, None, right), Ok(()));
        assert_eq!(judged(post, wrong, right), Ok(()));
        assert_eq!(judged(post, right, wrong), Err(WRONG));
        assert_eq!(judged(post, right, None), Err(ELSEWHERE));
        assert_eq!(judged(post, None, None), Err(MISSING));
        assert_eq!(judged(Some("NONE"), None, None), Ok(()));
        assert_eq!(judged(Some("TLS_CLIENT_AUTH"), right, right), Err(NOT_PLAYED));
    }

    #[test]
    fn a_request_names_one_client() {
        let named = |basic_id, form_id| Credentials { basic_id, form_id, ..Credentials::default() }.client();
        assert_eq!(named(Some("1"), Some("1")), Ok(Some("1")));
        assert_eq!(named(None, Some("1")), Ok(Some("1")));
        assert_eq!(named(None, None), Ok(None));
        assert_eq!(named(Some("1"), Some("2")), Err(TWO_CLIENTS));
    }
}
