//! The algorithms (RFC 7518, section 3.1; RFC 8037, section 3.1).

/// A signature or MAC algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    EdDsa,
}

impl Algorithm {
    pub(super) const ALL: [Self; 12] = [
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
    ];

    /// Reads an `alg`. `none` is no algorithm.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// The value of `alg`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Whether one secret both signs and verifies.
    pub(crate) const fn is_symmetric(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }

    /// The `kty` of its keys and, where it fixes one, their `crv`.
    pub(crate) const fn key_type(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Hs256 | Self::Hs384 | Self::Hs512 => ("oct", None),
            Self::Es256 => ("EC", Some("P-256")),
            Self::Es384 => ("EC", Some("P-384")),
            Self::EdDsa => ("OKP", Some("Ed25519")),
            _ => ("RSA", None),
        }
    }

    /// The left half of the hash that belongs to the algorithm, in base64url: `at_hash`, `c_hash` and `s_hash`
    /// (OpenID Connect Core 1.0, section 3.3.2.11). Ed25519 hashes with SHA-512.
    pub(crate) fn half_hash(self, text: &str) -> String {
        use ring::digest::{SHA256, SHA384, SHA512, digest};
        let hash = match self {
            Self::Hs256 | Self::Rs256 | Self::Ps256 | Self::Es256 => &SHA256,
            Self::Hs384 | Self::Rs384 | Self::Ps384 | Self::Es384 => &SHA384,
            Self::Hs512 | Self::Rs512 | Self::Ps512 | Self::EdDsa => &SHA512,
        };
        let digest = digest(hash, text.as_bytes());
        let (half, _) = digest.as_ref().split_at(digest.as_ref().len() / 2);
        crate::state::base64url(half)
    }
}
