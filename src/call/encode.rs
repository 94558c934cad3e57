//! Bodies as JSON, each in one buffer.

use crate::json;
use crate::models::schema::Schema;
use crate::models::table::{Fields, Seq};

pub(super) fn object(schema: Schema, model: &dyn Fields) -> Vec<u8> {
    let mut text = Vec::with_capacity(128);
    json::object(&mut text, schema, model);
    text
}

/// Encodes an array into a buffer that fits it closely, however long the array is: the first block of items tells the size
/// of the rest, and a buffer that proves too small grows by little. Doubling would cost as much memory again as the body
/// does, while a large batch is what needs memory most.
pub(super) fn array(items: &dyn Seq) -> Vec<u8> {
    const BLOCK: usize = 32;
    let count = items.count();
    let mut text = Vec::with_capacity(512);
    let mut largest = 0;
    text.push(b'[');
    for number in 0..count.div_ceil(BLOCK) {
        let first = number * BLOCK;
        let block = first..count.min(first + BLOCK);
        if number == 1 {
            let rest = (text.len() / BLOCK).saturating_mul(count - BLOCK);
            reserve(&mut text, rest.saturating_add(rest / 64 + largest / 16));
        } else if number > 1 && text.capacity() - text.len() < largest / BLOCK * block.len() {
            let more = text.len() / 32 + largest;
            reserve(&mut text, more);
        }
        let start = text.len();
        for fragment in block.filter_map(|index| items.item(index)) {
            json::write(&mut text, fragment);
            text.push(b',');
        }
        largest = largest.max(text.len() - start);
    }
    json::end(&mut text, b']');
    text
}

/// Reserves memory if there is some. The estimate may be far too large, so a failure is no error: the buffer grows as needed.
fn reserve(text: &mut Vec<u8>, room: usize) {
    let _ = text.try_reserve_exact(room);
}
