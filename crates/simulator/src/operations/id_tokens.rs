//! ID tokens, signed.

use ring::rand::SystemRandom;
use serde_json::{Map, Value};

use super::issuing::Issuer;
use crate::protocol::id_token::IdToken;
use crate::protocol::jose::{Algorithm, Jwk, sign};
use crate::state::Approval;

/// How long an ID token lives unless the service says otherwise, in seconds.
const ID_TOKEN: i64 = 86_400;

/// What is known of a login.
pub(super) struct Authentication {
    subject: String,
    nonce: Option<String>,
    auth_time: Option<i64>,
    acr: Option<String>,
    claims: Option<Map<String, Value>>,
}

impl Authentication {
    /// The login of the user who agreed.
    pub(super) fn new(approval: &Approval, nonce: Option<&str>) -> Self {
        Self {
            subject: approval.sub.as_ref().unwrap_or(&approval.subject).clone(),
            nonce: nonce.map(str::to_owned),
            auth_time: approval.auth_time,
            acr: approval.acr.clone(),
            claims: approval.claims.as_deref().and_then(|claims| serde_json::from_str(claims).ok()),
        }
    }
}

/// What is issued together with an ID token, whose hashes it has (OpenID Connect Core 1.0, section 3.3.2.11).
#[derive(Clone, Copy, Default)]
pub(super) struct Beside<'a> {
    pub(super) access_token: Option<&'a str>,
    pub(super) code: Option<&'a str>,
    pub(super) state: Option<&'a str>,
}

/// An ID token; `None` if no key signs it.
pub(super) fn id_token(issuer: Issuer<'_>, user: &Authentication, beside: Beside<'_>) -> Option<String> {
    let service = issuer.service();
    let (algorithm, key) = signer(issuer)?;
    let audience = issuer.client.client_id.to_string();
    let extension = issuer.own().0.get("extension").and_then(|own| own.get("idTokenDuration"));
    let own_duration = extension.and_then(Value::as_i64).filter(|lasts| *lasts > 0);
    let id_token = IdToken {
        issuer: service.issuer(),
        subject: &user.subject,
        audience: &audience,
        single_audience: service.text("idTokenAudType") == Some("string"),
        issued_at: issuer.now.div_euclid(1000),
        duration: own_duration.or(service.seconds("idTokenDuration")).unwrap_or(ID_TOKEN),
        auth_time: user.auth_time,
        nonce: user.nonce.as_deref(),
        acr: user.acr.as_deref(),
        access_token: beside.access_token,
        code: beside.code,
        state: beside.state,
        user: user.claims.as_ref(),
    };
    sign(None, &id_token.claims(algorithm), &key, algorithm, &SystemRandom::new())
}

/// What signs the client's ID tokens.
pub(super) fn signer(issuer: Issuer<'_>) -> Option<(Algorithm, Jwk)> {
    let (service, own) = (issuer.service(), issuer.own());
    let algorithm = Algorithm::parse(own.text("idTokenSignAlg").unwrap_or("RS256"))?;
    if algorithm.is_symmetric() {
        return Some((algorithm, Jwk::secret(own.text("clientSecret")?)));
    }
    let kid = service.text("idTokenSignatureKeyId");
    Some((algorithm, service.keys().signing(algorithm, kid)?.clone()))
}
