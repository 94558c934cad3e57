//! The members of one object.

use std::borrow::Cow;

use super::Fault;
use super::read::DEPTH;
use super::scan::{Limits, Scanner};

/// A member of an object.
pub(crate) struct Member<'a> {
    /// Its name, decoded.
    pub(crate) name: Cow<'a, str>,
    /// Its text, from the name on.
    pub(crate) text: &'a str,
    /// The text of its value.
    pub(crate) value: &'a str,
}

/// The members of an object, in their order. `None` if the text is no object.
pub(crate) fn members(text: &str) -> Option<Vec<Member<'_>>> {
    const FREE: Limits<'static> = Limits { memory: usize::MAX, is_late: &|| false };
    let mut scanner = Scanner::new(text, &FREE);
    let mut read = || -> Result<Vec<Member<'_>>, Fault> {
        let mut members = Vec::new();
        scanner.demand(b'{')?;
        let mut more = scanner.any(b'}')?;
        while more {
            scanner.peek()?;
            let start = scanner.at;
            scanner.demand(b'"')?;
            let name = scanner.string()?;
            scanner.demand(b':')?;
            scanner.peek()?;
            let value = scanner.at;
            scanner.skip_within(DEPTH)?;
            members.push(Member { name, text: scanner.since(start), value: scanner.since(value) });
            more = scanner.more(b'}')?;
        }
        scanner.end()?;
        Ok(members)
    };
    read().ok()
}
