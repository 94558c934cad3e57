//! A journal beside its file.

use crate::input::{FileArgs, Input, Shard};
use crate::journal::{Journal, JournalArgs, Subject, journal_path};
use crate::server::service_id;
use crate::stop::Stop;
use crate::terminal::Progress;

/// A journal and the file it is about.
pub(crate) struct Book {
    pub(crate) input: Input,
    pub(crate) shard: Option<Shard>,
    pub(crate) journal: Journal,
    pub(crate) progress: Progress,
}

impl Book {
    /// Opens the journal of a file, which must be the file it was made for.
    pub(crate) fn open(args: &JournalArgs, with_service: bool) -> Result<Self, Stop> {
        let book = Self::new(args, Journal::open_existing(&journal_path(args))?);
        book.must_fit(with_service)?;
        Ok(book)
    }

    pub(crate) fn new(args: &JournalArgs, journal: Journal) -> Self {
        let FileArgs { file, format, shard, json } = &args.file;
        Self { input: Input::new(file, *format), shard: *shard, journal, progress: Progress::new(*json) }
    }

    /// What was rolled back is over.
    pub(crate) fn must_not_be_rolled_back(&self) -> Result<(), Stop> {
        match self.journal.meta("rolled_back")? {
            Some(_) => Err(Stop::new("this import was rolled back: begin anew with another journal")),
            None => Ok(()),
        }
    }

    pub(crate) fn must_fit(&self, with_service: bool) -> Result<(), Stop> {
        let service_id = with_service.then(service_id).transpose()?;
        self.journal.must_be_about(&Subject {
            service_id,
            format: self.input.format(),
            shard: self.shard,
            fingerprint: self.input.fingerprint()?,
        })
    }
}
