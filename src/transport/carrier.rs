//! What carries the requests of a core.

use bytes::Bytes;
use http::{Request, Response};

#[cfg(feature = "hyper-client")]
use super::HyperTransport;
use super::{BoxFuture, Progress, ResponseBody, State, Transport, TransportError};

/// The built-in transport or one of the caller's.
pub(crate) enum Carrier {
    #[cfg(feature = "hyper-client")]
    BuiltIn(HyperTransport),
    Given(Box<dyn Transport>),
}

impl Carrier {
    /// Puts a [`Progress`] into the request, where the transport can find it only there.
    pub(crate) fn announce(&self, request: &mut Request<Bytes>) -> Option<Progress> {
        match self {
            #[cfg(feature = "hyper-client")]
            Self::BuiltIn(_) => None,
            Self::Given(_) => {
                let progress = Progress::default();
                request.extensions_mut().insert(progress.clone());
                Some(progress)
            }
        }
    }

    /// Sends the request. The state is that of the announced [`Progress`], or the caller's own.
    #[cfg_attr(not(feature = "hyper-client"), allow(unused_variables))]
    pub(crate) fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        match self {
            #[cfg(feature = "hyper-client")]
            Self::BuiltIn(transport) => transport.send_telling(request, state),
            Self::Given(transport) => transport.send(request),
        }
    }
}
