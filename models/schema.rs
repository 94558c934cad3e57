//! The wire names of a model's fields: written at compile time, found at run time.

/// The schema of a model: the wire names of its fields, the required ones first, in one table of bytes.
///
/// | bytes | what |
/// |---|---|
/// | 1 | how many fields are required |
/// | 2 | where the first name begins, little-endian |
/// | 2 for each slot | a hash table with open addressing: where the name begins whose hash leads to this slot or to one before it |
/// | the rest | the names, in the order of declaration: a byte for the index, one for the length, then `"name":` |
///
/// Half of the slots are free.
#[derive(Clone, Copy)]
pub(crate) struct Schema(&'static [u8]);

/// A field's name.
#[derive(Clone, Copy)]
pub(crate) struct FieldName {
    pub(crate) index: usize,
    /// As `"name":`.
    pub(crate) quoted: &'static [u8],
}

impl FieldName {
    /// Without the quotes and the colon.
    pub(crate) fn bare(self) -> &'static str {
        let end = self.quoted.len().saturating_sub(2);
        std::str::from_utf8(self.quoted.get(1..end).unwrap_or_default()).unwrap_or_default()
    }
}

impl Schema {
    /// From a table that [`table`] has written.
    pub(crate) const fn new(table: &'static [u8]) -> Self {
        Self(table)
    }

    /// How many fields are required.
    pub(crate) fn required(self) -> usize {
        self.0.first().map_or(0, |&required| required.into())
    }

    /// Where the first name begins.
    fn start(self) -> usize {
        match self.0 {
            [_, low, high, ..] => u16::from_le_bytes([*low, *high]).into(),
            _ => 0,
        }
    }

    /// The name that begins here, and where the next one does.
    fn at(self, start: usize) -> Option<(FieldName, usize)> {
        let (&[index, length], rest) = self.0.get(start..)?.split_first_chunk()?;
        let length = usize::from(length);
        Some((FieldName { index: usize::from(index), quoted: rest.get(..length)? }, start + 2 + length))
    }

    /// All names, in the order of declaration.
    pub(crate) fn iter(self) -> impl Iterator<Item = FieldName> {
        let names = self.0.get(self.start()..).unwrap_or_default();
        entries(names).map(|(index, quoted)| FieldName { index, quoted })
    }

    /// The field of this name, and where the next name begins.
    #[inline]
    fn find(self, key: &[u8]) -> Option<(FieldName, usize)> {
        let (slots, _) = self.0.get(START..self.start())?.as_chunks();
        let mut slot = hash(key, slots.len());
        loop {
            let start = u16::from_le_bytes(*slots.get(slot)?);
            let (&[index, length], rest) = self.0.get(start.into()..)?.split_first_chunk()?;
            let length = usize::from(length);
            if length == key.len() + 3
                && let Some((quoted, _)) = rest.split_at_checked(length)
                && quoted.get(1..=key.len()) == Some(key)
            {
                return Some((
                    FieldName { index: usize::from(index), quoted },
                    usize::from(start) + 2 + length,
                ));
            }
            slot = if slot + 1 < slots.len() { slot + 1 } else { 0 };
        }
    }

    pub(crate) fn has(self, key: &str) -> bool {
        self.find(key.as_bytes()).is_some()
    }
}

/// Finds the fields of one object by name, fastest in the order of their declaration.
pub(crate) struct Finder {
    schema: Schema,
    /// Where the name begins that probably comes next.
    next: usize,
    required: usize,
    /// Which of the required fields have been found.
    found: u64,
}

impl Finder {
    pub(crate) fn new(schema: Schema) -> Self {
        Self { schema, next: schema.start(), required: schema.required(), found: 0 }
    }

    /// The field whose name probably comes next, if this text starts with it as `"name":`.
    pub(crate) fn guess(&mut self, text: &[u8]) -> Option<FieldName> {
        let (name, next) = self.schema.at(self.next)?;
        // Comparing the first letter is cheap and mostly decides.
        let is_next = text.get(1) == name.quoted.get(1) && text.starts_with(name.quoted);
        is_next.then(|| self.found(name, next))
    }

    /// The field of this name.
    #[inline]
    pub(crate) fn find(&mut self, key: &str) -> Option<FieldName> {
        let (name, next) = self.schema.find(key.as_bytes())?;
        Some(self.found(name, next))
    }

    fn found(&mut self, name: FieldName, next: usize) -> FieldName {
        self.next = next;
        if self.is_required(name) {
            self.found |= 1 << name.index;
        }
        name
    }

    pub(crate) fn is_required(&self, name: FieldName) -> bool {
        name.index < self.required
    }

    /// A required field that has not been found.
    pub(crate) fn missing(&self) -> Option<FieldName> {
        self.schema.iter().take(self.required).find(|name| self.found >> name.index & 1 == 0)
    }
}

/// Iterates over texts, each behind a byte for its index and one for its length.
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

/// Where the slots begin.
const START: usize = 3;

/// How many slots there are for so many names.
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
    // A free slot is all ones: no name begins there.
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
        let mut slot = START + 2 * hash(name, size);
        while table[slot] != u8::MAX || table[slot + 1] != u8::MAX {
            slot = if slot + 2 < START + 2 * size { slot + 2 } else { START };
        }
        [table[slot], table[slot + 1]] = (start as u16).to_le_bytes();
        number += 1;
    }
    table
}

/// The first slot to look for a name in. Collisions need not be hard to provoke: no search is longer than the model's own names
/// make it, because it ends at the first free slot.
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
