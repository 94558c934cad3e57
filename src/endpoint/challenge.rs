//! Challenges (RFC 9110 section 11.6.1): written, and added to.

/// `name="value"`, the value as a quoted string (RFC 9110 section 5.6.4). `None` if it has characters other than visible ASCII
/// and spaces.
pub(super) fn quoted(name: &str, value: &str) -> Option<Box<str>> {
    if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let mut text = String::with_capacity(name.len() + value.len() + 3);
    text.push_str(name);
    text.push_str("=\"");
    for character in value.chars() {
        if matches!(character, '"' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    Some(text.into())
}

/// Adds a challenge to a list of them.
pub(super) fn push<const N: usize>(text: &mut String, scheme: &str, parameters: [Option<&str>; N]) {
    if !text.is_empty() {
        text.push_str(", ");
    }
    text.push_str(scheme);
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        text.push_str(if index == 0 { " " } else { ", " });
        text.push_str(parameter);
    }
}

/// Adds to each challenge of a list what it lacks: the resource's metadata (RFC 9728 section 5.1), and to those of the scheme
/// `DPoP` the algorithms (RFC 9449 section 7.1). A list that cannot be read stays as it is.
pub(super) fn complete(list: String, metadata: Option<&str>, algs: Option<&str>) -> String {
    if metadata.is_none() && (algs.is_none() || !list.to_ascii_lowercase().contains("dpop")) {
        return list;
    }
    let Some(elements) = elements(&list) else { return list };
    let mut text = String::with_capacity(list.len() + 128);
    let mut elements = elements.into_iter().peekable();
    while let Some(element) = elements.next() {
        let Element::Scheme { scheme, parameter } = element else { return list };
        let mut names = Vec::new();
        push(&mut text, scheme, [parameter]);
        let mut has_parameters = parameter.is_some();
        names.extend(parameter.and_then(name));
        while let Some(Element::Parameter(parameter)) =
            elements.next_if(|next| matches!(next, Element::Parameter(_)))
        {
            text.push_str(", ");
            text.push_str(parameter);
            names.extend(name(parameter));
        }
        // A challenge of the form `scheme token68` has no place for parameters.
        if parameter.is_some_and(|parameter| name(parameter).is_none()) {
            continue;
        }
        let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
        let algs = algs.filter(|_| scheme.eq_ignore_ascii_case("DPoP") && !has("algs"));
        let metadata = metadata.filter(|_| !has("resource_metadata"));
        for more in [algs, metadata].into_iter().flatten() {
            text.push_str(if has_parameters { ", " } else { " " });
            text.push_str(more);
            has_parameters = true;
        }
    }
    text
}

/// What stands between two commas of a list of challenges.
enum Element<'a> {
    /// A scheme, with the first of its parameters.
    Scheme { scheme: &'a str, parameter: Option<&'a str> },
    /// A further parameter of the scheme before.
    Parameter(&'a str),
}

/// The name of a parameter `name=value`; `None` for a token68.
fn name(parameter: &str) -> Option<&str> {
    let (name, value) = parameter.split_once('=')?;
    let (name, value) = (name.trim_end(), value.trim_start());
    (is_token(name) && (value.starts_with('"') || is_token(value))).then_some(name)
}

fn elements(list: &str) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    let (mut start, mut in_string, mut escaped) = (0, false, false);
    for (at, byte) in list.bytes().chain([b',']).enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b',' if !in_string => {
                elements.push(element(list.get(start..at)?.trim())?);
                start = at + 1;
            }
            _ => {}
        }
    }
    (!in_string).then_some(elements)
}

fn element(text: &str) -> Option<Element<'_>> {
    if name(text).is_some() {
        return Some(Element::Parameter(text));
    }
    let (scheme, parameter) = text.split_once(' ').unwrap_or((text, ""));
    let parameter = Some(parameter.trim_start()).filter(|parameter| !parameter.is_empty());
    is_token(scheme).then_some(Element::Scheme { scheme, parameter })
}

/// A token (RFC 9110 section 5.6.2).
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
