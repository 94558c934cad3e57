//! Where the bearer comes from.

use std::future::Future;
use std::sync::Arc;

use http::HeaderValue;

use crate::error::CredentialError;
use crate::input::Untrimmed;
use crate::models::Secret;
use crate::transport::{BoxError, BoxFuture};

/// Something that yields the bearer, asked before every attempt.
///
/// A closure that returns a future is one:
///
/// ```
/// use authlete::{AuthleteCore, BoxError, Secret};
///
/// # fn example() -> Result<(), authlete::AuthleteError> {
/// let core = AuthleteCore::builder()
///     .bearer_provider(|| async { Ok::<_, BoxError>(Secret::from("from-the-vault")) })
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// After a 401 the provider is asked once more, and if it yields another bearer, the request is sent once more. A
/// provider that caches its bearer should therefore implement the trait itself, and drop the cached one when it equals `rejected`:
///
/// ```
/// use authlete::{BearerProvider, BoxError, BoxFuture, Secret};
/// use tokio::sync::Mutex;
///
/// #[derive(Default)]
/// struct Vault {
///     kept: Mutex<Option<Secret>>,
/// }
///
/// impl BearerProvider for Vault {
///     fn bearer<'a>(
///         &'a self,
///         rejected: Option<&'a Secret>,
///     ) -> BoxFuture<'a, Result<Secret, BoxError>> {
///         Box::pin(async move {
///             let mut kept = self.kept.lock().await;
///             match kept.as_ref() {
///                 Some(bearer) if rejected != Some(bearer) => Ok(bearer.clone()),
///                 _ => Ok(kept.insert(fetch().await?).clone()),
///             }
///         })
///     }
/// }
///
/// async fn fetch() -> Result<Secret, BoxError> {
///     Ok(Secret::from("from-the-vault"))
/// }
/// ```
pub trait BearerProvider: Send + Sync + 'static {
    /// The bearer for the next attempt. `rejected` is the one that the server has just answered with 401, if it did.
    ///
    /// # Errors
    /// Whatever keeps the provider from yielding one. The call then fails with
    /// [`AuthleteError::Credential`](crate::AuthleteError::Credential), and this error is in its source chain.
    fn bearer<'a>(&'a self, rejected: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>>;
}

impl<F, R, E> BearerProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Secret, E>> + Send + 'static,
    E: Into<BoxError>,
{
    fn bearer<'a>(&'a self, _: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        let bearer = self();
        Box::pin(async move { bearer.await.map_err(Into::into) })
    }
}

#[derive(Clone)]
pub(crate) enum BearerSource {
    /// The header's value.
    Fixed(HeaderValue),
    Provider(Arc<dyn BearerProvider>),
}

/// `Authorization: Bearer …` (RFC 6750 section 2.1), marked as sensitive.
pub(crate) fn authorization(bearer: &Secret) -> Result<HeaderValue, CredentialError> {
    let bearer = bearer.expose();
    let visible = bearer.bytes().filter(u8::is_ascii_graphic).count();
    match Untrimmed::find(bearer) {
        _ if visible == 0 => return Err(CredentialError::Malformed),
        Some(Untrimmed::WhiteSpace) => return Err(CredentialError::Padded),
        Some(Untrimmed::Quotes) => return Err(CredentialError::Quoted),
        None if visible < bearer.len() => return Err(CredentialError::Malformed),
        None => {}
    }
    let mut value =
        HeaderValue::try_from(format!("Bearer {bearer}")).map_err(|_| CredentialError::Malformed)?;
    value.set_sensitive(true);
    Ok(value)
}
