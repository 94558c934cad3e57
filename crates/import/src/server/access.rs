//! How to get at the server: whom to trust, who this side is, and the bearer.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use authlete::transport::{Proxy, TlsConfig};
use authlete::{AuthleteCoreBuilder, BearerProvider, BoxError, BoxFuture, Secret};
use clap::Args;
use tokio::sync::Mutex;

use crate::stop::Stop;

#[derive(Args, Clone)]
pub(crate) struct AccessArgs {
    /// Trust the certificates in this PEM file alone: a private authority's.
    #[arg(long, value_name = "PATH")]
    ca: Option<PathBuf>,
    /// Trust what the operating system trusts, instead of the authorities of the web that are built in.
    #[cfg(feature = "native-roots")]
    #[arg(long, conflicts_with = "ca")]
    system_store: bool,
    /// Show the server this certificate, a chain in PEM.
    #[arg(long, value_name = "PATH", requires = "client_key")]
    client_certificate: Option<PathBuf>,
    /// The private key of the client certificate, in PEM.
    #[arg(long, value_name = "PATH", requires = "client_certificate")]
    client_key: Option<PathBuf>,
    /// Go through the HTTP proxy at `http://[USER:PASSWORD@]HOST[:PORT]` [default: what HTTPS_PROXY and NO_PROXY name].
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Read the bearer from this file, and again when the server refuses it, instead of from AUTHLETE_BEARER.
    #[arg(long, value_name = "PATH")]
    bearer_file: Option<PathBuf>,
    /// Take as the bearer what this shell command writes, and run it again when the server refuses it.
    #[arg(long, value_name = "COMMAND", conflicts_with = "bearer_file")]
    bearer_command: Option<String>,
}

impl AccessArgs {
    pub(super) fn apply(&self, mut builder: AuthleteCoreBuilder) -> Result<AuthleteCoreBuilder, Stop> {
        if let Some(tls) = self.tls()? {
            builder = builder.tls(tls);
        }
        let proxy = match &self.proxy {
            Some(url) => Some(Proxy::new(url.as_str())?),
            None => Proxy::from_env()?,
        };
        builder = builder.proxy(proxy);
        let source = match (&self.bearer_file, &self.bearer_command) {
            (Some(path), _) => Some(BearerSource::File(path.clone())),
            (None, Some(command)) => Some(BearerSource::Command(command.clone())),
            (None, None) => None,
        };
        Ok(match source {
            Some(source) => builder.bearer_provider(Kept { source, bearer: Mutex::default() }),
            None => builder,
        })
    }

    fn tls(&self) -> Result<Option<TlsConfig>, Stop> {
        let mut tls = TlsConfig::new();
        let mut is_said = false;
        if let Some(path) = &self.ca {
            tls = usable(tls.add_roots_pem(&read(path)?), path)?.only_own_roots(true);
            is_said = true;
        }
        #[cfg(feature = "native-roots")]
        if self.system_store {
            tls = tls.native_roots(true);
            is_said = true;
        }
        if let (Some(chain), Some(key)) = (&self.client_certificate, &self.client_key) {
            tls = usable(tls.client_certificate_pem(&read(chain)?, &read(key)?), chain)?;
            is_said = true;
        }
        Ok(is_said.then_some(tls))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    fs::read(path).map_err(|error| unusable(path, &error))
}

/// Names the file of the setting that was refused, if one was.
fn usable(tls: TlsConfig, path: &Path) -> Result<TlsConfig, Stop> {
    match tls.rejected() {
        Some(rejected) => Err(unusable(path, rejected)),
        None => Ok(tls),
    }
}

fn unusable(path: &Path, error: &dyn Display) -> Stop {
    Stop::during(&format!("cannot use {}", path.display()), error)
}

/// Where a bearer comes from that may change in the course of a long run.
#[derive(Clone)]
enum BearerSource {
    File(PathBuf),
    Command(String),
}

impl BearerSource {
    fn fetch(&self) -> Result<Secret, BoxError> {
        let text = match self {
            Self::File(path) => fs::read_to_string(path)
                .map_err(|error| format!("cannot read the bearer in {}: {error}", path.display()))?,
            Self::Command(command) => {
                let mut shell = Command::new("sh");
                let output =
                    shell.arg("-c").arg(command).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
                let output =
                    output.map_err(|error| format!("cannot run the command of --bearer-command: {error}"))?;
                if !output.status.success() {
                    return Err(
                        format!("the command of --bearer-command ended with {}", output.status).into()
                    );
                }
                String::from_utf8(output.stdout)
                    .map_err(|_| "the command of --bearer-command wrote no text")?
            }
        };
        match text.lines().next().map(str::trim) {
            None | Some("") => {
                Err("there is no bearer in what --bearer-file or --bearer-command gives".into())
            }
            Some(bearer) => Ok(Secret::from(bearer)),
        }
    }
}

/// A bearer that is fetched once, and again when the server has refused it.
struct Kept {
    source: BearerSource,
    bearer: Mutex<Option<Secret>>,
}

impl BearerProvider for Kept {
    fn bearer<'a>(&'a self, rejected: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(async move {
            let mut kept = self.bearer.lock().await;
            if let Some(bearer) = kept.as_ref().filter(|bearer| rejected != Some(*bearer)) {
                return Ok(bearer.clone());
            }
            let source = self.source.clone();
            let fetched = tokio::task::spawn_blocking(move || source.fetch()).await??;
            Ok(kept.insert(fetched).clone())
        })
    }
}
