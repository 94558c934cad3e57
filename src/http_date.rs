//! Dates of HTTP, in the one form that is sent (RFC 9110 section 5.6.7). A crate for all forms would bring the printing of
//! dates and durations into every small binary.

/// The Unix time of a date like `Sun, 06 Nov 1994 08:49:37 GMT`. A day that the calendar does not have, or that was
/// another day of the week, is no date.
pub(crate) fn imf_fixdate(text: &str) -> Option<u64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const LENGTHS: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    /// From the first day of the year 1 to that of 1970.
    const EPOCH: u64 = 719_162;
    // The epoch was a Thursday.
    const WEEKDAYS: &str = "ThuFriSatSunMonTueWed";

    let number = |start: usize, end: usize| {
        text.as_bytes()
            .get(start..end)?
            .iter()
            .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| 10 * number + u64::from(byte - b'0')))
    };
    let is = |start: usize, end: usize, what: &str| text.get(start..end) == Some(what);
    let punctuated = text.len() == 29
        && is(3, 5, ", ")
        && is(7, 8, " ")
        && is(11, 12, " ")
        && is(16, 17, " ")
        && is(19, 20, ":")
        && is(22, 23, ":")
        && is(25, 29, " GMT");
    let (day, year) = (number(5, 7)?, number(12, 16)?);
    let (hour, minute, second) = (number(17, 19)?, number(20, 22)?, number(23, 25)?);
    if !punctuated || year < 1970 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut days = 365 * (year - 1) + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - EPOCH;
    let month = (0..12).find(|&month| is(8, 11, name(MONTHS, month)))?;
    let length = |month: usize| {
        let length = LENGTHS.get(month).copied().map_or(0, u64::from);
        length + u64::from(leap && month == 1)
    };
    days += (0..month).map(length).sum::<u64>() + day.checked_sub(1)?;
    let weekday = name(WEEKDAYS, usize::try_from(days % 7).ok()?);
    let exists = day <= length(month) && is(0, 3, weekday);
    exists.then_some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// The name at this position of a list of names with three letters each.
fn name(names: &'static str, position: usize) -> &'static str {
    names.get(3 * position..3 * position + 3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::imf_fixdate;

    #[test]
    fn dates_that_exist_are_read() {
        for (text, unix) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ] {
            assert_eq!(imf_fixdate(text), Some(unix), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37  GM",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Thu, 29 Feb 2001 00:00:00 GMT",
            "Mon, 29 Feb 2100 00:00:00 GMT",
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "Sün, 06 Nov 1994 08:49:37 GM",
        ] {
            assert_eq!(imf_fixdate(text), None, "{text}");
        }
    }
}
