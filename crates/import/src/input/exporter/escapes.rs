//! Backslashes, as the text formats of databases write them.

use clap::ValueEnum;

/// Which text format a file is in: what a backslash and the character behind it stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Escape {
    /// `COPY ... TO` in text format, and psql's \copy.
    Postgresql,
    /// `SELECT ... INTO OUTFILE`, mysqldump --tab, and TabSeparated of ClickHouse.
    Mysql,
    /// `mysql --batch`, which writes NULL as a word.
    MysqlBatch,
}

/// What a text stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unescaped<'a> {
    Text(&'a [u8]),
    Null,
}

impl Escape {
    /// What a cell or a line stands for. `separator` may stand in it behind a backslash.
    pub(crate) fn undo<'a>(
        self,
        text: &'a [u8],
        separator: u8,
        scratch: &'a mut Vec<u8>,
    ) -> Result<Unescaped<'a>, &'static str> {
        let null: &[u8] = if self == Self::MysqlBatch { b"NULL" } else { b"\\N" };
        if text == null {
            return Ok(Unescaped::Null);
        }
        if memchr::memchr(b'\\', text).is_none() {
            return Ok(Unescaped::Text(text));
        }
        scratch.clear();
        let mut bytes = text.iter().copied();
        while let Some(byte) = bytes.next() {
            if byte != b'\\' {
                scratch.push(byte);
                continue;
            }
            let behind = bytes.next().ok_or("ends with half an escape: is --escape right?")?;
            let meant = self.meaning(behind, separator);
            scratch.push(meant.ok_or("has a backslash that the dialect of --escape does not write")?);
        }
        Ok(Unescaped::Text(scratch))
    }

    /// What a backslash before this byte stands for, if the dialect writes it at all.
    fn meaning(self, byte: u8, separator: u8) -> Option<u8> {
        let is_batch = self == Self::MysqlBatch;
        match byte {
            b'\\' | b'\n' | b'\t' if byte == b'\\' || self == Self::Mysql => Some(byte),
            b'n' => Some(b'\n'),
            b't' => Some(b'\t'),
            b'0' if self != Self::Postgresql => Some(0),
            b'r' if !is_batch => Some(b'\r'),
            b'b' if !is_batch => Some(8),
            b'f' if !is_batch => Some(12),
            b'v' if self == Self::Postgresql => Some(11),
            b'Z' if self == Self::Mysql => Some(26),
            b'\'' | b'"' if self == Self::Mysql => Some(byte),
            _ if byte == separator && !is_batch => Some(byte),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dialect_is_read_as_it_is_written() {
        use Escape::{Mysql, MysqlBatch, Postgresql};
        for (escape, text, meant) in [
            (Postgresql, r"CORP\\alice", Some("CORP\\alice")),
            (Postgresql, r"a\tb\v", Some("a\tb\u{b}")),
            (Postgresql, r"a\|b", Some("a|b")),
            (Postgresql, r"\\N", Some("\\N")),
            (Postgresql, r"CORP\alice", None),
            (Postgresql, r"a\", None),
            (Mysql, r"CORP\\alice\0", Some("CORP\\alice\0")),
            (Mysql, "a\\\tb\\\nc", Some("a\tb\nc")),
            (MysqlBatch, r"CORP\\alice", Some("CORP\\alice")),
            (MysqlBatch, r"\N", None),
            (MysqlBatch, r"a\rb", None),
        ] {
            let mut scratch = Vec::new();
            let read = escape.undo(text.as_bytes(), b'|', &mut scratch).ok();
            assert_eq!(read, meant.map(|text| Unescaped::Text(text.as_bytes())), "{escape:?} {text}");
        }
        for (escape, text) in [(Postgresql, "\\N"), (Mysql, "\\N"), (MysqlBatch, "NULL")] {
            assert_eq!(escape.undo(text.as_bytes(), b'\t', &mut Vec::new()), Ok(Unescaped::Null));
        }
    }
}
