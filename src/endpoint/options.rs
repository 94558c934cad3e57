//! What the application decides about its endpoints, once for all of them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, StatusCode, Uri};

use super::certificate::CertificateHeader;
use super::challenge::quoted;
use super::headers::header;
use super::nonces::Nonces;
use super::page::{ErrorPage, MakePage};
use super::resource_server::ResourceServer;
use crate::error::{AuthleteError, InvalidValue};

/// What the application decides once for all its endpoints. It is cheap to clone.
///
/// By default redirects are 303, so that a browser never repeats a login form's POST at the client (RFC 9700 section 4.12), and
/// nothing may be stored (RFC 6749 section 5.1).
///
/// | setting | default |
/// |---|---|
/// | the origin | must be given |
/// | [`redirect`](EndpointOptionsBuilder::redirect) | 303 |
/// | [`realm`](EndpointOptionsBuilder::realm) | named like the endpoint in `Basic` challenges, none in others |
/// | [`max_age`](EndpointOptionsBuilder::max_age) | discovery and keys are not to be stored either |
/// | [`dpop_algs`](EndpointOptionsBuilder::dpop_algs) | `ES256` |
/// | [`resource_metadata`](EndpointOptionsBuilder::resource_metadata) | none |
/// | [`certificate_header`](EndpointOptionsBuilder::certificate_header) | no header is believed |
/// | [`max_content`](EndpointOptionsBuilder::max_content) | 64 KiB |
/// | [`resource_server`](EndpointOptionsBuilder::resource_server) | nobody may introspect |
/// | [`error_page`](EndpointOptionsBuilder::error_page) | errors at `/authorize` are JSON, as Authlete wrote them |
/// | [`challenge_public_clients`](EndpointOptionsBuilder::challenge_public_clients) | yes |
/// | [`with`](Self::with) | no nonces but those in the answer |
///
/// ```
/// use std::time::Duration;
/// use authlete::endpoint::EndpointOptions;
///
/// # fn main() -> Result<(), authlete::AuthleteError> {
/// let options = EndpointOptions::builder("https://as.example.com")
///     .realm("Example Bank")
///     .max_age(Duration::from_secs(600))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct EndpointOptions {
    pub(super) settings: Arc<Settings>,
    pub(super) nonces: Nonces,
    /// The scopes that a protected resource needs.
    pub(super) scopes: Arc<[String]>,
    /// Whether a client whose authentication fails gets a challenge.
    pub(super) is_challenged: bool,
}

/// The settings, which no request changes.
pub(super) struct Settings {
    pub(super) origin: Box<str>,
    pub(super) redirect: Redirect,
    /// The whole challenge.
    pub(super) basic: Option<HeaderValue>,
    /// Parameters of challenges at a resource, ready to be written.
    pub(super) realm: Option<Box<str>>,
    pub(super) resource_metadata: Option<Box<str>>,
    /// `None` if there is no DPoP.
    pub(super) dpop_algs: Option<Box<str>>,
    /// `Cache-Control` of what may be stored.
    pub(super) max_age: Option<HeaderValue>,
    pub(super) certificate_header: Option<CertificateHeader>,
    pub(super) max_content: usize,
    pub(super) resource_servers: Vec<ResourceServer>,
    pub(super) are_callers_known: bool,
    pub(super) error_page: Option<MakePage>,
    challenge_public_clients: bool,
}

/// The status of a redirect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redirect {
    /// 303: the browser goes on with a GET, whatever its request was (RFC 9110 section 15.4.4, RFC 9700 section 4.12).
    #[default]
    SeeOther,
    /// 302: after a POST, browsers may repeat the POST. Use it only for clients that do not support 303.
    Found,
}

impl Redirect {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::SeeOther => StatusCode::SEE_OTHER,
            Self::Found => StatusCode::FOUND,
        }
    }
}

impl EndpointOptions {
    /// Starts with the public origin of the server as its clients know it, such as `https://as.example.com`. It has a path if
    /// a proxy takes one off: `https://example.com/as`. DPoP proofs must name it (RFC 9449 section 4.3).
    ///
    /// [`build`](EndpointOptionsBuilder::build) refuses what is no `http` or `https` URL.
    pub fn builder(origin: &str) -> EndpointOptionsBuilder {
        let mut builder = EndpointOptionsBuilder {
            settings: Settings {
                origin: origin.trim_end_matches('/').into(),
                redirect: Redirect::default(),
                basic: None,
                realm: None,
                resource_metadata: None,
                dpop_algs: Some(r#"algs="ES256""#.into()),
                max_age: None,
                certificate_header: None,
                max_content: 64 << 10,
                resource_servers: Vec::new(),
                are_callers_known: false,
                error_page: None,
                challenge_public_clients: true,
            },
            rejected: None,
        };
        let is_origin = origin.parse::<Uri>().is_ok_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https"))
                && uri.host().is_some_and(|host| !host.is_empty())
        });
        if !is_origin || origin.contains(['?', '#', '@']) {
            builder.reject(InvalidValue::new(
                "origin",
                "is no http or https URL, or has more than a host and a path",
            ));
        }
        builder
    }

    /// Returns a copy that adds these nonces to the response that ends the request.
    ///
    /// Authlete hands them out with the first answer to a request; the answer to the second call, such as
    /// [`token_issue`](crate::funcs::token_issue), does not repeat them. They are in the states of the `Next` types.
    #[must_use]
    pub fn with(&self, nonces: &Nonces) -> Self {
        Self { nonces: nonces.clone(), ..self.clone() }
    }

    /// Returns a copy for a protected resource that needs these scopes, for [`resource`](super::resource).
    #[must_use]
    pub fn with_scopes(&self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { scopes: scopes.into_iter().map(Into::into).collect(), ..self.clone() }
    }

    /// Returns a copy for the response to a request with these headers: a client that has tried HTTP authentication is
    /// challenged whatever [`challenge_public_clients`](EndpointOptionsBuilder::challenge_public_clients) says (RFC 6749
    /// section 5.2). The `handle` functions do so.
    #[must_use]
    pub fn for_request(&self, headers: &HeaderMap) -> Self {
        let is_challenged = self.settings.challenge_public_clients || headers.contains_key(AUTHORIZATION);
        Self { is_challenged, ..self.clone() }
    }
}

impl fmt::Debug for EndpointOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EndpointOptions")
            .field("origin", &self.settings.origin)
            .field("redirect", &self.settings.redirect)
            .field("realm", &self.settings.realm)
            .field("nonces", &self.nonces)
            .finish_non_exhaustive()
    }
}

/// Makes [`EndpointOptions`]. The first setting that is refused is the error of [`build`](Self::build).
#[must_use]
pub struct EndpointOptionsBuilder {
    settings: Settings,
    rejected: Option<InvalidValue>,
}

impl fmt::Debug for EndpointOptionsBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EndpointOptionsBuilder").finish_non_exhaustive()
    }
}

impl EndpointOptionsBuilder {
    /// The status of redirects.
    pub fn redirect(mut self, redirect: Redirect) -> Self {
        self.settings.redirect = redirect;
        self
    }

    /// The realm (RFC 9110 section 11.5) in challenges of this side: visible ASCII and spaces.
    pub fn realm(mut self, realm: &str) -> Self {
        if let Some(realm) = self.quoted("realm", realm) {
            self.settings.basic = header(format!("Basic {realm}"));
            self.settings.realm = Some(realm);
        }
        self
    }

    /// How long clients and caches may keep what [`discovery`](super::discovery) and [`jwks`](super::jwks) answer. Both
    /// change rarely; ten minutes is a good value. Zero stores nothing, like the default.
    pub fn max_age(mut self, age: Duration) -> Self {
        let seconds = age.as_secs();
        self.settings.max_age = if seconds == 0 { None } else { header(format!("max-age={seconds}")) };
        self
    }

    /// The algorithms that DPoP proofs at a resource may be signed with (RFC 9449 section 7.1). An empty list means that
    /// resources take bearer tokens alone, and then no challenge of this side mentions DPoP. Names are visible ASCII.
    pub fn dpop_algs(mut self, algs: &[&str]) -> Self {
        if algs.iter().any(|alg| alg.is_empty() || alg.contains(' ')) {
            self.reject(InvalidValue::new("dpop_algs", "has an empty name or one with a space"));
        } else if algs.is_empty() {
            self.settings.dpop_algs = None;
        } else if let Some(algs) = self.quoted("algs", &algs.join(" ")) {
            self.settings.dpop_algs = Some(algs);
        }
        self
    }

    /// The URL of the resource's metadata (RFC 9728 section 5.1), for every challenge at a resource, Authlete's own included:
    /// visible ASCII.
    pub fn resource_metadata(mut self, url: &str) -> Self {
        self.settings.resource_metadata = self.quoted("resource_metadata", url);
        self
    }

    /// The header in which a trusted proxy tells the client's certificate. **The proxy must remove it from what clients send**:
    /// whoever sets this header is whom it names. Without this setting none is read.
    pub fn certificate_header(mut self, certificate_header: CertificateHeader) -> Self {
        self.settings.certificate_header = Some(certificate_header);
        self
    }

    /// How long a request's body or query may be, in bytes. What is longer is refused with 413.
    pub fn max_content(mut self, bytes: usize) -> Self {
        self.settings.max_content = bytes;
        self
    }

    /// Adds a resource server that may introspect tokens (RFC 7662 section 2.1), for [`introspection`](super::introspection).
    pub fn resource_server(mut self, server: ResourceServer) -> Self {
        self.settings.resource_servers.push(server);
        self
    }

    /// Says that something before [`introspection`](super::introspection) authenticates its callers, such as mutual TLS.
    /// **Without that, anybody can test tokens.**
    pub fn callers_are_authenticated(mut self) -> Self {
        self.settings.are_callers_known = true;
        self
    }

    /// Makes the page that a browser shows for an error at the authorization endpoint. The function returns HTML.
    pub fn error_page(mut self, make: impl Fn(&ErrorPage<'_>) -> String + Send + Sync + 'static) -> Self {
        self.settings.error_page = Some(Box::new(make));
        self
    }

    /// Whether a client whose authentication fails, and which has sent no `Authorization`, gets 401 with a `Basic` challenge.
    /// Browsers open a dialogue of their own then. If not, it gets 400 (RFC 6749 section 5.2).
    pub fn challenge_public_clients(mut self, challenge: bool) -> Self {
        self.settings.challenge_public_clients = challenge;
        self
    }

    /// The options.
    ///
    /// # Errors
    /// [`AuthleteError::SdkValidation`] that names the first setting that was refused.
    pub fn build(self) -> Result<EndpointOptions, AuthleteError> {
        match self.rejected {
            Some(rejected) => Err(rejected.into()),
            None => Ok(EndpointOptions {
                is_challenged: self.settings.challenge_public_clients,
                settings: Arc::new(self.settings),
                nonces: Nonces::default(),
                scopes: Arc::new([]),
            }),
        }
    }

    fn quoted(&mut self, name: &'static str, value: &str) -> Option<Box<str>> {
        let quoted = quoted(name, value);
        if quoted.is_none() {
            self.reject(InvalidValue::new(name, "has characters other than visible ASCII and spaces"));
        }
        quoted
    }

    fn reject(&mut self, rejected: InvalidValue) {
        self.rejected.get_or_insert(rejected);
    }
}
