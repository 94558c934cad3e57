//! What a journal is about.

use super::store::{Journal, VERSION};
use crate::input::hash::hex;
use crate::input::{Fingerprint, Input, Shard};
use crate::stop::Stop;

/// A service at a server.
pub(crate) struct Endpoint {
    pub(crate) base_url: String,
    pub(crate) service_id: String,
}

/// What the journal is about. It refuses to be used for anything else.
pub(crate) struct Subject {
    /// `None` where server and service do not matter.
    pub(crate) at: Option<Endpoint>,
    pub(crate) input: Input,
    pub(crate) shard: Option<Shard>,
    pub(crate) fingerprint: Fingerprint,
}

impl Subject {
    pub(super) fn entries(&self) -> Vec<(&'static str, String)> {
        let mut entries = vec![
            ("bytes", self.fingerprint.bytes.to_string()),
            ("sha256", hex(&self.fingerprint.sha256)),
            ("format", format!("{:?}", self.input.format()).to_lowercase()),
            ("shard", self.shard.map_or_else(|| "1/1".to_owned(), |shard| shard.to_string())),
        ];
        // That nothing is said stands there too: it is one way to read the file, and the journal is of no other.
        entries.push(("columns", self.input.columns().hash().map_or_else(String::new, |hash| hex(&hash))));
        entries.push(("sample", self.input.sample().map_or_else(String::new, |sample| sample.to_string())));
        if let Some(Endpoint { base_url, service_id }) = &self.at {
            entries.insert(0, ("server", base_url.clone()));
            entries.insert(1, ("service", service_id.clone()));
        }
        entries
    }
}

impl Journal {
    /// Refuses another file, service or shard than the journal was made for.
    pub(crate) fn must_be_about(&self, subject: &Subject) -> Result<(), Stop> {
        let Some(version) = self.meta("version")? else {
            return Err(Stop::new("the journal is empty: nothing has been run"));
        };
        if version != VERSION.to_string() {
            return Err(Stop::new("the journal was made by another version of this tool"));
        }
        for (key, value) in subject.entries() {
            if self.meta(key)?.unwrap_or_default() != value {
                let here = subject.input.whole_path().display().to_string();
                let file = self.meta("file")?.filter(|file| *file != here);
                if let Some(file) = file.filter(|_| matches!(key, "bytes" | "sha256")) {
                    return Err(Stop::new(format!("the journal is of {file}, and this is another file")));
                }
                return Err(Stop::new(match key {
                    "server" => {
                        "the journal is of another server: AUTHLETE_BASE_URL has changed; if it is another name of the same \
                         server, say --same-server once"
                    }
                    "service" => "the journal is of another service",
                    "shard" => "the journal is of another shard",
                    "columns" => {
                        "the journal is of a file that was read with another --map, --map-values, --escape or --plan"
                    }
                    "format" => "the journal is of a file of another format",
                    "sample" => "the journal is of another sample of the file",
                    _ => "the file has changed since the journal was begun",
                }));
            }
        }
        Ok(())
    }
}
