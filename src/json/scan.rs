//! The tokens of a text.

use std::borrow::Cow;

use super::{Fault, JsonProblem, plain};

pub(super) const SYNTAX: Fault = Fault::Json(JsonProblem::Syntax);
pub(super) const EOF: Fault = Fault::Json(JsonProblem::Eof);
pub(super) const DATA: Fault = Fault::Json(JsonProblem::Data);

/// What an allocator adds to what is asked for, at most, if that is little.
pub(super) const ALLOCATION: usize = 24;

/// What an allocation of so many bytes takes at most, where it is little: no allocator has chunks smaller than these.
pub(super) fn allocation(bytes: usize) -> usize {
    (ALLOCATION + bytes).max(32)
}

/// What the reading of a text may take.
pub(crate) struct Limits<'a> {
    /// How many bytes may be allocated.
    pub(crate) memory: usize,
    /// Whether the time is up. It is asked now and then.
    pub(crate) is_late: &'a dyn Fn() -> bool,
}

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// How many more bytes may be allocated.
    room: usize,
    is_late: &'a dyn Fn() -> bool,
    /// Where to ask again.
    pause: usize,
}

impl<'a> Scanner<'a> {
    /// How many bytes are read between two looks at the clock.
    const STRIDE: usize = 32 << 10;

    pub(super) fn new(text: &'a str, limits: &Limits<'a>) -> Self {
        Self { text, at: 0, room: limits.memory, is_late: limits.is_late, pause: Self::STRIDE }
    }

    /// Takes from what may be allocated.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Fault> {
        self.room = self.room.checked_sub(bytes).ok_or(Fault::TooLarge)?;
        Ok(())
    }

    /// Takes what a list grows by. While it moves, the old block is there beside the new one.
    pub(super) fn take_growth(&mut self, old: usize, more: usize) -> Result<(), Fault> {
        if old.saturating_add(more) > self.room {
            return Err(Fault::TooLarge);
        }
        self.take(if old == 0 { ALLOCATION + more } else { more })
    }

    /// By how many items to grow a list that began at `start`: to the double, but to no more than the rest of the text can
    /// hold if its items are as long as those before.
    pub(super) fn growth(&self, start: usize, count: usize, size: usize) -> usize {
        match count {
            0 if size > 1024 => 1,
            0 => 4,
            _ => {
                let length = (self.at - start) / count;
                let left = (self.text.len() - self.at) / length.max(1);
                count.min(left + left / 16 + 1)
            }
        }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is no space.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, Fault> {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.space(),
        }
    }

    #[inline(never)]
    fn space(&mut self) -> Result<u8, Fault> {
        self.pass_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))?;
        self.text.as_bytes().get(self.at).copied().ok_or(EOF)
    }

    /// Passes over bytes of a kind, however many.
    fn pass_while(&mut self, is_meant: impl Fn(u8) -> bool) -> Result<(), Fault> {
        loop {
            let window = self.window();
            let run = window.iter().position(|&byte| !is_meant(byte)).unwrap_or(window.len());
            self.at += run;
            if run < Self::STRIDE {
                return Ok(());
            }
            self.look_at_the_clock()?;
        }
    }

    /// What is read of the rest between two looks at the clock.
    fn window(&self) -> &'a [u8] {
        let rest = self.rest();
        rest.get(..Self::STRIDE).unwrap_or(rest)
    }

    /// Passes over what stands for itself within a string, however much.
    #[inline]
    fn pass_plain(&mut self) -> Result<(), Fault> {
        loop {
            let run = plain(self.window());
            self.at += run;
            if run < Self::STRIDE {
                return Ok(());
            }
            self.look_at_the_clock()?;
        }
    }

    /// Looks at the clock if it is time to.
    #[inline]
    fn pause(&mut self) -> Result<(), Fault> {
        if self.at >= self.pause { self.look_at_the_clock() } else { Ok(()) }
    }

    /// Passes over this byte, if it is the next.
    pub(super) fn eat(&mut self, byte: u8) -> Result<bool, Fault> {
        let found = self.peek()? == byte;
        self.at += usize::from(found);
        Ok(found)
    }

    /// Passes over this byte, which must be the next.
    pub(super) fn demand(&mut self, byte: u8) -> Result<(), Fault> {
        if self.eat(byte)? { Ok(()) } else { Err(SYNTAX) }
    }

    /// Expects nothing more.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            // Whatever the last value was, what is late is not read.
            Err(EOF) => self.pause(),
            Err(fault) => Err(fault),
            Ok(_) => Err(SYNTAX),
        }
    }

    /// Whether what has just been opened has an element; passes over the closing bracket if not.
    #[inline]
    pub(super) fn any(&mut self, end: u8) -> Result<bool, Fault> {
        Ok(!self.eat(end)?)
    }

    /// Whether another element follows; passes over the comma or the closing bracket.
    #[inline]
    pub(super) fn more(&mut self, end: u8) -> Result<bool, Fault> {
        self.pause()?;
        let byte = self.peek()?;
        if byte != b',' && byte != end {
            return Err(SYNTAX);
        }
        self.at += 1;
        Ok(byte == b',')
    }

    #[cold]
    fn look_at_the_clock(&mut self) -> Result<(), Fault> {
        self.pause = self.at + Self::STRIDE;
        if (self.is_late)() { Err(Fault::Late) } else { Ok(()) }
    }

    /// Passes over a literal.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result<(), Fault> {
        let rest = self.rest();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        self.at += rest.iter().zip(word.bytes()).take_while(|(found, expected)| **found == *expected).count();
        Err(if self.at < self.text.len() { SYNTAX } else { EOF })
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        let byte = self.text.as_bytes().get(self.at).copied().ok_or(EOF)?;
        self.at += 1;
        Ok(byte)
    }

    /// The text of a string whose opening quote has been passed.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        let start = self.at;
        self.pass_plain()?;
        if self.text.as_bytes().get(self.at) == Some(&b'"') {
            let text = self.since(start);
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        self.at = start;
        self.escaped().map(Cow::Owned)
    }

    /// The same for a string with escapes. It is measured first, so that no copy is left behind where it grew.
    #[cold]
    fn escaped(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let length = self.pass()?;
        self.take(allocation(length))?;
        let mut text = String::with_capacity(length);
        self.at = start;
        loop {
            self.pause()?;
            let start = self.at;
            self.pass_plain()?;
            text.push_str(self.since(start));
            match self.byte()? {
                b'"' => return Ok(text),
                _ => text.push(self.escape()?),
            }
        }
    }

    /// Passes over a string whose opening quote has been passed, and measures its text.
    pub(super) fn pass(&mut self) -> Result<usize, Fault> {
        let mut length = 0;
        loop {
            self.pause()?;
            let start = self.at;
            self.pass_plain()?;
            length += self.at - start;
            match self.byte()? {
                b'"' => return Ok(length),
                b'\\' => length += self.escape()?.len_utf8(),
                _ => {
                    self.at -= 1;
                    return Err(SYNTAX);
                }
            }
        }
    }

    /// What stands behind a backslash. Half of a surrogate pair is U+FFFD.
    fn escape(&mut self) -> Result<char, Fault> {
        Ok(match self.byte()? {
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'u' => {
                let code = self.hex()?;
                let low = match (code, self.rest()) {
                    (0xd800..0xdc00, [b'\\', b'u', ..]) => self.low()?,
                    _ => None,
                };
                let code = low.map_or(code, |low| 0x1_0000 + ((code & 0x3ff) << 10 | low));
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => {
                self.at -= 1;
                return Err(SYNTAX);
            }
        })
    }

    /// The ten bits of the second half of a surrogate pair, if that is the escape that follows.
    fn low(&mut self) -> Result<Option<u32>, Fault> {
        let start = self.at;
        self.at += 2;
        let code = self.hex()?;
        if let 0xdc00..0xe000 = code {
            return Ok(Some(code & 0x3ff));
        }
        self.at = start;
        Ok(None)
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.byte()?).to_digit(16) else {
                self.at -= 1;
                return Err(SYNTAX);
            };
            code = code << 4 | digit;
        }
        Ok(code)
    }

    /// Passes over a number.
    pub(super) fn number(&mut self) -> Result<(), Fault> {
        self.at += usize::from(self.rest().first() == Some(&b'-'));
        if self.rest().first() == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.rest().first() == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.rest().first() {
            self.at += 1;
            self.at += usize::from(matches!(self.rest().first(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.pass_while(|byte| byte.is_ascii_digit())?;
        match (self.at - start, self.rest().first()) {
            (0, None) => Err(EOF),
            (0, Some(_)) => Err(SYNTAX),
            _ => Ok(()),
        }
    }

    /// Passes over a value of any kind, for its syntax.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        self.skip_within(usize::MAX)
    }

    /// Passes over a value of any kind that is nested at most so deep.
    pub(super) fn skip_within(&mut self, depth: usize) -> Result<(), Fault> {
        let mut open = Open::default();
        loop {
            let mut more = false;
            self.pause()?;
            match self.peek()? {
                bracket @ (b'{' | b'[') => {
                    if open.depth >= depth {
                        return Err(Fault::Json(JsonProblem::Depth));
                    }
                    self.at += 1;
                    self.take(open.push(bracket == b'{'))?;
                    more = self.any(if bracket == b'{' { b'}' } else { b']' })?;
                    if !more {
                        open.pop();
                    }
                }
                b'"' => {
                    self.at += 1;
                    self.pass()?;
                }
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                b'n' => self.word("null")?,
                b'-' | b'0'..=b'9' => self.number()?,
                _ => return Err(SYNTAX),
            }
            while !more {
                let Some(is_object) = open.last() else { return Ok(()) };
                more = self.more(if is_object { b'}' } else { b']' })?;
                if !more {
                    open.pop();
                }
            }
            if open.last() == Some(true) {
                self.demand(b'"')?;
                self.pass()?;
                self.demand(b':')?;
            }
        }
    }
}

/// Which brackets are open, a bit each.
#[derive(Default)]
struct Open {
    depth: usize,
    /// The innermost, the last one lowest.
    bits: u64,
    /// Those outside of them, by 64.
    outer: Vec<u64>,
}

impl Open {
    /// Opens an object or an array. Returns how many bytes that has taken.
    fn push(&mut self, is_object: bool) -> usize {
        let mut taken = 0;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            if self.outer.len() == self.outer.capacity() {
                let more = self.outer.len().max(4);
                self.outer.reserve_exact(more);
                taken = more * size_of::<u64>();
            }
            self.outer.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(is_object);
        self.depth += 1;
        taken
    }

    fn last(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.bits & 1 == 1)
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.depth -= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.bits = self.outer.pop().unwrap_or_default();
        }
    }
}
