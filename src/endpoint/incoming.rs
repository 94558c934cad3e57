//! An HTTP request, read for the request model: what all endpoints share.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Request, Uri};

use super::certificate::Certificate;
use super::credentials::client_credentials;
use super::form;
use super::headers::only;
use super::options::EndpointOptions;
use super::proof::{access_token, is_jwt, proof};
use super::refusal::Refusal;
use crate::models::Secret;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const GET: (&[Method], &str) = (&[Method::GET, Method::HEAD], "GET, HEAD");
pub(super) const POST: (&[Method], &str) = (&[Method::POST], "POST");
pub(super) const GET_OR_POST: (&[Method], &str) = (&[Method::GET, Method::POST], "GET, POST");

/// A request, whatever its body is made of.
#[derive(Clone, Copy)]
pub(super) struct Incoming<'a> {
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    body: &'a [u8],
}

/// What a client authenticates itself with.
pub(super) struct Client {
    pub(super) id: Option<String>,
    pub(super) secret: Option<Secret>,
    pub(super) certificate: Certificate,
    pub(super) attestation: Option<Secret>,
    pub(super) attestation_pop: Option<Secret>,
}

/// An access token, with what may prove that the client holds its key.
pub(super) struct Bearer {
    pub(super) token: Secret,
    pub(super) proof: Option<Secret>,
    pub(super) certificate: Option<String>,
}

impl<'a> Incoming<'a> {
    pub(super) fn of<B: AsRef<[u8]>>(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            body: request.body().as_ref(),
        }
    }

    /// Lets pass a request with one of these methods.
    pub(super) fn with_method(self, (methods, allow): (&[Method], &'static str)) -> Result<Self, Refusal> {
        if methods.contains(self.method) { Ok(self) } else { Err(Refusal::MethodNotAllowed(allow)) }
    }

    /// The raw parameters: the query of a GET, the form of a POST.
    pub(super) fn parameters(self, options: &EndpointOptions) -> Result<&'a str, Refusal> {
        let parameters = if *self.method == Method::GET {
            let query = self.uri.query().unwrap_or_default();
            if query.len() > options.settings.max_content {
                return Err(Refusal::TooLong);
            }
            query
        } else {
            self.content(&[FORM], options)?
        };
        if form::repeats(parameters) { Err(Refusal::RepeatedParameter) } else { Ok(parameters) }
    }

    /// The text of the body, which is of one of these media types.
    pub(super) fn content(self, types: &[&str], options: &EndpointOptions) -> Result<&'a str, Refusal> {
        if self.body.len() > options.settings.max_content {
            return Err(Refusal::TooLong);
        }
        let is_one =
            self.media_type().is_some_and(|is| types.iter().any(|wanted| is.eq_ignore_ascii_case(wanted)));
        if !is_one {
            return Err(Refusal::WrongContentType);
        }
        std::str::from_utf8(self.body).map_err(|_| Refusal::MalformedParameters)
    }

    /// The media type of the body, without its parameters.
    pub(super) fn media_type(self) -> Option<&'a str> {
        let value = only(self.headers, CONTENT_TYPE.as_str()).ok().flatten()?.to_str().ok()?;
        Some(value.split(';').next().unwrap_or_default().trim_matches([' ', '\t']))
    }

    /// What a client authenticates itself with.
    pub(super) fn client(self, options: &EndpointOptions) -> Result<Client, Refusal> {
        let (id, secret) = match client_credentials(self.headers)? {
            Some(client) => (Some(client.id), Some(client.secret)),
            None => (None, None),
        };
        Ok(Client {
            id,
            secret,
            certificate: self.certificate(options)?,
            attestation: self.attestation("oauth-client-attestation")?,
            attestation_pop: self.attestation("oauth-client-attestation-pop")?,
        })
    }

    fn attestation(self, name: &str) -> Result<Option<Secret>, Refusal> {
        let malformed = Refusal::MalformedAttestation;
        let Some(value) = only(self.headers, name).map_err(|_| malformed)? else { return Ok(None) };
        let jwt = value.to_str().map_err(|_| malformed)?.trim_matches([' ', '\t']);
        if is_jwt(jwt) { Ok(Some(jwt.into())) } else { Err(malformed) }
    }

    fn certificate(self, options: &EndpointOptions) -> Result<Certificate, Refusal> {
        match &options.settings.certificate_header {
            Some(header) => header.read(self.headers).map_err(|_| Refusal::MalformedCertificate),
            None => Ok(Certificate::default()),
        }
    }

    /// The DPoP proof of a client that has no access token yet.
    pub(super) fn proof(self) -> Result<Option<Secret>, Refusal> {
        proof(self.headers).map(|proof| proof.map(Secret::from)).map_err(|_| Refusal::MalformedProof)
    }

    /// The access token of a request to a protected resource.
    pub(super) fn bearer(self, options: &EndpointOptions) -> Result<Bearer, Refusal> {
        let presented = access_token(self.headers)?;
        Ok(Bearer {
            token: presented.token.into(),
            proof: presented.proof.map(Secret::from),
            certificate: self.certificate(options)?.leaf,
        })
    }

    /// The access token of a form, which no proof comes with.
    pub(super) fn unbound(self, token: Secret, options: &EndpointOptions) -> Result<Bearer, Refusal> {
        Ok(Bearer { token, proof: None, certificate: self.certificate(options)?.leaf })
    }

    /// The last segment of the path, decoded: the ID of what the request is about.
    pub(super) fn last_segment(self) -> Option<String> {
        let segment = self.uri.path().rsplit('/').next().filter(|segment| !segment.is_empty())?;
        form::unescape(segment)
    }
}
