//! Dates and times.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

const NO_DATE: &str = "must be a date and a time, such as 2030-01-02T03:04:05Z";
const NO_ZONE: &str = "is a date without a zone: the plan must name one";
const NO_TIME: &str = "is a date without a time of day";

/// A zone in which times are told that do not tell it themselves.
#[derive(Clone, Debug)]
pub(crate) struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// `UTC`, an offset such as `+02:00`, or a name of this system's time zone database, such as `Europe/Berlin`.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let zone = match name {
            "UTC" | "Z" => TimeZone::UTC,
            _ => offset(name).map(TimeZone::fixed).or_else(|| TimeZone::get(name).ok())?,
        };
        Some(Self { name: name.to_owned(), zone })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// `+02:00`, `-0330` or `+02`.
fn offset(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let number = |range| digits.get(range).and_then(|text: &str| text.parse::<i32>().ok());
    let (hours, minutes) = match digits.len() {
        2 => (number(0..2)?, 0),
        4 => (number(0..2)?, number(2..4)?),
        _ => return None,
    };
    (hours < 24 && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())
        .flatten()
}

/// The milliseconds since 1970 of a date and time as ISO 8601, RFC 3339 and databases write it. A time that occurs twice, when
/// clocks are set back, is the earlier one, so that no token lives longer than it did.
pub(crate) fn milliseconds_of_date(text: &str, zone: Option<&Zone>) -> Result<i64, &'static str> {
    // `2030-01-02 03:04:05 +00:00`, `... UTC`
    let text = text.strip_suffix(" UTC").map_or_else(|| text.to_owned(), |text| format!("{text}Z"));
    let text = text.replacen(" +", "+", 1).replacen(" -", "-", 1);
    if !text.contains(':') {
        let is_date = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
        return Err(if is_date { NO_TIME } else { NO_DATE });
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_millisecond());
    }
    let at: DateTime = text.parse().map_err(|_| NO_DATE)?;
    let zone = zone.ok_or(NO_ZONE)?;
    let at = zone.zone.to_ambiguous_timestamp(at).earlier().map_err(|_| NO_DATE)?;
    Ok(at.as_millisecond())
}

/// Milliseconds of a number of seconds, or of a part of them, with a fraction or not. `per_second` is 1 for seconds, 1000 for
/// milliseconds, and so on.
pub(crate) fn to_milliseconds(text: &str, per_second: i64) -> Result<i64, &'static str> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !is_digits(fraction) || text.ends_with('.') {
        // Such as an exponent, which says why.
        return super::whole(text);
    }
    let whole = super::whole(whole)?;
    let too_large = "must be a time of this age";
    let millis = i128::from(whole) * 1000 / i128::from(per_second);
    // Of a fraction of a second three digits count; less than a millisecond never does.
    let rest = match per_second {
        1 => format!("{fraction:0<3}").get(..3).and_then(|digits| digits.parse::<i128>().ok()).unwrap_or(0),
        _ => 0,
    };
    i64::try_from(millis + rest).map_err(|_| too_large)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_databases_write_them() {
        let berlin = Zone::new("Europe/Berlin");
        for (text, zone, read) in [
            ("2030-01-01T00:00:00Z", None, Ok(1_893_456_000_000)),
            ("2030-01-01 00:00:00+00", None, Ok(1_893_456_000_000)),
            ("2030-01-01 01:00:00.5+01:00", None, Ok(1_893_456_000_500)),
            ("2030-01-01 00:00:00.0000000 +00:00", None, Ok(1_893_456_000_000)),
            ("2030-01-01 00:00:00 UTC", None, Ok(1_893_456_000_000)),
            ("2029-12-31T19:00:00-05:00", None, Ok(1_893_456_000_000)),
            ("2030-01-01 00:00:00", Zone::new("UTC"), Ok(1_893_456_000_000)),
            ("2030-01-01 02:00:00", Zone::new("+02:00"), Ok(1_893_456_000_000)),
            ("2029-12-31 18:30:00", Zone::new("-0530"), Ok(1_893_456_000_000)),
            ("2030-01-01 00:00:00", None, Err(NO_ZONE)),
            ("2030-01-01", Zone::new("UTC"), Err(NO_TIME)),
            ("01/02/2030 00:00:00", Zone::new("UTC"), Err(NO_DATE)),
            ("yesterday", None, Err(NO_DATE)),
        ] {
            assert_eq!(milliseconds_of_date(text, zone.as_ref()), read, "{text}");
        }
        // Where the system knows zones by name: summer, winter, and the earlier of two hours.
        if berlin.is_some() {
            let read = |text| milliseconds_of_date(text, berlin.as_ref());
            assert_eq!(read("2030-07-01 02:00:00"), milliseconds_of_date("2030-07-01T00:00:00Z", None));
            assert_eq!(read("2030-01-01 01:00:00"), Ok(1_893_456_000_000));
            assert_eq!(read("2030-10-27 02:30:00"), milliseconds_of_date("2030-10-27T00:30:00Z", None));
        }
        assert!(
            Zone::new("Europe/Nowhere").is_none()
                && Zone::new("+2").is_none()
                && Zone::new("+25:00").is_none()
        );
    }

    #[test]
    fn numbers_of_any_unit_are_milliseconds() {
        for (text, per_second, read) in [
            ("1893456000", 1, Ok(1_893_456_000_000)),
            ("1893456000.0", 1, Ok(1_893_456_000_000)),
            ("1893456000.5", 1, Ok(1_893_456_000_500)),
            ("1893456000.123456", 1, Ok(1_893_456_000_123)),
            ("1893456000999", 1000, Ok(1_893_456_000_999)),
            ("1893456000999123", 1_000_000, Ok(1_893_456_000_999)),
        ] {
            assert_eq!(to_milliseconds(text, per_second), read, "{text}");
        }
        for text in ["1.893456e9", "", "soon", "1893456000.", ".5", "1893456000.5x"] {
            assert!(to_milliseconds(text, 1).is_err(), "{text}");
        }
    }
}
