//! Rust source with its comments and the content of its literals blanked, so that rules on code see code alone.

/// The source, line for line and byte for byte, with spaces for comments and for what stands inside quotes.
pub fn code_only(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut masked = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => line_end(bytes, at),
            b'/' if bytes[at..].starts_with(b"/*") => block_comment_end(bytes, at),
            b'"' => string_end(bytes, at),
            b'r' | b'b' | b'c' if !(at > 0 && is_word(bytes[at - 1])) => match raw_string_end(bytes, at) {
                Some(end) => end,
                None => word_end(bytes, at),
            },
            b'\'' => char_end(bytes, at),
            byte if is_word(byte) => word_end(bytes, at),
            _ => at + 1,
        };
        if !is_word(bytes[at]) || bytes[at..end].contains(&b'"') {
            blank(&mut masked[at..end]);
        }
        at = end;
    }
    // Whole comments and literals are blanked, so no character is cut in two.
    String::from_utf8(masked).unwrap_or_default()
}

/// Whether a byte can stand in an identifier.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Blanks all but line ends; a single byte is code and stays.
fn blank(bytes: &mut [u8]) {
    if bytes.len() > 1 {
        bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| !is_word(byte)).map_or(bytes.len(), |length| at + length)
}

fn block_comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// The end of a string that opens at a quote, escapes observed.
fn string_end(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of a literal such as `r#"..."#`, `b"..."` or `cr"..."` that begins at `at`; `None` where a name begins there.
fn raw_string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let prefix = bytes[at..].iter().take_while(|byte| matches!(byte, b'r' | b'b' | b'c')).count();
    let raw = bytes[at..at + prefix].contains(&b'r');
    let hashes = bytes[at + prefix..].iter().take_while(|&&byte| byte == b'#').count();
    let quote = at + prefix + hashes;
    if bytes.get(quote) != Some(&b'"') || (hashes > 0 && !raw) {
        return None;
    }
    if !raw {
        return Some(string_end(bytes, quote));
    }
    let closing = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
    let length = bytes[quote + 1..].windows(closing.len()).position(|window| window == closing);
    Some(length.map_or(bytes.len(), |length| quote + 1 + length + closing.len()))
}

/// The end of a character; a lifetime ends after its quote.
fn char_end(bytes: &[u8], quote: usize) -> usize {
    if bytes.get(quote + 1) == Some(&b'\\') {
        let rest = &bytes[(quote + 3).min(bytes.len())..];
        return rest.iter().position(|&byte| byte == b'\'').map_or(bytes.len(), |length| quote + 4 + length);
    }
    // A character is at most four bytes long.
    let window = &bytes[(quote + 1).min(bytes.len())..(quote + 6).min(bytes.len())];
    match window.iter().skip(1).position(|&byte| byte == b'\'') {
        Some(length) if length == 0 || window[0] >= 0x80 => quote + 3 + length,
        _ => quote + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::code_only;

    #[test]
    fn comments_and_literals_are_blank_and_code_stays() {
        for (source, expected) in [
            ("let a = 1; // b", "let a = 1;     "),
            ("a /* b /* c */ d */ e", "a                   e"),
            ("f(\"x\\\"y\", z)", "f(      , z)"),
            ("f(r#\"x\"y\"#, z)", "f(        , z)"),
            ("f(b\"xy\", z)", "f(     , z)"),
            ("'a' 'x: loop", "    'x: loop"),
            ("'\\'' '\\u{1F600}' z", "                 z"),
            ("'д' q", "     q"),
            ("fn f<'a>(b: &'a str)", "fn f<'a>(b: &'a str)"),
            ("raw(br) + r#type", "raw(br) + r#type"),
            ("\"two\nlines\" z", "    \n       z"),
        ] {
            assert_eq!(code_only(source), expected, "{source}");
        }
    }
}
