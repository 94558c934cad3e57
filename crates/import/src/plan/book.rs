//! A journal beside its file.

use crate::input::{Input, Reader, Sample, Shard};
use crate::journal::{Journal, JournalArgs, Place, Subject, beside, journal_path};
use crate::server::{base_url, service_id};
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
    pub(crate) fn open(args: &JournalArgs) -> Result<Self, Stop> {
        let book = Self::new(args, Journal::open_existing(&journal_path(args))?)?;
        book.must_be_of_an_import()?;
        book.must_fit(true)?;
        Ok(book)
    }

    /// The same to be read, while another process may write it.
    pub(crate) fn view(args: &JournalArgs, with_service: bool) -> Result<Self, Stop> {
        let mut path = journal_path(args);
        let of_deletion = beside(&path, ".deletion");
        if args.journal.is_none() && !path.exists() && of_deletion.exists() {
            path = of_deletion;
        }
        let book = Self::new(args, Journal::view(&path)?)?;
        book.must_fit(with_service)?;
        Ok(book)
    }

    /// Beside a journal that may be empty.
    pub(crate) fn new(args: &JournalArgs, journal: Journal) -> Result<Self, Stop> {
        let input = sampled(Input::new(&args.file.file, &args.file.reading)?, &journal)?;
        if args.same_server {
            journal.rename_server(&base_url()?)?;
        }
        Ok(Self { input, shard: args.file.shard, journal, progress: Progress::new(args.file.json) })
    }

    /// A deletion is no import.
    pub(crate) fn must_be_of_an_import(&self) -> Result<(), Stop> {
        match self.journal.meta("purpose")?.as_deref() {
            Some("import") | None => Ok(()),
            Some(_) => Err(Stop::new("the journal is of a deletion, and not of an import")),
        }
    }

    /// What was rolled back is over.
    pub(crate) fn must_not_be_rolled_back(&self) -> Result<(), Stop> {
        match self.journal.meta("rolled_back")? {
            Some(_) => Err(Stop::new("this import was rolled back: start again with a new journal")),
            None => Ok(()),
        }
    }

    /// What was moved must still be what the file says.
    pub(crate) fn must_be_unchanged(&self) -> Result<(), Stop> {
        self.must_fit(false)
    }

    pub(crate) fn must_fit(&self, with_service: bool) -> Result<(), Stop> {
        self.journal.must_be_about(&Subject {
            at: with_service.then(place).transpose()?,
            input: self.input.clone(),
            shard: self.shard,
            fingerprint: self.input.fingerprint()?,
        })
    }
}

/// The file with the records alone that a journal is about.
pub(crate) fn sampled(input: Input, journal: &Journal) -> Result<Input, Stop> {
    let wanted = journal.meta("sample")?.as_deref().and_then(Sample::wanted);
    let sample = wanted.map(|wanted| Reader::sample(&input, wanted)).transpose()?;
    Ok(input.sampled(sample))
}

/// What the environment names.
pub(crate) fn place() -> Result<Place, Stop> {
    Ok(Place { base_url: base_url()?, service_id: service_id()? })
}
