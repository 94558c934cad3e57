//! What an authorization request asks of the login (OpenID Connect Core 1.0, sections 3.1.2.1 and 5.5).

use serde_json::{Map, Value};

use super::codes;
use super::parameters::RequestParameters;
use super::problem::OAuthError;
use super::settings::Settings;

/// What the login must be like, for the server to see to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Login {
    /// `prompt`, in capitals.
    pub(crate) prompts: Vec<String>,
    /// `max_age`, in seconds.
    pub(crate) max_age: Option<i32>,
    pub(crate) acrs: Vec<String>,
    /// Whether one of the classes must be met.
    pub(crate) acr_essential: bool,
    /// Who must be logged in.
    pub(crate) subject: Option<String>,
    pub(crate) login_hint: Option<String>,
    pub(crate) display: Option<String>,
    pub(crate) ui_locales: Vec<String>,
    pub(crate) claims_locales: Vec<String>,
    /// The members of `claims`.
    pub(crate) id_token_claims: Option<Map<String, Value>>,
    pub(crate) userinfo_claims: Option<Map<String, Value>>,
}

impl Login {
    /// Whether the user must not be asked.
    pub(crate) fn is_silent(&self) -> bool {
        self.prompts.iter().any(|prompt| prompt == "NONE")
    }

    /// The least of the prompts; `CONSENT` if the request has none.
    pub(crate) fn lowest_prompt(&self) -> &str {
        PROMPTS.iter().find(|known| self.prompts.iter().any(|own| own == *known)).unwrap_or(&"CONSENT")
    }
}

const PROMPTS: [&str; 5] = ["NONE", "LOGIN", "CONSENT", "SELECT_ACCOUNT", "CREATE"];

/// Reads a request.
pub(crate) fn read(
    parameters: &RequestParameters,
    service: Settings<'_>,
    client: Settings<'_>,
) -> Result<Login, OAuthError> {
    let prompts: Vec<_> = parameters.words("prompt").map(str::to_ascii_uppercase).collect();
    let is_known = |prompt: &String| PROMPTS.contains(&prompt.as_str());
    let is_alone = prompts.len() < 2 || !prompts.iter().any(|prompt| prompt == "NONE");
    if !prompts.iter().all(is_known) || !is_alone {
        return Err(PROMPT);
    }
    let max_age = match parameters.get("max_age") {
        Some(age) => Some(age.parse().ok().filter(|age| *age >= 0).ok_or(MAX_AGE)?),
        None => client.seconds("defaultMaxAge").map(|age| i32::try_from(age).unwrap_or(i32::MAX)),
    };
    let display = parameters.get("display").map(str::to_ascii_uppercase);
    if display.as_deref().is_some_and(|display| !["PAGE", "POPUP", "TOUCH", "WAP"].contains(&display)) {
        return Err(DISPLAY);
    }
    let claims = match parameters.get("claims") {
        Some(text) => serde_json::from_str::<Map<String, Value>>(text).map_err(|_| CLAIMS)?,
        None => Map::new(),
    };
    let part = |name: &str| match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members.clone())),
        Some(_) => Err(CLAIMS),
    };
    let (id_token_claims, userinfo_claims) = (part("id_token")?, part("userinfo")?);
    let asked = |claim: &str| id_token_claims.as_ref().and_then(|claims| claims.get(claim));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (mut acrs, mut acr_essential) = (Vec::new(), false);
    if let Some(acr) = asked("acr") {
        acrs.extend(acr.get("value").and_then(text));
        acrs.extend(acr.get("values").and_then(Value::as_array).into_iter().flatten().filter_map(text));
        acr_essential = acr.get("essential").and_then(Value::as_bool).unwrap_or_default() && !acrs.is_empty();
    }
    if acrs.is_empty() {
        acrs = parameters.words("acr_values").map(str::to_owned).collect();
    }
    if acrs.is_empty() {
        acrs = client.list("defaultAcrs").into_iter().flatten().map(str::to_owned).collect();
    }
    if acr_essential && !acrs.iter().any(|acr| service.allows("supportedAcrs", acr)) {
        return Err(ACR);
    }
    Ok(Login {
        max_age,
        acrs,
        acr_essential,
        subject: asked("sub").and_then(|sub| sub.get("value")).and_then(text),
        login_hint: parameters.get("login_hint").map(str::to_owned),
        display,
        ui_locales: parameters.words("ui_locales").map(str::to_owned).collect(),
        claims_locales: parameters.words("claims_locales").map(str::to_owned).collect(),
        id_token_claims,
        userinfo_claims,
        prompts,
    })
}

const PROMPT: OAuthError = OAuthError::invalid_request(
    codes::PROMPT,
    "The 'prompt' has a value that is not known, or 'none' beside another.",
);
const MAX_AGE: OAuthError =
    OAuthError::invalid_request(codes::MAX_AGE, "The 'max_age' is not a number of seconds from 0.");
const DISPLAY: OAuthError = OAuthError::invalid_request(codes::DISPLAY, "The 'display' is not known.");
const CLAIMS: OAuthError = OAuthError::invalid_request(
    codes::CLAIMS,
    "The 'claims' are not a JSON object whose 'id_token' and 'userinfo' are objects.",
);
const ACR: OAuthError = OAuthError::new(
    codes::ACR_NOT_SUPPORTED,
    "unmet_authentication_requirements",
    "The service supports none of the authentication classes, of which one is essential.",
);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(text: &str) -> Result<Login, OAuthError> {
        let service = json!({"supportedAcrs": ["gold"]});
        let client = json!({"defaultMaxAge": 60, "defaultAcrs": ["default"]});
        read(
            &RequestParameters::parse(text).unwrap(),
            Settings(service.as_object().unwrap()),
            Settings(client.as_object().unwrap()),
        )
    }

    #[test]
    fn the_parameters_of_openid_connect_are_read() {
        let login =
            of("prompt=login+consent&max_age=0&acr_values=a+b&login_hint=jane&display=touch").unwrap();
        assert_eq!(
            (login.prompts.as_slice(), login.lowest_prompt()),
            (&["LOGIN".to_owned(), "CONSENT".to_owned()][..], "LOGIN")
        );
        assert_eq!((login.max_age, login.acrs), (Some(0), vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(login.display.as_deref(), Some("TOUCH"));
        let login = of("").unwrap();
        assert_eq!(
            (login.max_age, login.lowest_prompt(), login.acrs.clone()),
            (Some(60), "CONSENT", vec!["default".to_owned()])
        );
        let login = of(r#"claims={"id_token":{"acr":{"essential":true,"values":["gold","x"]},"sub":{"value":"jane"}},"userinfo":{"email":null}}"#).unwrap();
        assert_eq!((login.acr_essential, login.subject.as_deref()), (true, Some("jane")));
        assert!(login.userinfo_claims.unwrap().contains_key("email"));
    }

    #[test]
    fn what_cannot_be_met_or_read_is_refused() {
        for (text, problem) in [
            ("prompt=none+login", PROMPT),
            ("prompt=nonsense", PROMPT),
            ("max_age=-1", MAX_AGE),
            ("max_age=x", MAX_AGE),
            ("max_age=99999999999", MAX_AGE),
            ("display=x", DISPLAY),
            ("claims=x", CLAIMS),
            ("claims=[]", CLAIMS),
            (r#"claims={"id_token":1}"#, CLAIMS),
            (r#"claims={"id_token":{"acr":{"essential":true,"value":"silver"}}}"#, ACR),
        ] {
            assert_eq!(of(text), Err(problem), "{text}");
        }
        assert!(of(r#"claims={"id_token":{"acr":{"value":"silver"}}}"#).is_ok());
    }
}
