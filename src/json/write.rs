//! From tables to text.

use super::plain;
use crate::models::schema::Schema;
use crate::models::table::{Fields, Fragment, UNKNOWN};

pub(crate) fn write(text: &mut Vec<u8>, fragment: Fragment<'_>) {
    match fragment {
        Fragment::Int(value) => int(text, value),
        Fragment::Flag(value) => text.extend_from_slice(if value { b"true" } else { b"false" }),
        Fragment::Text(value) => string(text, value),
        Fragment::Raw(value) => text.extend_from_slice(value.as_bytes()),
        Fragment::List(items) => {
            text.push(b'[');
            let mut index = 0;
            while let Some(fragment) = items.item(index) {
                write(text, fragment);
                text.push(b',');
                index += 1;
            }
            end(text, b']');
        }
        Fragment::Map(members) => {
            text.push(b'{');
            members.each(&mut |name, fragment| member(text, name, fragment));
            end(text, b'}');
        }
        Fragment::Object(schema, model) => object(text, schema, model),
    }
}

pub(crate) fn object(text: &mut Vec<u8>, schema: Schema, model: &dyn Fields) {
    text.push(b'{');
    for name in schema.iter() {
        if let Some(fragment) = model.fragment(name.index) {
            text.extend_from_slice(name.quoted);
            write(text, fragment);
            text.push(b',');
        }
    }
    if let Some(Fragment::Map(members)) = model.fragment(UNKNOWN) {
        members.each(&mut |name, fragment| {
            if !schema.has(name) {
                member(text, name, fragment);
            }
        });
    }
    end(text, b'}');
}

fn member(text: &mut Vec<u8>, name: &str, fragment: Fragment<'_>) {
    string(text, name);
    text.push(b':');
    write(text, fragment);
    text.push(b',');
}

/// Puts the bracket in place of the last comma, if there is one.
pub(crate) fn end(text: &mut Vec<u8>, bracket: u8) {
    match text.last_mut() {
        Some(last @ b',') => *last = bracket,
        _ => text.push(bracket),
    }
}

pub(super) fn string(text: &mut Vec<u8>, value: &str) {
    let mut rest = value.as_bytes();
    text.push(b'"');
    loop {
        let (run, after) = rest.split_at_checked(plain(rest)).unwrap_or_default();
        text.extend_from_slice(run);
        let Some((&byte, after)) = after.split_first() else { break };
        rest = after;
        let short = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            byte if byte < 0x20 => {
                let hex = |digit: u8| if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
                text.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 15)]);
                continue;
            }
            byte => byte,
        };
        text.extend_from_slice(&[b'\\', short]);
    }
    text.push(b'"');
}

fn int(text: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut rest = value.unsigned_abs();
    let mut start = digits.len();
    for (index, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        start = index;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        text.push(b'-');
    }
    text.extend_from_slice(digits.get(start..).unwrap_or_default());
}
