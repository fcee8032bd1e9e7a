//! What different spellings of one name share.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters of a name without accents, capitals, compatibility forms (Unicode NFKD) and apostrophes of any shape.
///
/// Every script stays what it is; Hangul syllables come as their letters.
pub fn folded(name: &str) -> impl Iterator<Item = char> + '_ {
    let plain = name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    plain.filter(|letter| !matches!(letter, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´'))
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn spellings_of_one_name_fold_to_one() {
        let fold = |name| folded(name).collect::<String>();
        assert_eq!(fold("P’yŏngyang"), "pyongyang");
        assert_eq!(fold("Ёлкино"), "елкино");
        assert_eq!(fold("ＫＨＡＳＡＮ"), "khasan");
        assert_eq!(fold("평양"), fold("\u{1111}\u{1167}\u{11bc}\u{110b}\u{1163}\u{11bc}"));
    }
}
