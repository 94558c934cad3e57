//! Response types and response modes (OAuth 2.0 Multiple Response Type Encoding Practices; Form Post Response Mode).

use super::codes;
use super::problem::OAuthError;
use super::settings::Settings;
use crate::state::{ResponseMode, ResponseType};

/// Reads `response_type`, whose words may stand in any order. `None` for one that is not known.
pub(crate) fn parse(text: &str) -> Option<ResponseType> {
    if text == "none" {
        return Some(ResponseType::default());
    }
    let mut read = ResponseType::default();
    for word in text.split(' ') {
        let flag = match word {
            "code" => &mut read.code,
            "token" => &mut read.token,
            "id_token" => &mut read.id_token,
            _ => return None,
        };
        if std::mem::replace(flag, true) {
            return None;
        }
    }
    Some(read)
}

/// Whether service and client have the response type. A client that lists none has `code` (RFC 7591, section 2).
pub(crate) fn is_allowed(asked: ResponseType, service: Settings<'_>, client: Settings<'_>) -> bool {
    let name = match (asked.code, asked.id_token, asked.token) {
        (false, false, false) => "NONE",
        (true, false, false) => "CODE",
        (false, false, true) => "TOKEN",
        (false, true, false) => "ID_TOKEN",
        (true, false, true) => "CODE_TOKEN",
        (true, true, false) => "CODE_ID_TOKEN",
        (false, true, true) => "ID_TOKEN_TOKEN",
        (true, true, true) => "CODE_ID_TOKEN_TOKEN",
    };
    let own = client.list("responseTypes").map_or(name == "CODE", |mut own| own.any(|own| own == name));
    own && service.allows("supportedResponseTypes", name)
}

/// How the response travels: as asked, else in the fragment as soon as there is a token in it. A token never travels in
/// the query.
pub(crate) fn mode(asked: Option<&str>, response_type: ResponseType) -> Result<ResponseMode, OAuthError> {
    let has_token = response_type.token || response_type.id_token;
    match asked {
        None if has_token => Ok(ResponseMode::Fragment),
        None => Ok(ResponseMode::Query),
        Some("query") if !has_token => Ok(ResponseMode::Query),
        Some("fragment") => Ok(ResponseMode::Fragment),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some(_) => Err(MODE),
    }
}

const MODE: OAuthError = OAuthError::invalid_request(
    codes::RESPONSE_MODE,
    "The 'response_mode' is not supported, or not with this 'response_type'.",
);

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;

    #[test]
    fn words_may_stand_in_any_order_and_once() {
        assert_eq!(parse("id_token code"), parse("code id_token"));
        assert_eq!(parse("none"), Some(ResponseType::default()));
        for text in ["", "code code", "code none", "code  token", "Code", "code\u{0}"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_client_has_what_it_lists() {
        let allowed = |text: &str, own: Value, service: Value| {
            let of = |value: Value| value.as_object().cloned().unwrap_or_else(Map::new);
            is_allowed(parse(text).unwrap(), Settings(&of(service)), Settings(&of(own)))
        };
        assert!(allowed("code", json!({}), json!({})));
        assert!(!allowed("token", json!({}), json!({})));
        for (text, name) in [
            ("none", "NONE"),
            ("token", "TOKEN"),
            ("id_token", "ID_TOKEN"),
            ("code token", "CODE_TOKEN"),
            ("code id_token", "CODE_ID_TOKEN"),
            ("token id_token", "ID_TOKEN_TOKEN"),
            ("code id_token token", "CODE_ID_TOKEN_TOKEN"),
        ] {
            assert!(allowed(text, json!({"responseTypes": [name]}), json!({})), "{text}");
            assert!(!allowed(text, json!({"responseTypes": [name]}), json!({"supportedResponseTypes": []})));
        }
    }

    #[test]
    fn a_token_never_travels_in_the_query() {
        let (code, token) = (parse("code").unwrap(), parse("code token").unwrap());
        assert_eq!(mode(None, code), Ok(ResponseMode::Query));
        assert_eq!(mode(Some("form_post"), code), Ok(ResponseMode::FormPost));
        assert_eq!(mode(None, token), Ok(ResponseMode::Fragment));
        assert_eq!(mode(Some("query"), token), Err(MODE));
        assert_eq!(mode(Some("jwt"), code), Err(MODE));
    }
}
