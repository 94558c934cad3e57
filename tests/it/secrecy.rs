//! Secrets of the crate `secrecy`, from and to those of this one.

use authlete::Secret;
use secrecy::{ExposeSecret as _, SecretString};

use crate::fake::{Fake, create, fine};

const TOKEN: &str = "canary-secrecy-71c4";

#[tokio::test]
async fn a_secret_string_is_a_bearer_as_it_is() {
    let fake = Fake::new(|_| fine());
    let core = fake.core().bearer(SecretString::from(TOKEN)).build().unwrap();
    create(&core, None).await.unwrap();
    assert_eq!(fake.header("authorization"), [format!("Bearer {TOKEN}")]);
}

#[test]
fn both_ways_keep_the_text_and_hide_it() {
    let theirs = SecretString::from(TOKEN);
    let ours = Secret::from(&theirs);
    assert_eq!(ours.expose(), TOKEN);
    let back = SecretString::from(ours.clone());
    assert_eq!(back.expose_secret(), TOKEN);
    assert!(!format!("{theirs:?} {ours:?} {back:?}").contains(TOKEN));
}
