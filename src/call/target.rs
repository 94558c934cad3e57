//! Request targets: values into path templates and query strings.

use crate::error::InvalidValue;

/// A request target under construction, and the rest of its template.
pub(crate) struct Target {
    text: String,
    rest: &'static str,
    has_query: bool,
}

impl Target {
    pub(crate) fn new(prefix: &str, template: &'static str) -> Self {
        // Room for the usual values, so that the text is allocated once.
        let mut text = String::with_capacity(prefix.len() + template.len() + 48);
        text.push_str(prefix);
        Self { text, rest: template, has_query: false }
    }

    /// Fills the template's next `{name}`.
    pub(crate) fn segment(&mut self, name: &'static str, value: &str) -> Result<(), InvalidValue> {
        let misplaced = || InvalidValue::new(name, "has no place in the path at this point");
        let (literal, rest) = self.rest.split_once('{').ok_or_else(misplaced)?;
        let rest = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix('}')).ok_or_else(misplaced)?;
        self.text.push_str(literal);
        if value.bytes().all(is_unreserved) && !matches!(value, "" | "." | "..") {
            self.text.push_str(value);
        } else {
            check_segment(name, value)?;
            push_encoded(&mut self.text, value);
        }
        self.rest = rest;
        Ok(())
    }

    /// Appends a query parameter. The path must be complete.
    pub(crate) fn query(&mut self, name: &str, value: &str) {
        self.text.push_str(self.rest);
        self.rest = "";
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        push_encoded(&mut self.text, name);
        self.text.push('=');
        push_encoded(&mut self.text, value);
    }

    /// Takes out the finished target.
    pub(crate) fn finish(&mut self) -> Result<String, InvalidValue> {
        if self.rest.contains('{') {
            return Err(InvalidValue::new("path", "was not given all of its values"));
        }
        self.text.push_str(self.rest);
        Ok(std::mem::take(&mut self.text))
    }
}

/// Refuses what would change the route: nothing, dot segments (RFC 3986 section 3.3), control characters.
fn check_segment(name: &'static str, value: &str) -> Result<(), InvalidValue> {
    if value.is_empty() {
        Err(InvalidValue::new(name, "is empty"))
    } else if matches!(value, "." | "..") {
        Err(InvalidValue::new(name, "is a dot segment"))
    } else if value.chars().any(char::is_control) {
        Err(InvalidValue::new(name, "has a control character"))
    } else {
        Ok(())
    }
}

/// Percent-encodes everything but the unreserved characters.
pub(crate) fn push_encoded(text: &mut String, value: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let hex = |digit: u8| HEX.get(usize::from(digit & 0x0f)).copied().unwrap_or('0');
    for byte in value.bytes() {
        if is_unreserved(byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(hex(byte >> 4));
            text.push(hex(byte));
        }
    }
}

/// The unreserved characters of RFC 3986 section 2.3, a bit each.
const UNRESERVED: u128 = {
    let mut set = 0;
    let mut code = 0_u8;
    while code < 128 {
        if code.is_ascii_alphanumeric() || matches!(code, b'-' | b'.' | b'_' | b'~') {
            set |= 1 << code;
        }
        code += 1;
    }
    set
};

fn is_unreserved(byte: u8) -> bool {
    byte < 128 && UNRESERVED >> byte & 1 == 1
}
