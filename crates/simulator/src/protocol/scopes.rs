//! Scopes that a request asks for (RFC 6749, section 3.3).

use serde_json::Value;

use super::codes;
use super::parameters::RequestParameters;
use super::problem::OAuthError;
use super::settings::Settings;

/// The scopes that a request gets: those it asks for, less what the service does not have or the client may not ask
/// for; those that the service gives by default if it asks for none, unless the service insists on being asked.
pub(crate) fn requested(
    parameters: &RequestParameters,
    service: Settings<'_>,
    client: Settings<'_>,
) -> Result<Vec<String>, OAuthError> {
    let supported = service.0.get("supportedScopes").and_then(Value::as_array);
    let name = |scope: &Value| scope.get("name").and_then(Value::as_str).map(str::to_owned);
    let extension = client.0.get("extension").and_then(Value::as_object).map(Settings);
    let requestable = |scope: &str| {
        extension.is_none_or(|extension| {
            !extension.flag("requestableScopesEnabled") || extension.allows("requestableScopes", scope)
        })
    };
    let is_supported =
        |scope: &str| supported.is_none_or(|all| all.iter().any(|own| name(own).as_deref() == Some(scope)));
    if parameters.get("scope").is_some() {
        let asked = parameters.words("scope").filter(|scope| is_supported(scope) && requestable(scope));
        let mut scopes: Vec<String> = Vec::new();
        for scope in asked {
            if !scopes.iter().any(|own| own == scope) {
                scopes.push(scope.to_owned());
            }
        }
        return Ok(scopes);
    }
    if service.flag("scopeRequired") {
        return Err(NO_SCOPE);
    }
    let is_default = |scope: &&Value| scope.get("defaultEntry").and_then(Value::as_bool) == Some(true);
    let defaults = supported.into_iter().flatten().filter(is_default).filter_map(name);
    Ok(defaults.filter(|scope| requestable(scope)).collect())
}

const NO_SCOPE: OAuthError =
    OAuthError::new(codes::SCOPE_MISSING, "invalid_scope", "The request has no 'scope', which is required.");

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scopes(text: &str, service: &Value, client: &Value) -> Vec<String> {
        let parameters = RequestParameters::parse(text).unwrap();
        requested(&parameters, Settings(service.as_object().unwrap()), Settings(client.as_object().unwrap()))
            .unwrap()
    }

    #[test]
    fn what_is_not_to_be_had_is_dropped() {
        let service =
            json!({"supportedScopes": [{"name": "a"}, {"name": "b", "defaultEntry": true}, {"name": "c"}]});
        let anything = json!({});
        assert_eq!(scopes("scope=a+x++a+b", &service, &anything), ["a", "b"]);
        assert_eq!(scopes("scope=x", &service, &anything), [""; 0]);
        assert_eq!(scopes("", &service, &anything), ["b"]);
        assert_eq!(scopes("scope=x", &anything, &anything), ["x"]);
        let mut client = json!({"extension": {"requestableScopesEnabled": true, "requestableScopes": ["a"]}});
        assert_eq!(scopes("scope=a+b", &service, &client), ["a"]);
        assert_eq!(scopes("", &service, &client), [""; 0]);
        client["extension"]["requestableScopesEnabled"] = json!(false);
        assert_eq!(scopes("scope=a+b", &service, &client), ["a", "b"]);
    }
}
