//! Numbers of things in words.

/// What is said of so many things, with `have`, `are`, `share` or `never expire` in the number that fits.
pub(crate) fn agreeing(number: u64, said: &str) -> String {
    const VERBS: [(&str, &str); 4] =
        [("have ", "has "), ("are ", "is "), ("share ", "shares "), ("never expire ", "never expires ")];
    let singular = VERBS
        .iter()
        .filter(|_| number == 1)
        .find_map(|(plural, singular)| said.strip_prefix(plural).map(|rest| format!("{singular}{rest}")));
    singular.unwrap_or_else(|| said.to_owned())
}

/// So many of what the word names.
pub(crate) fn count(number: u64, word: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {word}{ending}")
}

/// That there are so many of what the word names.
pub(crate) fn are(number: u64, word: &str) -> String {
    format!("{} {}", count(number, word), verb(number, "is", "are"))
}

/// Which of two verbs goes with so many.
pub(crate) fn verb<'a>(number: u64, singular: &'a str, plural: &'a str) -> &'a str {
    if number == 1 { singular } else { plural }
}
