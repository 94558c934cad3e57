//! A key (RFC 7517).

use ring::rand::SecureRandom;
use ring::{hmac, rsa, signature};
use serde_json::{Map, Value, json};

use super::algorithm::Algorithm;
use crate::state::{base64url, from_base64url, sha256};

/// A JSON Web Key, private or public.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Jwk(Map<String, Value>);

/// The members that only a private key has (RFC 7518, section 6; RFC 8037, section 2), and the symmetric key.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl Jwk {
    /// A key from JSON; `None` if it is not an object with a `kty`.
    pub(crate) fn parse(value: &Value) -> Option<Self> {
        let members = value.as_object()?;
        members.get("kty")?.as_str()?;
        Some(Self(members.clone()))
    }

    /// The symmetric key of a client secret: its UTF-8 octets (OpenID Connect Core 1.0, section 10.1).
    pub(crate) fn secret(secret: &str) -> Self {
        let members = json!({"kty": "oct", "k": base64url(secret)});
        Self(members.as_object().cloned().unwrap_or_default())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A member that holds octets, without the leading zeros that a number may have been padded with.
    fn number(&self, name: &str) -> Option<Vec<u8>> {
        let mut octets = self.octets(name)?;
        octets.drain(..octets.iter().take_while(|octet| **octet == 0).count());
        Some(octets)
    }

    fn octets(&self, name: &str) -> Option<Vec<u8>> {
        from_base64url(self.text(name)?)
    }

    /// `kid`
    pub(crate) fn kid(&self) -> Option<&str> {
        self.text("kid")
    }

    /// Whether it can sign.
    pub(crate) fn is_private(&self) -> bool {
        self.0.contains_key("d") || self.0.contains_key("k")
    }

    /// Whether it is meant for signatures by this algorithm (RFC 7517, sections 4.2 to 4.4).
    pub(crate) fn fits(&self, algorithm: Algorithm) -> bool {
        let (kty, crv) = algorithm.key_type();
        self.text("kty") == Some(kty)
            && crv.is_none_or(|crv| self.text("crv") == Some(crv))
            && self.text("alg").is_none_or(|own| own == algorithm.as_str())
            && self.text("use").is_none_or(|own| own == "sig")
    }

    /// The key without its private members; `None` for a symmetric one.
    pub(crate) fn public(&self) -> Option<Value> {
        if self.text("kty") == Some("oct") {
            return None;
        }
        let public = self.0.iter().filter(|(name, _)| !PRIVATE.contains(&name.as_str()));
        Some(Value::Object(public.map(|(name, value)| (name.clone(), value.clone())).collect()))
    }

    /// The whole key, its private members included.
    pub(crate) fn private(&self) -> Value {
        Value::Object(self.0.clone())
    }

    /// The SHA-256 thumbprint (RFC 7638).
    pub(crate) fn thumbprint(&self) -> Option<String> {
        let members: &[&str] = match self.text("kty")? {
            "EC" => &["crv", "kty", "x", "y"],
            "OKP" => &["crv", "kty", "x"],
            "RSA" => &["e", "kty", "n"],
            "oct" => &["k", "kty"],
            _ => return None,
        };
        // The members are in the lexicographic order that RFC 7638 asks for.
        let mut canonical = Vec::with_capacity(members.len());
        for name in members {
            let value = Value::from(self.text(name)?);
            canonical.push(format!("\"{name}\":{value}"));
        }
        Some(base64url(sha256(format!("{{{}}}", canonical.join(",")))))
    }

    /// Signs; `None` if the key does not fit, is not private or is no good. Only ECDSA uses the random source, and
    /// then the signature differs each time.
    pub(crate) fn sign(
        &self,
        algorithm: Algorithm,
        input: &[u8],
        random: &dyn SecureRandom,
    ) -> Option<Vec<u8>> {
        if !self.fits(algorithm) {
            return None;
        }
        match algorithm {
            Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => {
                Some(hmac::sign(&self.mac(algorithm)?, input).as_ref().to_vec())
            }
            Algorithm::Rs256 | Algorithm::Rs384 | Algorithm::Rs512 => {
                let padding = match algorithm {
                    Algorithm::Rs256 => &signature::RSA_PKCS1_SHA256,
                    Algorithm::Rs384 => &signature::RSA_PKCS1_SHA384,
                    _ => &signature::RSA_PKCS1_SHA512,
                };
                self.sign_rsa(padding, input, random)
            }
            Algorithm::Ps256 | Algorithm::Ps384 | Algorithm::Ps512 => {
                let padding = match algorithm {
                    Algorithm::Ps256 => &signature::RSA_PSS_SHA256,
                    Algorithm::Ps384 => &signature::RSA_PSS_SHA384,
                    _ => &signature::RSA_PSS_SHA512,
                };
                self.sign_rsa(padding, input, random)
            }
            Algorithm::Es256 => self.sign_ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, input, random),
            Algorithm::Es384 => self.sign_ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, input, random),
            Algorithm::EdDsa => {
                let (seed, public) = (self.octets("d")?, self.octets("x")?);
                let pair = signature::Ed25519KeyPair::from_seed_and_public_key(&seed, &public).ok()?;
                Some(pair.sign(input).as_ref().to_vec())
            }
        }
    }

    fn sign_rsa(
        &self,
        padding: &'static dyn signature::RsaEncoding,
        input: &[u8],
        random: &dyn SecureRandom,
    ) -> Option<Vec<u8>> {
        let pair = rsa::KeyPair::from_components(&rsa::KeyPairComponents {
            public_key: rsa::PublicKeyComponents { n: self.number("n")?, e: self.number("e")? },
            d: self.number("d")?,
            p: self.number("p")?,
            q: self.number("q")?,
            dP: self.number("dp")?,
            dQ: self.number("dq")?,
            qInv: self.number("qi")?,
        })
        .ok()?;
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(padding, random, input, &mut signature).ok()?;
        Some(signature)
    }

    fn sign_ec(
        &self,
        algorithm: &'static signature::EcdsaSigningAlgorithm,
        input: &[u8],
        random: &dyn SecureRandom,
    ) -> Option<Vec<u8>> {
        let (private, public) = (self.octets("d")?, self.point()?);
        let pair =
            signature::EcdsaKeyPair::from_private_key_and_public_key(algorithm, &private, &public, random);
        Some(pair.ok()?.sign(random, input).ok()?.as_ref().to_vec())
    }

    /// The uncompressed point of an elliptic curve key (SEC 1, section 2.3.3).
    fn point(&self) -> Option<Vec<u8>> {
        let (x, y) = (self.octets("x")?, self.octets("y")?);
        Some([&[4], x.as_slice(), y.as_slice()].concat())
    }

    fn mac(&self, algorithm: Algorithm) -> Option<hmac::Key> {
        let hash = match algorithm {
            Algorithm::Hs256 => hmac::HMAC_SHA256,
            Algorithm::Hs384 => hmac::HMAC_SHA384,
            _ => hmac::HMAC_SHA512,
        };
        Some(hmac::Key::new(hash, &self.octets("k")?))
    }

    /// Whether the signature is the key's over the input. A key of another kind than the algorithm's verifies
    /// nothing, so that a public key never serves as a MAC's secret.
    pub(crate) fn verify(&self, algorithm: Algorithm, input: &[u8], signature: &[u8]) -> bool {
        self.fits(algorithm) && self.verified(algorithm, input, signature).is_some()
    }

    fn verified(&self, algorithm: Algorithm, input: &[u8], signed: &[u8]) -> Option<()> {
        let verification: &'static dyn signature::VerificationAlgorithm = match algorithm {
            Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => {
                return hmac::verify(&self.mac(algorithm)?, input, signed).ok();
            }
            Algorithm::Rs256 => {
                return self.verify_rsa(&signature::RSA_PKCS1_2048_8192_SHA256, input, signed);
            }
            Algorithm::Rs384 => {
                return self.verify_rsa(&signature::RSA_PKCS1_2048_8192_SHA384, input, signed);
            }
            Algorithm::Rs512 => {
                return self.verify_rsa(&signature::RSA_PKCS1_2048_8192_SHA512, input, signed);
            }
            Algorithm::Ps256 => return self.verify_rsa(&signature::RSA_PSS_2048_8192_SHA256, input, signed),
            Algorithm::Ps384 => return self.verify_rsa(&signature::RSA_PSS_2048_8192_SHA384, input, signed),
            Algorithm::Ps512 => return self.verify_rsa(&signature::RSA_PSS_2048_8192_SHA512, input, signed),
            Algorithm::Es256 => &signature::ECDSA_P256_SHA256_FIXED,
            Algorithm::Es384 => &signature::ECDSA_P384_SHA384_FIXED,
            Algorithm::EdDsa => &signature::ED25519,
        };
        let key = if algorithm == Algorithm::EdDsa { self.octets("x")? } else { self.point()? };
        signature::UnparsedPublicKey::new(verification, key).verify(input, signed).ok()
    }

    fn verify_rsa(
        &self,
        padding: &'static signature::RsaParameters,
        input: &[u8],
        signed: &[u8],
    ) -> Option<()> {
        let key = signature::RsaPublicKeyComponents { n: self.number("n")?, e: self.number("e")? };
        key.verify(padding, input, signed).ok()
    }
}
