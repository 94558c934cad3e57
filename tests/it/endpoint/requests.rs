//! The readers of credentials and access tokens.

use authlete::endpoint::{Refusal, access_token, client_credentials, htu};
use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;

fn with(headers: &[(&'static str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    map
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { digit.into() } else { '=' });
        }
    }
    text
}

fn basic(pair: &[u8]) -> Result<Option<(String, String)>, Refusal> {
    credentials(&format!("Basic {}", base64(pair)))
}

fn credentials(header: &str) -> Result<Option<(String, String)>, Refusal> {
    let client = client_credentials(&with(&[("authorization", header)]))?;
    Ok(client.map(|client| (client.id, client.secret.expose().to_owned())))
}

#[test]
fn client_credentials_are_form_decoded() {
    for (pair, id, secret) in [
        // RFC 6749 section 2.3.1.
        ("s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw", "s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"),
        ("a%3Ab:c", "a:b", "c"),
        ("id:se:cr:et", "id", "se:cr:et"),
        ("id::", "id", ":"),
        ("id:", "id", ""),
        ("a+b:c+d%2B", "a b", "c d+"),
        ("%C3%A9:%e2%82%ac%25", "\u{e9}", "\u{20ac}%"),
        ("id:50%off%", "id", "50%off%"),
        ("id:%zz%4", "id", "%zz%4"),
        ("https%3A%2F%2Fc.example.com:x", "https://c.example.com", "x"),
        ("id:\u{e9}", "id", "\u{e9}"),
    ] {
        let expected = Ok(Some((id.to_owned(), secret.to_owned())));
        assert_eq!(basic(pair.as_bytes()), expected, "{pair}");
        for scheme in ["basic", "BASIC", "bAsIc", "Basic  "] {
            assert_eq!(credentials(&format!("{scheme} {}", base64(pair.as_bytes()))), expected);
        }
        let bare = base64(pair.as_bytes()).trim_end_matches('=').to_owned();
        assert_eq!(credentials(&format!("Basic {bare}")), expected);
    }
}

#[test]
fn credentials_that_cannot_be_decoded_are_refused() {
    let refused = Err(Refusal::MalformedCredentials);
    for header in [
        "Basic",
        "Basic ",
        "Basic a",
        "Basic !!!!",
        "Basic YTpi=",
        "Basic YQ==:",
        "Basic YTpiYw=",
        "Basic YTpi YTpi",
        "Basic YTpi,YTpi",
        "Basic YTpi====",
        "Basic a-_b",
        "Basic \u{e9}",
        "\u{e9}",
    ] {
        assert_eq!(credentials(header), refused, "{header}");
    }
    for pair in [&b"no-colon"[..], b":secret", b"", b"id:\xff", b"id:%ff", b"%ff:secret"] {
        assert_eq!(basic(pair), refused, "{pair:?}");
    }
    let twice = with(&[("authorization", "Basic YTpi"), ("authorization", "Basic YTpi")]);
    assert_eq!(client_credentials(&twice), Err(Refusal::MalformedCredentials));
}

#[test]
fn without_basic_there_are_no_credentials() {
    assert_eq!(client_credentials(&HeaderMap::new()), Ok(None));
    for header in ["Bearer x", "Basics YTpi", "DPoP x", ""] {
        assert_eq!(credentials(header), Ok(None), "{header}");
    }
}

#[test]
fn an_access_token_is_taken_whatever_the_case_of_its_scheme() {
    let token = "mF_9.B5f-4.1JqM~+/==";
    for scheme in ["Bearer", "bearer", "BEARER", "bEARER", "Bearer  "] {
        let headers = with(&[("authorization", &format!("{scheme} {token}")), ("dpop", "a.b.c")]);
        let presented = access_token(&headers).unwrap();
        assert_eq!((presented.token, presented.proof), (token, None));
    }
    for scheme in ["DPoP", "dpop", "DPOP", "dPoP"] {
        let headers = with(&[("authorization", &format!("{scheme} {token}")), ("dpop", "a.b.c")]);
        let presented = access_token(&headers).unwrap();
        assert_eq!((presented.token, presented.proof), (token, Some("a.b.c")));
        assert!(!format!("{presented:?}").contains("mF_9") && !format!("{presented:?}").contains("a.b.c"));
    }
}

#[test]
fn without_a_good_access_token_there_is_a_refusal() {
    use Refusal::{MalformedDpopToken, MalformedToken, NoProof, NoToken};
    for (headers, refusal) in [
        (&[][..], NoToken),
        // A proof alone is no token.
        (&[("dpop", "a.b.c")], NoToken),
        (&[("authorization", "Basic YTpi")], NoToken),
        (&[("authorization", "Bearers x")], NoToken),
        (&[("authorization", "")], NoToken),
        (&[("authorization", "Bearer")], MalformedToken),
        (&[("authorization", "Bearer ")], MalformedToken),
        (&[("authorization", "Bearer a b")], MalformedToken),
        (&[("authorization", "Bearer a,b")], MalformedToken),
        (&[("authorization", "Bearer ====")], MalformedToken),
        (&[("authorization", "Bearer a=b")], MalformedToken),
        (&[("authorization", "Bearer \u{e9}")], MalformedToken),
        (&[("authorization", "Bearer \"a\"")], MalformedToken),
        (&[("authorization", "DPoP"), ("dpop", "a.b.c")], MalformedDpopToken),
        (&[("authorization", "dpop a b"), ("dpop", "a.b.c")], MalformedDpopToken),
        (&[("authorization", "DPoP a"), ("dpop", "  ")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a.b.c, a.b.c")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a.b.c,a.b.c")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a.b.c a.b.c")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a.b")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a.b.c.d")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a..c")], NoProof),
        (&[("authorization", "Bearer a"), ("authorization", "Bearer a")], MalformedToken),
        (&[("authorization", "Bearer a"), ("authorization", "Basic YTpi")], MalformedToken),
        (&[("authorization", "DPoP a")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "a.b.c"), ("dpop", "a.b.c")], NoProof),
        (&[("authorization", "DPoP a"), ("dpop", "\u{e9}")], NoProof),
    ] {
        assert_eq!(access_token(&with(headers)), Err(refusal), "{headers:?}");
    }
}

#[test]
fn htu_has_neither_query_nor_fragment() {
    for (origin, uri, expected) in [
        ("https://rs.example.com", "/a/b%20c?d=e&f", "https://rs.example.com/a/b%20c"),
        ("https://rs.example.com/", "/", "https://rs.example.com/"),
        ("https://gw.example.com/rs/", "/me", "https://gw.example.com/rs/me"),
        ("https://rs.example.com?x#y", "/me", "https://rs.example.com/me"),
        // What the sender says of the host does not count.
        ("https://rs.example.com", "http://evil.example.com/me?x", "https://rs.example.com/me"),
        ("https://rs.example.com", "http://rs.example.com?x", "https://rs.example.com/"),
    ] {
        assert_eq!(htu(origin, &uri.parse().unwrap()), expected);
    }
}

proptest! {
    #[test]
    fn any_header_is_read_or_refused(values in proptest::collection::vec(any::<Vec<u8>>(), 0..3), name in 0..2) {
        let mut headers = HeaderMap::new();
        for value in &values {
            let Ok(value) = HeaderValue::from_bytes(value) else { continue };
            headers.append(["authorization", "dpop"][name as usize], value);
        }
        let _ = (access_token(&headers), client_credentials(&headers));
    }

    #[test]
    fn any_token_that_is_taken_stands_in_the_header(text in "(?i:bearer|dpop|basic)?[ -~]{0,30}") {
        let headers = with(&[("authorization", &text), ("dpop", "a.b.c")]);
        if let Ok(presented) = access_token(&headers) {
            prop_assert!(text.contains(presented.token));
            prop_assert!(!presented.token.is_empty() && !presented.token.contains(' '));
        }
    }

    #[test]
    fn any_credentials_survive_their_encoding(id in ".{1,20}", secret in ".{0,20}") {
        let encode = |text: &str| -> String {
            text.bytes().map(|byte| match byte {
                b' ' => "+".to_owned(),
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            }).collect()
        };
        let pair = format!("{}:{}", encode(&id), encode(&secret));
        prop_assert_eq!(basic(pair.as_bytes()), Ok(Some((id, secret))));
    }
}
