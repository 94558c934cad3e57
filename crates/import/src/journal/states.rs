//! The states that the journal keeps as text.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// Writes an enum whose values stand in the database as text.
macro_rules! stored {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            fn as_stored(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_stored().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(FromSqlError::InvalidType),
                }
            }
        }
    };
}

stored! {
    /// How far a chunk is.
    ChunkState {
        /// Not sent, or provably not accepted.
        Planned = "planned",
        /// About to be sent. Found so after an interruption, it may have been accepted.
        Sending = "sending",
        /// Accepted, and its result awaited.
        Sent = "sent",
        /// All of its tokens have been created.
        Succeeded = "succeeded",
        /// The batch has failed; some of its tokens may have been created.
        Failed = "failed",
        /// The server has refused the request; none of its tokens has been created by it.
        Refused = "refused",
        /// It may have been accepted.
        Unknown = "unknown",
        /// It may have been accepted, and it cannot be told which of its tokens exist.
        Unclear = "unclear",
        /// Its records have rows of their own.
        Settled = "settled",
        /// Its tokens have been deleted again.
        Deleted = "deleted",
    }
}

stored! {
    /// What became of a record. In the journal, a record whose row says `open` is what its chunk says.
    Outcome {
        Created = "created",
        Existing = "existing",
        Rejected = "rejected",
        /// It expired before it could be moved.
        Expired = "expired",
        /// A token is there that is not as the record says, or should not be there.
        Conflict = "conflict",
        Deleted = "deleted",
        /// It was to be deleted, and was not there.
        Absent = "absent",
        /// It has yet to be sent.
        Waiting = "waiting",
        /// It has expired by the server's clock, but not by this machine's: one of them is wrong.
        Disputed = "disputed",
        /// It may have been created.
        Unknown = "unknown",
        /// It was created or there, and is not found any more.
        Missing = "missing",
        /// It was created or there, and is found to be other than its record.
        Differing = "differing",
    }
}

impl Outcome {
    /// As reports and messages say it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Existing => "already there",
            Self::Absent => "not there",
            Self::Disputed => Self::Waiting.as_stored(),
            other => other.as_stored(),
        }
    }
}

impl ChunkState {
    /// What the records are that the chunk speaks for.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self::Planned => Outcome::Waiting,
            Self::Succeeded => Outcome::Created,
            Self::Deleted => Outcome::Deleted,
            Self::Sending
            | Self::Sent
            | Self::Failed
            | Self::Refused
            | Self::Unknown
            | Self::Unclear
            | Self::Settled => Outcome::Unknown,
        }
    }
}

stored! {
    /// What is wrong with the token of a record that counts as there.
    Flaw {
        Missing = "missing",
        /// The access token is there without the refresh token.
        Incomplete = "incomplete",
        Differs = "differs",
        /// It cannot be told whether it exists.
        Unclear = "unclear",
    }
}

/// The reason of a record that time has overtaken.
pub(crate) const EXPIRED: &str = "expired before it could be moved";
/// The reason of a record that has expired by one clock alone.
pub(crate) const DISPUTED: &str = "expired by the server's clock, but not by this machine's";
/// The reason of a record that no batch can create.
pub(crate) const KNOWN_REFRESH_TOKEN: &str =
    "its refresh token is there with another access token: see --supersede";
/// The reason of a record whose token was found, and may be another's.
pub(crate) const IN_DOUBT: &str = "found after its batch was lost or had failed";
