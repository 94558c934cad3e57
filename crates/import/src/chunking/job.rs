//! The work on a file, and the journal that keeps it.

use crate::input::{Input, Reader, Sample, Shard};
use crate::journal::{Endpoint, Journal, JournalArgs, Subject, beside, journal_path};
use crate::server::{base_url, service_id};
use crate::stop::Stop;
use crate::terminal::Progress;

/// The work on a file: an import or a deletion, with its journal.
pub(crate) struct Job {
    pub(crate) input: Input,
    pub(crate) shard: Option<Shard>,
    pub(crate) journal: Journal,
    pub(crate) progress: Progress,
}

impl Job {
    /// Opens the journal of a file, which must be the file it was made for.
    pub(crate) fn open(args: &JournalArgs) -> Result<Self, Stop> {
        let job = Self::new(args, Journal::open_existing(&journal_path(args))?)?;
        job.must_be_of_an_import()?;
        job.must_fit(true)?;
        Ok(job)
    }

    /// The same to be read, while another process may write it.
    pub(crate) fn view(args: &JournalArgs, with_service: bool) -> Result<Self, Stop> {
        let mut path = journal_path(args);
        let of_deletion = beside(&path, ".deletion");
        if args.journal.is_none() && !path.exists() && of_deletion.exists() {
            path = of_deletion;
        }
        let job = Self::new(args, Journal::view(&path)?)?;
        job.must_fit(with_service)?;
        Ok(job)
    }

    /// Beside a journal that may be empty.
    pub(crate) fn new(args: &JournalArgs, journal: Journal) -> Result<Self, Stop> {
        let kept = journal.meta("plan")?;
        let input = Input::with_kept_plan(&args.file.file, &args.file.reading, kept.as_deref())?;
        let input = sampled(input, &journal)?;
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
pub(crate) fn place() -> Result<Endpoint, Stop> {
    Ok(Endpoint { base_url: base_url()?, service_id: service_id()? })
}
