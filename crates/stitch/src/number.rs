//! Train numbers: "EC 113", "ICE 9553", "AMK63", "002Э", "K27", "IC 407 / EN 442".

/// A number with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TrainNumber {
    /// Letters before it, in capitals: `EC`, `AMK`, `K`.
    pub category: String,
    /// The digits without leading zeros.
    pub digits: u32,
    /// Letters behind it, in capitals: `Э`.
    pub suffix: String,
}

/// The longest number: through carriages have five digits, some freight-like numbers six.
const MOST_DIGITS: usize = 6;

impl TrainNumber {
    /// The numbers of a text; several stand beside one another with `/`, `=`, `,`, `;`, `+` or `&` between them. What has no number,
    /// or more than one between two such signs, has none.
    pub(crate) fn all(text: &str) -> Vec<Self> {
        let mut numbers: Vec<Self> =
            text.split(['/', '=', ',', ';', '+', '&']).filter_map(|part| Self::one(part.trim())).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn one(text: &str) -> Option<Self> {
        let text = text.to_uppercase();
        let start = text.find(|letter: char| letter.is_ascii_digit())?;
        let (before, rest) = text.split_at(start);
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let letters = |part: &str| part.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
        let is_number = digits.len() <= MOST_DIGITS && !after.chars().any(|letter| letter.is_ascii_digit());
        let digits = digits.parse().ok().filter(|_| is_number)?;
        Some(Self { category: letters(before), digits, suffix: letters(after) })
    }

    /// Whether two numbers may be one train's: the digits are the same, and so are the letters where both have any before, or any
    /// behind. Operators name one train in their own ways (ICE 9553 is TGV 9553), so letters may differ from 100 on.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let same = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
        self.digits == other.digits
            && same(&self.suffix, &other.suffix)
            && (self.digits >= 100 || same(&self.category, &other.category))
    }

    /// Whether this is the number of a carriage of the other train: it ends in the digits of the train's number, as 421 does in
    /// 21 and 40457 in 457.
    pub(crate) fn rides(&self, host: &Self) -> bool {
        let (mut power, mut digits) = (1_u32, host.digits);
        while digits > 0 {
            power = power.saturating_mul(10);
            digits /= 10;
        }
        host.digits > 0 && self.digits > host.digits && self.digits % power == host.digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> TrainNumber {
        let numbers = TrainNumber::all(text);
        assert_eq!(numbers.len(), 1, "{text}: {numbers:?}");
        numbers[0].clone()
    }

    #[test]
    fn numbers_are_found_in_what_railways_write() {
        for (text, category, digits, suffix) in [
            ("EC 113", "EC", 113, ""),
            ("ICE 9553", "ICE", 9553, ""),
            ("AMK63", "AMK", 63, ""),
            ("002Э", "", 2, "Э"),
            ("002э", "", 2, "Э"),
            ("K27", "K", 27, ""),
            ("63", "", 63, ""),
            ("Fast 2626", "FAST", 2626, ""),
        ] {
            let expected = TrainNumber { category: category.into(), digits, suffix: suffix.into() };
            assert_eq!(one(text), expected, "{text}");
        }
        for text in ["", "Empire Builder", "2024-05-06", "12345678", "4A7"] {
            assert_eq!(TrainNumber::all(text), [], "{text}");
        }
        assert_eq!(TrainNumber::all("IC 407 / EN 442").len(), 2);
        assert_eq!(TrainNumber::all("NJ 40425 = NJ 50490").len(), 2);
    }

    #[test]
    fn one_train_has_one_number_in_many_spellings() {
        for (text, other, agree) in [
            ("AMK63", "63", true),
            ("ICE 9553", "TGV 9553", true),
            ("EC 113", "EC113", true),
            ("EC 113", "113", true),
            ("002Э", "2", true),
            ("002Э", "002Ц", false),
            ("K27", "K28", false),
            ("K27", "S27", false),
            ("63", "64", false),
        ] {
            assert_eq!(one(text).agrees(&one(other)), agree, "{text} and {other}");
        }
    }

    #[test]
    fn carriages_carry_the_number_of_their_train() {
        for (carriage, train, rides) in [
            ("421", "21", true),
            ("421", "1", true),
            ("27", "7", true),
            ("EN 40457", "NJ 457", true),
            ("48", "448", false),
            ("21", "21", false),
            ("422", "21", false),
            ("5", "0", false),
        ] {
            assert_eq!(one(carriage).rides(&one(train)), rides, "{carriage} on {train}");
        }
    }
}
