//! What was meant by keys struck while the keyboard was set to another script: `vjcrdf` for Москва, `vuddid` for 평양.

const QWERTY: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";
const LATIN: &str = "qwertyuiopasdfghjklzxcvbnmQWERTOP";
const KOREAN: &str = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";

/// The text as other keyboards have it; nothing where no key differs.
pub(crate) fn other_layouts(text: &str) -> Vec<String> {
    let small = text.to_lowercase();
    let mut others =
        vec![retyped(&small, QWERTY, RUSSIAN), retyped(text, LATIN, KOREAN), retyped(&small, RUSSIAN, QWERTY)];
    others.retain(|other| *other != small && *other != text);
    others
}

fn retyped(text: &str, from: &str, to: &str) -> String {
    let retype = |letter: char| {
        let mut keys = from.chars().zip(to.chars());
        keys.find(|(key, _)| *key == letter).map_or(letter, |(_, meant)| meant)
    };
    text.chars().map(retype).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_other_layouts_have_them() {
        assert_eq!(QWERTY.chars().count(), RUSSIAN.chars().count());
        assert_eq!(LATIN.chars().count(), KOREAN.chars().count());
        assert_eq!(other_layouts("vjcrdf")[0], "москва");
        assert_eq!(other_layouts("[f,fhjdcr")[0], "хабаровск");
        assert_eq!(other_layouts("vuddid")[1], "ㅍㅕㅇㅇㅑㅇ");
        assert_eq!(other_layouts("ьщысщц"), ["moscow"]);
        assert!(other_layouts("北京").is_empty());
    }
}
