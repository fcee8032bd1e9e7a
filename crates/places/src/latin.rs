//! Latin letters for letters of any script, before spellings are brought together by [`crate::sound`].

use any_ascii::any_ascii_char;

/// Appends the Latin letters and digits of a small letter: Cyrillic as English writes it, háčeks as their digraphs,
/// everything else (pinyin for Hanzi) as `any_ascii` has it.
pub(crate) fn push_latin(letter: char, latin: &mut String) {
    if letter.is_ascii_alphanumeric() {
        latin.push(letter);
        return;
    }
    match own(letter) {
        Some(letters) => latin.push_str(letters),
        None => latin.extend(
            any_ascii_char(letter)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|letter| letter.to_ascii_lowercase()),
        ),
    }
}

/// Where `any_ascii` knows less: it has one letter for `ш` and none for háčeks.
fn own(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ь' | 'ъ' => "",
        'е' | 'э' | 'є' => "e",
        'ё' => "yo",
        'ж' | 'ž' => "zh",
        'и' | 'і' | 'ы' => "i",
        'й' | 'ї' | 'ј' => "y",
        'ө' => "o",
        'ү' | 'ұ' | 'ў' => "u",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'ч' | 'č' | 'ć' | 'ћ' => "ch",
        'ш' | 'š' | 'ş' | 'ș' => "sh",
        'щ' | 'ŝ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ä' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        _ => return None,
    })
}

/// The plain letter of a Latin letter that does not decompose, as it stands on a keyboard without it.
pub(crate) fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        _ => return None,
    })
}
