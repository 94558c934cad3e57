//! Texts made up for a model: most are valid, and none is dull.

use super::unstructured::Unstructured;
use crate::models::table::{Place, UNKNOWN};

/// A text that stands for a value of this kind, or nearly.
pub(crate) fn text(place: Place<'_>, choices: &mut Unstructured<'_>) -> String {
    let mut text = String::new();
    value(place, choices, &mut text);
    text
}

/// The same after a few accidents.
pub(crate) fn mutated(mut text: String, choices: &mut Unstructured<'_>) -> String {
    const BITS: [&str; 34] = [
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "false",
        "1",
        "-",
        "0",
        ".5",
        "1e3",
        "-0",
        "+",
        " ",
        "\n",
        "\t",
        "é",
        "\u{1f600}",
        "\u{7f}",
        "\u{1}",
        "\0",
        "\\u",
        "\\ud800",
        "\\udc00",
        "/",
        "\u{feff}",
        "\u{a0}",
        "\"x\":",
        "9223372036854775808",
    ];
    for _ in 0..=choices.below(3) {
        let start = boundary(&text, choices.below(text.len() + 1));
        let end = boundary(&text, start + choices.below(6));
        match choices.below(4) {
            0 => text.insert_str(start, choices.pick(&BITS)),
            1 => text.replace_range(start..end, ""),
            2 => text.replace_range(start..end, choices.pick(&BITS)),
            _ if choices.once_in(4) => text.truncate(start),
            _ => text = [&text[..end], &text[start..]].concat(),
        }
    }
    text
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn value(place: Place<'_>, choices: &mut Unstructured<'_>, text: &mut String) {
    space(choices, text);
    if choices.once_in(48) {
        anything(choices, text, 3);
    } else {
        match place {
            Place::Int(_) => text.push_str(&int(choices)),
            Place::Flag(_) => text.push_str(choices.pick(&["true", "false"])),
            Place::Text(_) | Place::Choice(_) => string(choices, text),
            Place::Raw(_) => anything(choices, text, 4),
            Place::List(list) => {
                sequence(choices.below(4), '[', ']', choices, text, |_, choices, text| {
                    if let Some(place) = list.next(&mut |count, _| Some(count.max(4))) {
                        value(place, choices, text);
                    }
                });
            }
            Place::Choices(_) => {
                sequence(choices.below(4), '[', ']', choices, text, |_, choices, text| {
                    string(choices, text);
                });
            }
            Place::Map(map) => {
                sequence(choices.below(4), '{', '}', choices, text, |_, choices, text| {
                    string(choices, text);
                    text.push(':');
                    if let Some(place) = map.member("".into()) {
                        value(place, choices, text);
                    }
                });
            }
            Place::Object(schema, model) => {
                let members = members(schema.iter().map(|name| name.index), choices);
                sequence(members.len(), '{', '}', choices, text, |index, choices, text| {
                    let member = members[index];
                    let name = schema.iter().find(|name| Some(name.index) == member);
                    match name {
                        Some(name) => named(name.bare(), choices, text),
                        // Members of the same unknown name, too.
                        None => string(choices, text),
                    }
                    space(choices, text);
                    text.push(':');
                    match member.filter(|_| !choices.once_in(24)) {
                        Some(index) => {
                            if let Some(place) = model.place(index) {
                                value(place, choices, text);
                            }
                        }
                        None if member.is_some() => text.push_str("null"),
                        None => match model.place(UNKNOWN) {
                            Some(_) => anything(choices, text, 4),
                            None => anything(choices, text, 2),
                        },
                    }
                });
            }
        }
    }
    space(choices, text);
}

/// Which members an object is to have, by the index of the field; none is one that the model does not know.
fn members(fields: impl Iterator<Item = usize>, choices: &mut Unstructured<'_>) -> Vec<Option<usize>> {
    let all: Vec<usize> = fields.collect();
    let share = [1, 2, 8, 40][choices.below(4)];
    let mut members: Vec<_> =
        all.into_iter().filter(|_| share == 1 || choices.once_in(share)).map(Some).collect();
    match choices.below(4) {
        0 => {}
        1 => members.reverse(),
        2 => members.sort_by_key(|member| member.map(|index| index.wrapping_mul(0x9e37_79b9) >> 3 & 0xff)),
        _ => {
            for index in 1..members.len() {
                members.swap(index, choices.below(index + 1));
            }
        }
    }
    while choices.once_in(3) {
        let at = choices.below(members.len() + 1);
        members.insert(at, None);
    }
    if choices.once_in(8) && !members.is_empty() {
        members.push(members[choices.below(members.len())]);
    }
    members
}

fn sequence(
    count: usize,
    open: char,
    close: char,
    choices: &mut Unstructured<'_>,
    text: &mut String,
    mut item: impl FnMut(usize, &mut Unstructured<'_>, &mut String),
) {
    text.push(open);
    space(choices, text);
    for index in 0..count {
        if index > 0 {
            text.push(',');
            space(choices, text);
        }
        item(index, choices, text);
    }
    space(choices, text);
    text.push(close);
}

fn space(choices: &mut Unstructured<'_>, text: &mut String) {
    if choices.once_in(12) {
        text.push_str(choices.pick(&[" ", "\n", "\t", "\r\n", "  \n\t"]));
    }
}

/// Any JSON value, nested at most so deep, or else very deep.
fn anything(choices: &mut Unstructured<'_>, text: &mut String, depth: usize) {
    match choices.below(if depth == 0 { 5 } else { 8 }) {
        0 => text.push_str(choices.pick(&["null", "true", "false"])),
        1 => text.push_str(&int(choices)),
        2 => string(choices, text),
        3 => text.push_str(choices.pick(&["1e400", "-1.5", "0.1", "18446744073709551615", "1E-7", "3.0e+1"])),
        4 => {
            let deep = [1, 5, 63, 64, 65, 126, 127, 128, 129, 300][choices.below(10)];
            let (open, close) = [("[", "]"), ("{\"a\":", "}")][choices.below(2)];
            text.push_str(&open.repeat(deep));
            text.push_str(if open == "[" { "" } else { "0" });
            text.push_str(&close.repeat(deep));
        }
        5 | 6 => sequence(choices.below(4), '[', ']', choices, text, |_, choices, text| {
            anything(choices, text, depth - 1);
        }),
        _ => sequence(choices.below(4), '{', '}', choices, text, |_, choices, text| {
            string(choices, text);
            text.push(':');
            anything(choices, text, depth - 1);
        }),
    }
}

fn int(choices: &mut Unstructured<'_>) -> String {
    const ODD: [&str; 23] = [
        "-0",
        "5.0",
        "1.9E12",
        "-0.0e-5",
        "120e-1",
        "0.5",
        "12e-2",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "-9223372036854775809",
        "9223372036854775807.0",
        "922337203685477580.7e1",
        "1e19",
        "1e18",
        "0e999999999999999999999",
        "1e-999999999999999999999",
        "1e99999999999999999999",
        "100000000000000000000e-2",
        "0.000000000000000000001e21",
        "9007199254740993",
        "9007199254740993.0",
        "-7",
    ];
    match choices.below(3) {
        0 => choices.below(1000).to_string(),
        1 => {
            let digits: String =
                (0..=choices.below(20)).map(|_| choices.pick(&["0", "1", "7", "9"])).collect();
            let digits = digits.trim_start_matches('0');
            format!("{}{}", choices.pick(&["", "-"]), if digits.is_empty() { "0" } else { digits })
        }
        _ => choices.pick(&ODD).to_owned(),
    }
}

fn string(choices: &mut Unstructured<'_>, text: &mut String) {
    const PARTS: [&str; 30] = [
        "a",
        "CREATE",
        "openid profile",
        "https://rs.example/x?y=z",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b\\f\\r\\t",
        "\\u0041",
        "\\u00e9",
        "\\uD83D\\uDE00",
        "\\ud800",
        "\\udc00",
        "\\ud800\\ud800",
        "\\ud800\\u0041",
        "\\udc00\\ud800",
        "\\u0000",
        "\\u001f",
        "\\uFFFF",
        "é",
        "\u{2028}",
        "\u{10ffff}",
        "\u{7f}",
        "{",
        "]",
        "0123456789abcdef",
        "\u{feff}",
        "'",
        " ",
    ];
    text.push('"');
    for _ in 0..choices.below(5) {
        text.push_str(choices.pick(&PARTS));
    }
    text.push('"');
}

/// A name as a string, at times with an escape where none is needed.
fn named(name: &str, choices: &mut Unstructured<'_>, text: &mut String) {
    text.push('"');
    let escaped = if choices.once_in(12) { choices.below(name.len()) } else { usize::MAX };
    for (index, byte) in name.bytes().enumerate() {
        if index == escaped {
            text.push_str(&format!("\\u{byte:04x}"));
        } else {
            text.push(char::from(byte));
        }
    }
    text.push('"');
}
