//! What the causes of an error tell.

use std::error::Error;
use std::fmt;

use http::StatusCode;

use crate::error::AuthleteError;

impl AuthleteError {
    /// The status with which a proxy has refused to connect, such as 407 where it wants other credentials. `None` if no proxy
    /// answered: then the proxy, or without one the server, could not be reached.
    #[must_use]
    pub fn proxy_status(&self) -> Option<StatusCode> {
        match self {
            Self::Connection { source, .. } => source.proxy_status(),
            _ => None,
        }
    }

    /// The error and its causes, each after a colon. `Display` alone leaves the causes to `source()`, as reporters such as
    /// anyhow expect; a log line that is to say why a connection failed wants them all.
    ///
    /// ```
    /// # fn log(error: &authlete::AuthleteError) {
    /// eprintln!("{}", error.chain());
    /// # }
    /// ```
    ///
    /// That prints, for example, `auth_token_create_batch_api (attempt 1, not sent): the exchange failed: could not connect:
    /// Connection refused (os error 111)`. The causes from this crate show no secret. A certificate for
    /// another name shows that name and the host's. Causes from a bearer provider or a transport of yours read as you wrote them.
    #[must_use]
    pub fn chain(&self) -> impl fmt::Display + '_ {
        Chain(self)
    }
}

struct Chain<'a>(&'a AuthleteError);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
