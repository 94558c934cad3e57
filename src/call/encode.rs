//! Bodies as JSON, each in one buffer.

use serde::Serialize;

/// Encodes an array into a buffer that fits it closely, however long the array is: the first block of items tells the size
/// of the rest, and a buffer that proves too small grows by little. Doubling would cost as much memory again as the body
/// does, while a large batch is what needs memory most.
pub(super) fn array<T: Serialize>(items: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    const BLOCK: usize = 32;
    let mut text = Vec::with_capacity(512);
    let mut largest = 0;
    text.push(b'[');
    for (number, block) in items.chunks(BLOCK).enumerate() {
        if number == 1 {
            let rest = (text.len() / BLOCK).saturating_mul(items.len() - BLOCK);
            reserve(&mut text, rest.saturating_add(rest / 64 + largest / 16));
        } else if number > 1 && text.capacity() - text.len() < largest / BLOCK * block.len() {
            let more = text.len() / 32 + largest;
            reserve(&mut text, more);
        }
        let start = text.len();
        for item in block {
            serde_json::to_writer(&mut text, item)?;
            text.push(b',');
        }
        largest = largest.max(text.len() - start);
    }
    match text.last_mut() {
        Some(last @ b',') => *last = b']',
        _ => text.push(b']'),
    }
    Ok(text)
}

/// Makes room, if it can be had: the first items may be much larger than the rest, and growing will do.
fn reserve(text: &mut Vec<u8>, room: usize) {
    let _ = text.try_reserve_exact(room);
}
