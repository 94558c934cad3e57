//! Issuing: a token for a grant, in the form that the service gives it, and what the client is told.

use std::sync::Arc;

use ring::rand::SystemRandom;
use serde_json::{Map, Value, json};

use crate::config::{Client, Switches};
use crate::protocol::codes;
use crate::protocol::jose::{Algorithm, Jwk, sign};
use crate::protocol::jwt_access_token::{self, JwtAccessToken};
use crate::protocol::problem::OAuthError;
use crate::protocol::refresh::NextRefreshToken;
use crate::protocol::settings::Settings;
use crate::protocol::token::{self, Creation};
use crate::state::{GrantType, Hash, State, StoredToken, TokenRequest, sha256};

/// Who issues to whom, and when.
#[derive(Clone, Copy)]
pub(super) struct Issuer<'a> {
    pub(super) service_id: &'a Arc<str>,
    pub(super) switches: &'a Switches,
    pub(super) client: &'a Client,
    pub(super) now: i64,
}

/// A token to issue.
pub(super) struct Issue {
    pub(super) request: TokenRequest,
    pub(super) grant_type: GrantType,
    /// `None`: no refresh token.
    pub(super) refresh: Option<NextRefreshToken>,
    /// Claims that UserInfo is to give, by name.
    pub(super) userinfo_claims: Vec<String>,
    /// The code that it comes from, where a second use of that ends the token.
    pub(super) code: Option<Hash>,
}

/// What was issued.
pub(super) struct Issued<'a> {
    pub(super) token: &'a StoredToken,
    /// The access token as a JWT, where the service issues such.
    pub(super) jwt: Option<String>,
}

impl Issued<'_> {
    /// The access token as the client gets it.
    pub(super) fn access_token(&self) -> &str {
        self.jwt.as_deref().unwrap_or(&self.token.access_token)
    }

    /// `token_type`
    pub(super) fn token_type(&self) -> &'static str {
        if self.token.extra().dpop_key_thumbprint.is_some() { "DPoP" } else { "Bearer" }
    }

    /// `scope`, if there are any.
    pub(super) fn scope(&self) -> Option<String> {
        (!self.token.scopes.is_empty()).then(|| self.token.scopes.join(" "))
    }

    /// The properties that the client gets to see.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let shown = self.token.extra().properties.iter().filter(|property| property.hidden != Some(true));
        shown.filter_map(|property| Some((property.key.as_deref()?, property.value.as_deref())))
    }
}

impl<'a> Issuer<'a> {
    pub(super) fn service(self) -> Settings<'a> {
        Settings(&self.switches.service)
    }

    pub(super) fn own(self) -> Settings<'a> {
        Settings(&self.client.members)
    }

    /// Whether service and client have a grant type.
    pub(super) fn allows(self, grant: &str) -> bool {
        self.service().allows("supportedGrantTypes", grant) && self.own().allows("grantTypes", grant)
    }

    /// Says beforehand what would keep a token from being issued.
    pub(super) fn check(self, state: &State, access_token: Option<&str>) -> Result<(), OAuthError> {
        let is_taken = |token: &str| state.store.find(self.service_id, &sha256(token)).is_some();
        if access_token.is_some_and(is_taken) {
            return Err(TAKEN);
        }
        self.signer().map(|_| ())
    }

    /// Issues a token.
    pub(super) fn issue(self, state: &mut State, issue: Issue) -> Result<Issued<'_>, OAuthError> {
        let (service, own) = (self.service(), self.own());
        let extension = own.0.get("extension").and_then(Value::as_object).map(Settings);
        let lasts = |asked: Option<i64>, name| {
            asked.or(extension.and_then(|own| own.seconds(name))).or(service.seconds(name))
        };
        let mut request = issue.request;
        request.client_id = Some(self.client.client_id);
        request.access_token_duration = lasts(request.access_token_duration, "accessTokenDuration");
        request.refresh_token_duration = lasts(request.refresh_token_duration, "refreshTokenDuration");
        let next = issue
            .refresh
            .map(|next| (next.value.unwrap_or_else(|| state.opaque.next().into()), next.expires_at));
        let (refresh_token, refresh_expires_at) = next.unzip();
        request.refresh_token = refresh_token;
        let name = "singleAccessTokenPerSubject";
        let replace =
            (service.flag(name) || own.flag(name)) && issue.grant_type != GrantType::ClientCredentials;
        let creation = Creation { service_id: self.service_id, batch: None, now: self.now, replace };
        let slot =
            token::create(state, &creation, request, issue.grant_type, self.switches).map_err(|_| TAKEN)?;
        let token = state.store.get_mut(slot).ok_or(TAKEN)?;
        if token.refresh_token.is_some() {
            token.refresh_token_expires_at = refresh_expires_at.flatten().or(token.refresh_token_expires_at);
        }
        if let (true, Some(end), Some(expires_at)) = (
            service.flag("tokenExpirationLinked"),
            token.refresh_token_expires_at,
            token.access_token_expires_at,
        ) {
            token.access_token_expires_at = Some(end.min(expires_at));
        }
        if !issue.userinfo_claims.is_empty() || issue.code.is_some() {
            let extra = token.extra.get_or_insert_default();
            (extra.userinfo_claims, extra.code) = (issue.userinfo_claims, issue.code);
        }
        let token = state.store.get(slot).ok_or(TAKEN)?;
        self.issued(token)
    }

    /// A token that exists, as it is issued.
    pub(super) fn issued(self, token: &StoredToken) -> Result<Issued<'_>, OAuthError> {
        let Some((algorithm, key)) = self.signer()? else {
            return Ok(Issued { token, jwt: None });
        };
        let extra = token.extra();
        let client_id = self.client.client_id.to_string();
        let claims = extra.jwt_at_claims.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let jwt = JwtAccessToken {
            issuer: self.service().issuer(),
            subject: token.subject.as_deref().unwrap_or(&client_id),
            client_id: &client_id,
            audience: &extra.resources,
            scopes: &token.scopes,
            id: &token.access_token,
            issued_at: token.created_at.div_euclid(1000),
            expires_at: token.access_token_expires_at.map(|at| at.div_euclid(1000)),
            auth_time: extra.auth_time,
            acr: extra.acr.as_deref(),
            certificate_thumbprint: extra.certificate_thumbprint.as_deref(),
            dpop_key_thumbprint: extra.dpop_key_thumbprint.as_deref(),
            authorization_details: extra.authorization_details.as_ref().and_then(|all| all.get("elements")),
            extra: claims.as_ref(),
        };
        let random = SystemRandom::new();
        let jwt =
            sign(Some(jwt_access_token::TYPE), &jwt.claims(), &key, algorithm, &random).ok_or(NO_KEY)?;
        Ok(Issued { token, jwt: Some(jwt) })
    }

    /// What signs access tokens, if the service has them signed (RFC 9068).
    fn signer(self) -> Result<Option<(Algorithm, Jwk)>, OAuthError> {
        let service = self.service();
        let Some(name) = service.text("accessTokenSignAlg").filter(|name| *name != "NONE") else {
            return Ok(None);
        };
        let algorithm = Algorithm::parse(name).filter(|algorithm| !algorithm.is_symmetric()).ok_or(NO_KEY)?;
        let key = service.keys().signing(algorithm, service.text("accessTokenSignatureKeyId")).cloned();
        key.map(|key| Some((algorithm, key))).ok_or(NO_KEY)
    }

    /// The members of an answer with a token, and among them the token response (RFC 6749, section 5.1).
    pub(super) fn members(self, issued: &Issued<'_>, id_token: Option<&str>) -> Map<String, Value> {
        let token = issued.token;
        let expires_in = token.access_token_expires_at.map_or(0, |at| at.saturating_sub(self.now) / 1000);
        let mut content = Map::new();
        content.extend(issued.properties().map(|(key, value)| (key.to_owned(), json!(value))));
        for (name, value) in [
            ("access_token", json!(issued.access_token())),
            ("token_type", json!(issued.token_type())),
            ("expires_in", json!(expires_in)),
            ("scope", json!(issued.scope())),
            ("refresh_token", json!(token.refresh_token)),
            ("id_token", json!(id_token)),
        ] {
            if !value.is_null() {
                content.insert(name.to_owned(), value);
            }
        }
        let object = json!({
            "responseContent": Value::Object(content).to_string(),
            "accessToken": token.access_token,
            "accessTokenExpiresAt": token.access_token_expires_at.unwrap_or(0),
            "accessTokenDuration": expires_in,
            "jwtAccessToken": issued.jwt,
            "refreshToken": token.refresh_token,
            "refreshTokenExpiresAt": token.refresh_token_expires_at.unwrap_or(0),
            "refreshTokenDuration": token.refresh_token_expires_at.map_or(0, |at| at.saturating_sub(self.now) / 1000),
            "refreshTokenScopes": token.refresh_token.as_ref().map(|_| token.scopes.as_ref()),
            "clientId": self.client.client_id,
            "clientIdAlias": self.client.client_id_alias,
            "subject": token.subject,
            "scopes": token.scopes.as_ref(),
            "properties": token.extra().properties,
        });
        match object {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

const TAKEN: OAuthError = OAuthError::new(
    codes::TOKEN_FAILED,
    "server_error",
    "The access token that is asked for exists already.",
);
pub(super) const NO_KEY: OAuthError = OAuthError::new(
    codes::TOKEN_NO_KEY,
    "server_error",
    "The service has no key for the algorithm that is to sign the token.",
);
