//! Every combination of what a client demands and what a session knows.

use authlete::endpoint::authorization::{Consent, Login, UserSession};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::{BEGAN, at, pending, word};

const NOW: u64 = BEGAN + 100;
const PROMPTS: [&str; 4] = ["NONE", "LOGIN", "CONSENT", "SELECT_ACCOUNT"];

#[derive(Clone, Copy, Debug)]
struct Request {
    no_interaction: bool,
    /// A bit for each of [`PROMPTS`].
    prompts: usize,
    max_age: Option<u64>,
    essential_acr: bool,
    subject: Option<&'static str>,
}

/// How the login came about, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Age {
    Fresh,
    Old,
    Unknown,
    New,
}

#[derive(Clone, Copy, Debug)]
struct User {
    login: Option<(&'static str, Age, bool)>,
    account: Option<&'static str>,
    /// What was allowed before: by whom, and whether all of it.
    consent: Option<(&'static str, bool)>,
    /// What was decided on a page: `denied`, `failed`, `wider`, or by whom it was allowed.
    decision: Option<&'static str>,
}

const AGES: [Option<u64>; 3] = [None, Some(60), Some(0)];
const LOGINS: [Age; 4] = [Age::Fresh, Age::Old, Age::Unknown, Age::New];
const NAMES: [Option<&str>; 3] = [None, Some("john"), Some("jane")];
const CONSENTS: [Option<(&str, bool)>; 4] =
    [None, Some(("john", true)), Some(("john", false)), Some(("jane", true))];
const DECISIONS: [Option<&str>; 6] =
    [None, Some("john"), Some("jane"), Some("wider"), Some("denied"), Some("failed")];

/// The first row that applies: the page, or the reason where no page may be shown.
fn expected(request: Request, user: User) -> &'static str {
    let has = |prompt: &str| {
        PROMPTS.iter().enumerate().any(|(bit, name)| *name == prompt && request.prompts >> bit & 1 == 1)
    };
    let silent = request.no_interaction || has("NONE");
    let (subject, age, has_acr) = user.login.unwrap_or(("", Age::Unknown, true));
    let (is_new, is_in) = (age == Age::New, user.login.is_some());
    let paged = is_new || user.account.is_some() || user.decision.is_some();
    let is_other = |name: Option<&str>| name.is_some_and(|name| name != subject);
    let is_wrong = request.subject.is_some() && is_other(request.subject);
    let lacks_acr = request.essential_acr && !has_acr;
    let is_allowed = user.decision == Some(subject);
    let is_known = user.consent == Some((subject, true)) && !has("CONSENT");
    let aged = |age_is: Age| request.max_age.is_some() && is_in && age == age_is;
    let rows = [
        (user.decision == Some("denied"), "DENIED", ""),
        (user.decision == Some("failed"), "NOT_AUTHENTICATED", ""),
        (silent && paged, "SERVER_ERROR", ""),
        (
            user.account.is_some() && request.subject.is_some() && user.account != request.subject,
            "DIFFERENT_SUBJECT",
            "",
        ),
        (!is_in && user.decision.is_some(), "SERVER_ERROR", ""),
        (is_new && is_other(user.account), "SERVER_ERROR", ""),
        (has("SELECT_ACCOUNT") && user.account.is_none(), "select", "ACCOUNT_SELECTION_REQUIRED"),
        (!is_in, "login", "NOT_LOGGED_IN"),
        (is_new && is_wrong, "DIFFERENT_SUBJECT", ""),
        (is_new && lacks_acr, "ACR_NOT_SATISFIED", ""),
        (!is_new && has("LOGIN"), "login", "NOT_AUTHENTICATED"),
        (!is_new && request.max_age == Some(0), "login", "EXCEEDS_MAX_AGE"),
        (aged(Age::Old), "login", "EXCEEDS_MAX_AGE"),
        (aged(Age::Unknown), "login", "MAX_AGE_NOT_SUPPORTED"),
        (is_wrong, "login", "DIFFERENT_SUBJECT"),
        (lacks_acr, "login", "ACR_NOT_SATISFIED"),
        (is_other(user.account), "login", ""),
        (user.decision.is_some() && !is_allowed, "SERVER_ERROR", ""),
        (!is_allowed && !is_known, "consent", "CONSENT_REQUIRED"),
        (true, "issue", "issue"),
    ];
    let (_, page, reason) = rows.into_iter().find(|(applies, ..)| *applies).unwrap();
    if silent && !reason.is_empty() { reason } else { page }
}

/// What must be true of every issue, whatever the way there.
fn may_issue(request: Request, user: User) -> bool {
    let has = |bit: usize| request.prompts >> bit & 1 == 1;
    let Some((subject, age, has_acr)) = user.login else { return false };
    let allowed = user.decision == Some(subject);
    let is_fresh = age == Age::New || (age == Age::Fresh && request.max_age != Some(0));
    request.subject.is_none_or(|demanded| demanded == subject)
        && (request.max_age.is_none() || is_fresh)
        && (!request.essential_acr || has_acr)
        && (!has(1) || age == Age::New)
        && (!has(3) || user.account.is_some())
        && user.account.is_none_or(|account| account == subject)
        && (allowed || (user.decision.is_none() && !has(2) && user.consent == Some((subject, true))))
        && !((request.no_interaction || has(0)) && (request.prompts > 1 || allowed || age == Age::New))
}

fn pending_of(request: Request) -> authlete::endpoint::authorization::Pending {
    let prompts: Vec<&str> =
        (0..4).filter(|bit| request.prompts >> bit & 1 == 1).map(|bit| PROMPTS[bit]).collect();
    pending(json!({
        "action": if request.no_interaction { "NO_INTERACTION" } else { "INTERACTION" },
        "prompts": prompts, "maxAge": request.max_age.unwrap_or(0), "subject": request.subject,
        "requestObjectPayload": request.max_age.map(|age| json!({"max_age": age}).to_string()),
        "acrs": ["gold"], "acrEssential": request.essential_acr,
    }))
}

/// What a user can have allowed of these requests, made once: john, jane, less than all by john, more than all by john.
struct Consents {
    john: Consent,
    jane: Consent,
    less: Consent,
    more: Consent,
}

impl Consents {
    fn new() -> Self {
        let pending = pending(json!({}));
        let john = pending.consent("john");
        let (mut less, mut more) = (john.clone(), john.clone());
        less.scopes.pop();
        more.scopes.push("admin".into());
        Self { john, jane: pending.consent("jane"), less, more }
    }
}

fn step(pending: &authlete::endpoint::authorization::Pending, user: User, made: &Consents) -> String {
    let consent = user.consent.map(|given| match given {
        ("jane", _) => &made.jane,
        (_, true) => &made.john,
        (_, false) => &made.less,
    });
    let consents = consent.map(std::slice::from_ref).unwrap_or_default();
    let mut session = UserSession::new().consents(consents);
    if let Some((subject, age, has_acr)) = user.login {
        let login = Login::new(subject).acr(if has_acr { "gold" } else { "lead" });
        session = match age {
            Age::Fresh => session.login(login.auth_time(NOW as i64 - 60)),
            Age::Old => session.login(login.auth_time(NOW as i64 - 61)),
            Age::Unknown => session.login(login),
            Age::New => session.new_login(login.auth_time(BEGAN as i64)),
        };
    }
    if let Some(account) = user.account {
        session = session.account(account);
    }
    session = match user.decision {
        None => session,
        Some("denied") => session.denied(),
        Some("failed") => session.login_failed(),
        Some("wider") => session.allowed(&made.more),
        Some("jane") => session.allowed(&made.jane),
        Some(_) => session.allowed(&made.john),
    };
    word(&pending.next(&session, at(NOW)))
}

#[test]
fn every_combination_has_its_step() {
    let made = Consents::new();
    let mut logins = vec![None];
    for subject in ["john", "jane"] {
        for age in LOGINS {
            logins.extend([true, false].map(|acr| Some((subject, age, acr))));
        }
    }
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    for bits in 0..16 * 2 * 2 * 2 * 3 {
        let request = Request {
            prompts: bits & 15,
            no_interaction: bits >> 4 & 1 == 1,
            essential_acr: bits >> 5 & 1 == 1,
            subject: NAMES[bits >> 6 & 1],
            max_age: AGES[bits >> 7],
        };
        let pending = pending_of(request);
        for login in logins.iter().copied() {
            for account in NAMES {
                for consent in CONSENTS {
                    for decision in DECISIONS {
                        let user = User { login, account, consent, decision };
                        let step = step(&pending, user, &made);
                        assert_eq!(step, expected(request, user), "{request:?} {user:?}");
                        assert!(step != "issue" || may_issue(request, user), "{request:?} {user:?}");
                        *seen.entry(step).or_default() += 1;
                    }
                }
            }
        }
    }
    // All four pages and ends, and all reasons that there are for them.
    assert_eq!(seen.len(), 4 + 10, "{seen:?}");
}

proptest! {
    #[test]
    fn nothing_is_issued_unless_every_demand_is_met(
        (prompts, no_interaction, essential_acr) in (0..16_usize, any::<bool>(), any::<bool>()),
        (subject, max_age) in (select(&NAMES[..]), select(&AGES[..])),
        login in proptest::option::of((select(&["john", "jane"][..]), select(&LOGINS[..]), any::<bool>())),
        (account, consent, decision) in (select(&NAMES[..]), select(&CONSENTS[..]), select(&DECISIONS[..])),
    ) {
        let request = Request { no_interaction, prompts, max_age, essential_acr, subject };
        let user = User { login, account, consent, decision };
        let text = serde_json::to_string(&pending_of(request)).unwrap();
        let step = step(&serde_json::from_str(&text).unwrap(), user, &Consents::new());
        prop_assert!(step != "issue" || may_issue(request, user));
    }
}
