//! ID tokens, signed.

use ring::rand::SystemRandom;
use serde_json::{Map, Value};

use crate::config::Client;
use crate::protocol::id_token::IdToken;
use crate::protocol::jose::{Algorithm, Jwk, sign};
use crate::protocol::settings::Settings;
use crate::state::StoredToken;

/// How long an ID token lives unless the service says otherwise, in seconds.
const ID_TOKEN: i64 = 86_400;

/// What is known of a login.
pub(super) struct Authentication {
    pub(super) subject: String,
    pub(super) nonce: Option<String>,
    pub(super) auth_time: Option<i64>,
    pub(super) acr: Option<String>,
    pub(super) claims: Option<Map<String, Value>>,
}

/// The ID token that goes with an access token.
pub(super) fn id_token(
    service: Settings<'_>,
    client: &Client,
    user: &Authentication,
    token: &StoredToken,
    now: i64,
) -> Option<String> {
    let (algorithm, key) = signer(service, client)?;
    let audience = client.client_id.to_string();
    let id_token = IdToken {
        issuer: service.issuer(),
        subject: &user.subject,
        audience: &audience,
        single_audience: service.text("idTokenAudType") == Some("string"),
        issued_at: now.div_euclid(1000),
        duration: service.seconds("idTokenDuration").unwrap_or(ID_TOKEN),
        auth_time: user.auth_time,
        nonce: user.nonce.as_deref(),
        acr: user.acr.as_deref(),
        access_token: Some(&token.access_token),
        code: None,
        state: None,
        user: user.claims.as_ref(),
    };
    sign(None, &id_token.claims(algorithm), &key, algorithm, &SystemRandom::new())
}

/// What signs the client's ID tokens.
pub(super) fn signer(service: Settings<'_>, client: &Client) -> Option<(Algorithm, Jwk)> {
    let own = Settings(&client.members);
    let algorithm = Algorithm::parse(own.text("idTokenSignAlg").unwrap_or("RS256"))?;
    if algorithm.is_symmetric() {
        return Some((algorithm, Jwk::secret(own.text("clientSecret")?)));
    }
    let kid = service.text("idTokenSignatureKeyId");
    Some((algorithm, service.keys().signing(algorithm, kid)?.clone()))
}
