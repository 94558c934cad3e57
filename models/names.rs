//! The names of fields: written at compile time, found at run time.

/// The names of a model's fields, the required ones first, in one table: a byte for the number of the required ones, two for
/// where the first name begins, the places of two bytes each, and the names.
///
/// A name stands as `"name":` behind two bytes, its index and its length. A place says where in the table a name begins, and
/// stands at the name's hash or soon after; half of them is free.
#[derive(Clone, Copy)]
pub(crate) struct Names(&'static [u8]);

/// A field's name.
#[derive(Clone, Copy)]
pub(crate) struct Name {
    pub(crate) index: usize,
    /// As `"name":`.
    pub(crate) quoted: &'static [u8],
}

impl Name {
    /// Without the quotes and the colon.
    pub(crate) fn bare(self) -> &'static str {
        let end = self.quoted.len().saturating_sub(2);
        std::str::from_utf8(self.quoted.get(1..end).unwrap_or_default()).unwrap_or_default()
    }
}

impl Names {
    /// Those of a table that [`table`] has written.
    pub(crate) const fn new(table: &'static [u8]) -> Self {
        Self(table)
    }

    /// How many are required.
    pub(crate) fn required(self) -> usize {
        self.0.first().map_or(0, |&required| required.into())
    }

    /// Where the first one begins.
    fn start(self) -> usize {
        match self.0 {
            [_, low, high, ..] => u16::from_le_bytes([*low, *high]).into(),
            _ => 0,
        }
    }

    /// The name that begins here, and where the next one does.
    fn at(self, start: usize) -> Option<(Name, usize)> {
        let (&[index, length], rest) = self.0.get(start..)?.split_first_chunk()?;
        let length = usize::from(length);
        Some((Name { index: usize::from(index), quoted: rest.get(..length)? }, start + 2 + length))
    }

    /// All of them, in the order of their declaration.
    pub(crate) fn iter(self) -> impl Iterator<Item = Name> {
        let names = self.0.get(self.start()..).unwrap_or_default();
        entries(names).map(|(index, quoted)| Name { index, quoted })
    }

    /// The field of this name, and where the next name begins.
    #[inline]
    fn find(self, key: &[u8]) -> Option<(Name, usize)> {
        let (places, _) = self.0.get(START..self.start())?.as_chunks();
        let mut place = hash(key, places.len());
        loop {
            let start = u16::from_le_bytes(*places.get(place)?);
            let (&[index, length], rest) = self.0.get(start.into()..)?.split_first_chunk()?;
            let length = usize::from(length);
            if length == key.len() + 3
                && let Some((quoted, _)) = rest.split_at_checked(length)
                && quoted.get(1..=key.len()) == Some(key)
            {
                return Some((Name { index: usize::from(index), quoted }, usize::from(start) + 2 + length));
            }
            place = if place + 1 < places.len() { place + 1 } else { 0 };
        }
    }

    pub(crate) fn has(self, key: &str) -> bool {
        self.find(key.as_bytes()).is_some()
    }
}

/// Finds the fields of one object by name, fastest in the order of their declaration.
pub(crate) struct Finder {
    names: Names,
    /// Where the name begins that probably comes next.
    next: usize,
    required: usize,
    /// Which of the required fields have been found.
    found: u64,
}

impl Finder {
    pub(crate) fn new(names: Names) -> Self {
        Self { names, next: names.start(), required: names.required(), found: 0 }
    }

    /// The field whose name probably comes next, if this text starts with it as `"name":`.
    pub(crate) fn guess(&mut self, text: &[u8]) -> Option<Name> {
        let (name, next) = self.names.at(self.next)?;
        // The first letter is compared first, for that is cheap.
        let is_next = text.get(1) == name.quoted.get(1) && text.starts_with(name.quoted);
        is_next.then(|| self.found(name, next))
    }

    /// The field of this name.
    #[inline]
    pub(crate) fn find(&mut self, key: &str) -> Option<Name> {
        let (name, next) = self.names.find(key.as_bytes())?;
        Some(self.found(name, next))
    }

    fn found(&mut self, name: Name, next: usize) -> Name {
        self.next = next;
        if self.is_required(name) {
            self.found |= 1 << name.index;
        }
        name
    }

    pub(crate) fn is_required(&self, name: Name) -> bool {
        name.index < self.required
    }

    /// A required field that has not been found.
    pub(crate) fn missing(&self) -> Option<Name> {
        self.names.iter().take(self.required).find(|name| self.found >> name.index & 1 == 0)
    }
}

/// Takes texts apart that stand behind two bytes each, their index and their length.
pub(crate) fn entries(mut texts: &'static [u8]) -> impl Iterator<Item = (usize, &'static [u8])> {
    std::iter::from_fn(move || {
        let (&[index, length], rest) = texts.split_first_chunk()?;
        let (text, rest) = rest.split_at_checked(usize::from(length))?;
        texts = rest;
        Some((usize::from(index), text))
    })
}

/// How many fields a model may have.
pub(crate) const MOST: usize = 256;

/// The places begin behind the two numbers.
const START: usize = 3;

/// How many places there are for so many names.
const fn size(count: usize) -> usize {
    2 * count + 1
}

/// How long the [`table`] of these fields will be.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn length(fields: &[&str]) -> usize {
    assert!(fields.len() <= MOST);
    let mut length = START + 2 * size(fields.len());
    let mut number = 0;
    while number < fields.len() {
        let field = fields[number].as_bytes();
        let mut at = 0;
        while at < field.len() {
            length += (field[at] != b'_') as usize;
            at += 1;
        }
        length += 5;
        number += 1;
    }
    length
}

/// The table of the wire names of these fields, of which so many are required: in camel case, without underscores.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn table<const LENGTH: usize>(fields: &[&str], required: usize) -> [u8; LENGTH] {
    assert!(required <= 64 && LENGTH < u16::MAX as usize);
    let size = size(fields.len());
    // What stays as it is of the places is free: no name begins there.
    let mut table = [u8::MAX; LENGTH];
    table[0] = required as u8;
    let mut end = START + 2 * size;
    [table[1], table[2]] = (end as u16).to_le_bytes();
    let mut number = 0;
    while number < fields.len() {
        let field = fields[number].as_bytes();
        let start = end;
        table[start] = number as u8;
        table[start + 2] = b'"';
        end = start + 3;
        let mut at = 0;
        while at < field.len() {
            if field[at] != b'_' {
                let upper = at > 0 && field[at - 1] == b'_';
                table[end] = if upper { field[at].to_ascii_uppercase() } else { field[at] };
                end += 1;
            }
            at += 1;
        }
        table[end] = b'"';
        table[end + 1] = b':';
        end += 2;
        table[start + 1] = (end - start - 2) as u8;

        let (_, name) = table.split_at(start + 3);
        let (name, _) = name.split_at(end - start - 5);
        let mut place = START + 2 * hash(name, size);
        while table[place] != u8::MAX || table[place + 1] != u8::MAX {
            place = if place + 2 < START + 2 * size { place + 2 } else { START };
        }
        [table[place], table[place + 1]] = (start as u16).to_le_bytes();
        number += 1;
    }
    table
}

/// Where among so many places to look for a name first. It need not be hard to foresee: a search ends at the first free
/// place.
const fn hash(name: &[u8], size: usize) -> usize {
    let word = match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        _ => {
            let mut word = 0;
            let mut rest = name;
            while let [byte, after @ ..] = rest {
                word = word << 8 | *byte as u64;
                rest = after;
            }
            word
        }
    };
    let spread = (word ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    ((spread * size as u64) >> 32) as usize
}
