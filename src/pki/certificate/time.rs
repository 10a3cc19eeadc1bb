//! Times of certificates (X.680 sections 46 and 47) as the JDK reads them: seconds may be missing, an offset may stand for
//! `Z`, fractions are cut off, and the 31st of a short month is a day of the next.

use crate::pki::asn1::Element;

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// Seconds since 1970 UTC.
pub(super) fn seconds(time: &Element<'_>) -> Option<i64> {
    let mut text = Text(time.content);
    let year = match time.tag {
        UTC_TIME if (11..=17).contains(&time.content.len()) => match text.pair()? {
            year @ 0..50 => year + 2000,
            year => year + 1900,
        },
        GENERALIZED_TIME if time.content.len() >= 13 => text.pair()? * 100 + text.pair()?,
        _ => return None,
    };
    let [month, day, hour, minute] = [text.pair()?, text.pair()?, text.pair()?, text.pair()?];
    let second = text.seconds(time.tag == GENERALIZED_TIME)?;
    let offset = text.offset()?;
    let sound = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
    sound.then(|| days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset * 60)
}

/// What is left of a time.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn digit(&mut self) -> Option<i64> {
        let (&digit, rest) = self.0.split_first().filter(|(digit, _)| digit.is_ascii_digit())?;
        self.0 = rest;
        Some(i64::from(digit - b'0'))
    }

    fn pair(&mut self) -> Option<i64> {
        Some(self.digit()? * 10 + self.digit()?)
    }

    /// Two digits where more is left than `Z`, with a fraction if there may be one.
    fn seconds(&mut self, fraction: bool) -> Option<i64> {
        if self.0.len() <= 2 {
            return Some(0);
        }
        if self.0.len() == 5 && matches!(self.0.first(), Some(b'+' | b'-')) {
            // Where the seconds are missing, the JDK takes an offset for them.
            return None;
        }
        let seconds = self.pair()?;
        if let (true, [b'.' | b',', rest @ ..]) = (fraction, self.0) {
            self.0 = rest;
            self.digit()?;
            while self.digit().is_some() {}
        }
        Some(seconds)
    }

    /// Minutes east of Greenwich.
    fn offset(&mut self) -> Option<i64> {
        match self.0 {
            [b'Z'] => Some(0),
            [sign @ (b'+' | b'-'), rest @ ..] if rest.len() == 4 => {
                let mut rest = Text(rest);
                let [hours, minutes] = [rest.pair()?, rest.pair()?];
                let offset = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
                Some(if *sign == b'+' { offset } else { -offset })
            }
            _ => None,
        }
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: u8, text: &str) -> Option<i64> {
        seconds(&Element { tag, content: text.as_bytes(), whole: &[] })
    }

    #[test]
    fn times_as_the_jdk_reads_them() {
        assert_eq!(read(UTC_TIME, "700101000000Z"), Some(0));
        assert_eq!(read(UTC_TIME, "491231235959Z"), Some(2_524_607_999));
        assert_eq!(read(UTC_TIME, "500101000000Z"), Some(-631_152_000));
        assert_eq!(read(UTC_TIME, "250101000000+0100"), Some(1_735_686_000));
        assert_eq!(read(UTC_TIME, "2501010000Z"), Some(1_735_689_600));
        assert_eq!(read(GENERALIZED_TIME, "99991231235959Z"), Some(253_402_300_799));
        assert_eq!(read(GENERALIZED_TIME, "20250101000000.999Z"), Some(1_735_689_600));
        assert_eq!(read(GENERALIZED_TIME, "20240230000000Z"), Some(1_709_251_200));
        for wrong in
            ["251301000000Z", "250001000000Z", "2501010000", "250101000000", "250101000060Z", "250101000000+01"]
        {
            assert_eq!(read(UTC_TIME, wrong), None, "{wrong}");
        }
    }
}
