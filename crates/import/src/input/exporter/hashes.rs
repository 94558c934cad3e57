//! Columns of hashes: a server that keeps nothing else has no tokens to export.

/// How many tokens a column holds, and how many of them look like hashes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    pub(crate) values: u64,
    pub(crate) hashes: u64,
}

impl Share {
    /// One in so many that looks like a hash makes the column doubtful.
    const DOUBTFUL: u64 = 100;

    pub(crate) fn add(&mut self, token: &str) {
        self.values += 1;
        self.hashes += u64::from(is_like_a_hash(token));
    }

    /// Whether enough values look like hashes to ask what they are.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.hashes > 0 && self.hashes.saturating_mul(Self::DOUBTFUL) >= self.values
    }
}

/// Whether a token has the shape of a hash, or of a UUID, by which a session may be known.
fn is_like_a_hash(token: &str) -> bool {
    if has_scheme(token) {
        return true;
    }
    let bare = token.strip_prefix("\\x").or_else(|| token.strip_prefix("0x")).unwrap_or(token);
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match bare.len() {
        // MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 in hexadecimal.
        32 | 40 | 56 | 64 | 96 | 128 if is_hex(bare) => true,
        // The same with colons, as fingerprints are shown.
        47 | 59 | 95 if bare.split(':').all(|pair| pair.len() == 2 && is_hex(pair)) => true,
        36 => is_uuid(bare),
        38 if bare.strip_prefix('{').and_then(|bare| bare.strip_suffix('}')).is_some_and(is_uuid) => true,
        45 => bare.strip_prefix("urn:uuid:").is_some_and(is_uuid),
        // 16, 20, 28, 32, 48 and 64 bytes in base64, with padding or without.
        22 | 24 | 27 | 28 | 38 | 40 | 43 | 44 | 64 | 86 | 88 => is_digest_in_base64(bare),
        _ => false,
    }
}

/// `sha256:...`, `{SSHA}...`, `$2b$12$...`, `pbkdf2_sha256$...`
fn has_scheme(token: &str) -> bool {
    // Most tokens begin otherwise.
    let first = token.bytes().next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(first, b'$' | b'{' | b's' | b'm' | b'p' | b'b' | b'a' | b'h') {
        return false;
    }
    let starts = |name: &str| token.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    token.starts_with(['$', '{'])
        || ["sha", "md5:", "md5$", "pbkdf2", "bcrypt", "scrypt", "argon2", "hmac"].into_iter().any(starts)
}

/// Eight, four, four, four and twelve digits (RFC 9562).
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Whether the length is that of a digest, and the characters are mixed as those of one are.
fn is_digest_in_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let fits = matches!(
        (body.len(), text.len()),
        (22, 22 | 24) | (27, 27 | 28) | (38, 38 | 40) | (43, 43 | 44) | (64, 64) | (86, 86 | 88)
    );
    let (mut upper, mut lower, mut digit, mut other) = (false, false, false, false);
    for byte in body.bytes() {
        match byte {
            b'A'..=b'Z' => upper = true,
            b'a'..=b'z' => lower = true,
            b'0'..=b'9' => digit = true,
            b'+' | b'/' | b'-' | b'_' => {}
            _ => other = true,
        }
    }
    // Of 22 random characters one in forty has no digit, which a share of a column makes up for.
    fits && upper && lower && digit && !other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_the_usual_lengths_and_uuids_are_noticed() {
        for hash in [
            "d41d8cd98f00b204e9800998ecf8427e",
            "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
            "\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
            "1B2M2Y8AsgTpgAmY7PhCfg==",
            "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
            "$2b$12$abcdefghijklmnopqrstuv",
            "{SSHA}2jmj7l5rSw0yVb",
            "sha256:abc",
            "$argon2id$v=19$m=65536",
            "pbkdf2_sha256$1000$a$b",
            "a1b2c3d4-0000-4000-8000-00000000abcd",
            "{A1B2C3D4-0000-4000-8000-00000000ABCD}",
        ] {
            assert!(is_like_a_hash(hash), "{hash}");
        }
        for token in [
            "a-token-of-twenty-two-",
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
            "ory_at_5bJkqCj8Wn6hB1dT3ZfXgQ.2jmj7l5rSw0yVb",
            "D6F636DF19D11D1D3342A6CD445B67547AE2E3391D4587A189717F57DB5A6836-1",
            "short",
        ] {
            assert!(!is_like_a_hash(token), "{token}");
        }
    }

    #[test]
    fn one_odd_value_does_not_silence_a_column_nor_make_one_doubtful() {
        let share = |values, hashes| Share { values, hashes }.is_doubtful();
        assert!(share(2000, 1999) && share(1, 1) && share(100, 1) && share(2000, 20));
        assert!(!share(2000, 0) && !share(2000, 1) && !share(2000, 19) && !share(0, 0));
    }
}
