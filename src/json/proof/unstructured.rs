//! Decisions taken from bytes, so that whatever makes up bytes makes up texts, and can make them smaller.

/// Bytes to decide by. When they have run out, every decision is the first.
pub(crate) struct Unstructured<'a>(&'a [u8]);

impl<'a> Unstructured<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> usize {
        let (&first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(first)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let byte = self.byte();
        let number = if count > 256 { byte << 8 | self.byte() } else { byte };
        number % count.max(1)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub(crate) fn pick<'b, T: ?Sized>(&mut self, of: &[&'b T]) -> &'b T {
        of[self.below(of.len())]
    }
}
