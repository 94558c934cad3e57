//! Bodies as JSON, each in one buffer.

use serde::Serialize;

/// Encodes an array into a buffer that fits it closely, however long the array is: the mean of the first items tells the
/// size of the rest, and a buffer that proves too small grows by little. Doubling would cost as much memory again as
/// the body does, while a large batch is what needs memory most.
pub(super) fn array<T: Serialize>(items: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    const SAMPLE: usize = 32;
    let mut text = Vec::with_capacity(512);
    let mut longest = 0;
    text.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        if index == SAMPLE {
            let rest = (text.len() / SAMPLE).saturating_mul(items.len() - SAMPLE);
            text.reserve_exact(rest + rest / 64 + 2 * longest);
        } else if index > SAMPLE && text.capacity() - text.len() <= longest {
            text.reserve_exact(text.len() / 32 + 2 * longest);
        }
        let start = text.len();
        serde_json::to_writer(&mut text, item)?;
        longest = longest.max(text.len() - start);
    }
    text.push(b']');
    Ok(text)
}
