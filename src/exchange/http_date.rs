//! Times of HTTP: seconds, and dates in all three forms that must be read (RFC 9110 section 5.6.7). A crate for them would
//! bring the printing of dates and durations into every small binary.

/// What follows the day of the week. A small letter stands for a digit or, of the month, for a letter.
const FORMS: [&str; 4] = [
    // Sun, 06 Nov 1994 08:49:37 GMT
    ", dd mmm yyyy hh:ii:ss GMT",
    // Sunday, 06-Nov-94 08:49:37 GMT
    ", dd-mmm-yy hh:ii:ss GMT",
    // Sun Nov  6 08:49:37 1994
    " mmm  d hh:ii:ss yyyy",
    " mmm dd hh:ii:ss yyyy",
];
// The epoch was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
/// The last second of the year 9999.
const LAST: u64 = 253_402_300_799;
const LENGTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The Unix time of a date. `now`, another, tells the century of a year with two digits: the latest in which the date is
/// at most 50 years ahead. A day that the calendar does not have, or that is another day of the week, is no date.
pub(crate) fn parse(text: &str, now: u64) -> Option<u64> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (weekday, rest) = text.split_at_checked(letters)?;
    let fits = |form: &&&str| {
        let literal = |(form, byte): (u8, u8)| form.is_ascii_lowercase() || form == byte;
        form.len() == rest.len() && form.bytes().zip(rest.bytes()).all(literal)
    };
    let form = FORMS.iter().find(fits)?;
    let number = |field: u8| {
        let mut digits = form.bytes().zip(rest.bytes()).filter(|pair| pair.0 == field);
        digits.try_fold(0, |number, (_, byte)| {
            byte.is_ascii_digit().then(|| 10 * number + u64::from(byte - b'0'))
        })
    };
    let (day, year) = (number(b'd')?, number(b'y')?);
    let (hour, minute, second) = (number(b'h')?, number(b'i')?, number(b's')?);
    // A leap second is the last of its day.
    let last = if (hour, minute) == (23, 59) { 60 } else { 59 };
    if hour > 23 || minute > 59 || second > last {
        return None;
    }
    let start = form.bytes().position(|letter| letter == b'm')?;
    let name = rest.get(start..start + 3)?;
    let month = (0..12).find(|&month| MONTHS.get(3 * month..3 * month + 3) == Some(name))?;

    let unix = |year| {
        let days = days_before(year, month, day)?;
        Some((days, ((days * 24 + hour) * 60 + minute) * 60 + second))
    };
    let (days, unix) = if form.contains('-') {
        const YEAR: u64 = 31_556_952;
        let latest = now.saturating_add(50 * YEAR).min(LAST);
        // Years differ in length, so this may be a year too many, which the search then finds.
        let last_year = 1971 + latest / YEAR;
        let newest = last_year - (last_year + 100 - year) % 100;
        [newest, newest - 100].into_iter().filter_map(unix).find(|(_, unix)| *unix <= latest)?
    } else {
        unix(year)?
    };
    let name = *WEEKDAYS.get(usize::try_from(days % 7).ok()?)?;
    let name = if form.contains('-') { name } else { name.get(..3)? };
    (weekday == name).then_some(unix)
}

/// Seconds (RFC 9110 section 10.2.3). More than 32 bits hold are as many as they hold.
pub(crate) fn seconds(text: &str) -> Option<u32> {
    let add = |seconds: u32, digit: u8| {
        digit.is_ascii_digit().then(|| seconds.saturating_mul(10).saturating_add((digit - b'0').into()))
    };
    if text.is_empty() { None } else { text.bytes().try_fold(0, add) }
}

/// The days from the epoch to this one, if there is such a day; months count from 0.
fn days_before(year: u64, month: usize, day: u64) -> Option<u64> {
    /// From the first day of the year 1 to that of 1970.
    const EPOCH: u64 = 719_162;

    if year < 1970 {
        return None;
    }
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = |month: usize| LENGTHS.get(month).map_or(0, |length| length + u64::from(leap && month == 1));
    let years = 365 * (year - 1) + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - EPOCH;
    let months: u64 = (0..month).map(length).sum();
    (1..=length(month)).contains(&day).then(|| years + months + day - 1)
}

#[cfg(test)]
mod tests {
    use super::parse;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    const THEN: u64 = 784_111_777;
    /// Thu, 01 Jan 2026 00:00:00 GMT
    const NOW: u64 = 1_767_225_600;

    #[test]
    fn dates_that_exist_are_read() {
        for (text, unix) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", THEN),
            ("Sunday, 06-Nov-94 08:49:37 GMT", THEN),
            ("Sun Nov  6 08:49:37 1994", THEN),
            ("Sun Nov 06 08:49:37 1994", THEN),
            ("Wed Nov 16 08:49:37 1994", THEN + 10 * 86_400),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Tuesday, 29-Feb-00 12:00:00 GMT", 951_825_600),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
            ("Fri Dec 31 23:59:59 9999", 253_402_300_799),
        ] {
            assert_eq!(parse(text, NOW), Some(unix), "{text}");
        }
    }

    #[test]
    fn two_digits_mean_a_year_at_most_fifty_years_ahead() {
        for (text, now, unix) in [
            ("Wednesday, 01-Jan-76 00:00:00 GMT", NOW, Some(3_345_062_400)),
            // A second more than fifty years ahead, hence fifty years ago.
            ("Thursday, 01-Jan-76 06:00:01 GMT", NOW, Some(189_324_001)),
            ("Thursday, 01-Jan-26 00:00:00 GMT", NOW, Some(NOW)),
            ("Wednesday, 31-Dec-25 23:59:59 GMT", NOW, Some(NOW - 1)),
            ("Friday, 01-Jan-27 00:00:00 GMT", NOW, Some(NOW + 365 * 86_400)),
            ("Thursday, 01-Jan-70 00:00:00 GMT", 0, Some(0)),
            // 1969, and 2069 is too far.
            ("Wednesday, 31-Dec-69 23:59:59 GMT", 0, None),
            // Across the turn of a century.
            ("Friday, 01-Jan-10 00:00:00 GMT", 3_944_678_400, None),
            ("Wednesday, 01-Jan-10 00:00:00 GMT", 3_944_678_400, Some(4_417_977_600)),
            ("Wednesday, 01-Jan-10 00:00:00 GMT", u64::MAX, None),
        ] {
            assert_eq!(parse(text, now), unix, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            " ",
            "Sun",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT",
            "Sun, 06 Nov 1994 23:59:61 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37  GM",
            "Sun, 06 Nov 1994 08:49:37 GMT ",
            "Sun 06 Nov 1994 08:49:37 GMT",
            "Sun, 06-Nov-94 08:49:37 GMT",
            "Sunday, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT",
            "Monday, 06-Nov-94 08:49:37 GMT",
            "sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov 6 08:49:37 1994",
            "Sun, Nov  6 08:49:37 1994",
            "Sun Nov 0  08:49:37 1994",
            "Sunday Nov  6 08:49:37 1994",
            "Sun Nov  6 08:49:37 1994 GMT",
            "Thu, 29 Feb 2001 00:00:00 GMT",
            "Mon, 29 Feb 2100 00:00:00 GMT",
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "Sün, 06 Nov 1994 08:49:37 GM",
            "Sun, 06 Növ 1994 08:49:37 GM",
            "Sun, 06 \u{10ffff}1994 08:49:37 GMT",
        ] {
            assert_eq!(parse(text, NOW), None, "{text}");
        }
    }
}
