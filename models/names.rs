//! The names of fields: written at compile time, found at run time.

/// The names of a model's fields, the required ones first.
pub(crate) struct Shape {
    pub(crate) required: usize,
    /// Each as `"name":` behind two bytes, its index and its length.
    pub(crate) names: &'static [u8],
    /// Where in `names` each begins, at its hash or soon after; a power of two of them, of which a third is free.
    pub(crate) places: &'static [u16],
}

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
        let bare = self.quoted.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\":"));
        std::str::from_utf8(bare.unwrap_or_default()).unwrap_or_default()
    }
}

impl Shape {
    /// The name that begins at this place, and the place behind it.
    fn name(&self, start: usize) -> Option<(Name, usize)> {
        let (&[index, length], rest) = self.names.get(start..)?.split_first_chunk()?;
        let length = usize::from(length);
        Some((Name { index: usize::from(index), quoted: rest.get(..length)? }, start + 2 + length))
    }

    /// The names in the order of their declaration.
    pub(crate) fn names(&self) -> impl Iterator<Item = Name> {
        entries(self.names).map(|(index, quoted)| Name { index, quoted })
    }

    /// The field of this name, and the place behind it.
    #[inline]
    fn find(&self, key: &[u8]) -> Option<(Name, usize)> {
        let mut place = hash(key);
        loop {
            let start = usize::from(*self.places.get(place & (self.places.len() - 1))?);
            let (&[index, length], rest) = self.names.get(start..)?.split_first_chunk()?;
            let length = usize::from(length);
            if length == key.len() + 3
                && let Some((quoted, _)) = rest.split_at_checked(length)
                && quoted.get(1..=key.len()) == Some(key)
            {
                return Some((Name { index: usize::from(index), quoted }, start + 2 + length));
            }
            place += 1;
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.find(key.as_bytes()).is_some()
    }
}

/// Finds the fields of one object by name, fastest in the order of their declaration.
pub(crate) struct Finder {
    shape: &'static Shape,
    /// Where the name is that probably comes next.
    next: usize,
    /// Which of the required fields have been found.
    found: u64,
}

impl Finder {
    pub(crate) fn new(shape: &'static Shape) -> Self {
        Self { shape, next: 0, found: 0 }
    }

    /// The field whose name probably comes next, if this text starts with it as `"name":`.
    pub(crate) fn guess(&mut self, text: &[u8]) -> Option<Name> {
        let (name, next) = self.shape.name(self.next)?;
        // The first letter is compared first, for that is cheap.
        let is_next = text.get(1) == name.quoted.get(1) && text.starts_with(name.quoted);
        is_next.then(|| self.found(name, next))
    }

    /// The field of this name.
    #[inline]
    pub(crate) fn find(&mut self, key: &str) -> Option<Name> {
        let (name, next) = self.shape.find(key.as_bytes())?;
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
        name.index < self.shape.required
    }

    /// A required field that has not been found.
    pub(crate) fn missing(&self) -> Option<Name> {
        self.shape.names().take(self.shape.required).find(|name| self.found >> name.index & 1 == 0)
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

/// How long [`names`] will be.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn length(fields: &[&str]) -> usize {
    assert!(fields.len() <= 256);
    let mut length = 0;
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

/// The wire names of these fields: in camel case, without underscores.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn names<const LENGTH: usize>(fields: &[&str]) -> [u8; LENGTH] {
    let mut names = [0; LENGTH];
    let mut end = 0;
    let mut number = 0;
    while number < fields.len() {
        let field = fields[number].as_bytes();
        let start = end + 2;
        names[end] = number as u8;
        names[start] = b'"';
        end = start + 1;
        let mut at = 0;
        while at < field.len() {
            if field[at] != b'_' {
                let upper = at > 0 && field[at - 1] == b'_';
                names[end] = if upper { field[at].to_ascii_uppercase() } else { field[at] };
                end += 1;
            }
            at += 1;
        }
        names[end] = b'"';
        names[end + 1] = b':';
        end += 2;
        names[start - 1] = (end - start) as u8;
        number += 1;
    }
    names
}

/// How many [`places`] there will be.
pub(crate) const fn size(count: usize) -> usize {
    (count + count / 2 + 1).next_power_of_two()
}

/// The places of these names by their hashes. A free place is one past all names.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn places<const SIZE: usize>(names: &[u8]) -> [u16; SIZE] {
    assert!(names.len() < u16::MAX as usize);
    let mut places = [u16::MAX; SIZE];
    let mut start = 0;
    while start < names.len() {
        let length = names[start + 1] as usize;
        let (_, name) = names.split_at(start + 3);
        let (name, _) = name.split_at(length - 3);
        let mut place = hash(name) % SIZE;
        while places[place] != u16::MAX {
            place = (place + 1) % SIZE;
        }
        places[place] = start as u16;
        start += 2 + length;
    }
    places
}

/// Where to look for a name first. It need not be hard to foresee: a search ends at the first free place.
const fn hash(name: &[u8]) -> usize {
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
    ((word ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}
