//! Random walks over the state of two services: what is good once is good once, what has ended is dead, and nothing of
//! one service counts in the other.

use std::collections::HashSet;
use std::time::Duration;

use authlete_simulator::{Client, Simulator};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{send, text};
use crate::flows::CALLBACK;

const SERVICES: [&str; 2] = ["1", "2"];
/// The lifetimes of access tokens and refresh tokens, in seconds.
const ACCESS: i64 = 100;
const REFRESH: i64 = 1_000;

/// Something that a walk may do: what, with which of the handles that it has, and in which service.
#[derive(Debug, Clone, Copy)]
struct Step {
    what: What,
    which: usize,
    service: usize,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Authorize,
    Push,
    AuthorizePushed,
    Issue,
    Fail,
    Exchange,
    Refresh,
    Revoke,
    Device,
    Complete,
    Poll,
    ClientCredentials,
    Introspect,
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    use What::*;
    let all = [
        Authorize,
        Push,
        AuthorizePushed,
        Issue,
        Issue,
        Fail,
        Exchange,
        Exchange,
        Refresh,
        Refresh,
        Revoke,
        Device,
        Complete,
        Poll,
        Poll,
        ClientCredentials,
        Introspect,
        Wait,
    ];
    (prop::sample::select(all.to_vec()), any::<usize>(), 0..2_usize).prop_map(|(what, which, service)| Step {
        what,
        which,
        service,
    })
}

/// A handle, and the service and the client that it is of.
#[derive(Debug, Clone)]
struct Handle {
    name: String,
    service: usize,
    client: i64,
    spent: bool,
    ends: i64,
}

#[derive(Debug, Clone)]
struct Pair {
    access: Handle,
    refresh: Option<Handle>,
}

/// What a walk knows.
struct Walk {
    simulator: Simulator,
    seen: HashSet<String>,
    tickets: Vec<Handle>,
    pushed: Vec<Handle>,
    codes: Vec<Handle>,
    devices: Vec<(Handle, String, bool)>,
    pairs: Vec<Pair>,
}

/// One of the handles, if there are any.
fn pick(len: usize, which: usize) -> Option<usize> {
    which.checked_rem(len)
}

impl Walk {
    async fn begin() -> Self {
        let settings = json!({"accessTokenDuration": ACCESS, "refreshTokenDuration": REFRESH});
        let simulator = Simulator::builder()
            .manual_clock()
            .service_id(SERVICES[0])
            .another_service(SERVICES[1])
            .service(settings.as_object().unwrap().clone())
            .client(Client::confidential(1, "secret").redirect_uri(CALLBACK))
            .client(Client::confidential(2, "secret").redirect_uri(CALLBACK))
            .start()
            .await
            .unwrap();
        let (seen, tickets, pushed) = (HashSet::new(), Vec::new(), Vec::new());
        Self { simulator, seen, tickets, pushed, codes: Vec::new(), devices: Vec::new(), pairs: Vec::new() }
    }

    async fn ask(&self, service: usize, operation: &str, question: &Value) -> Value {
        let target = format!("/api/{}/{operation}", SERVICES[service]);
        let reply =
            send(&self.simulator, &text(&self.simulator, "POST", &target, &question.to_string())).await;
        assert_eq!(reply.status, 200, "{operation}");
        reply.json()
    }

    fn now(&self) -> i64 {
        self.simulator.now_ms()
    }

    /// A new handle, which was never seen before.
    fn handle(&mut self, name: &Value, service: usize, client: i64, lasts: i64) -> Handle {
        let name = name.as_str().unwrap().to_owned();
        assert!(self.seen.insert(name.clone()), "{name} was given before");
        Handle { name, service, client, spent: false, ends: self.now() + lasts * 1_000 }
    }

    /// Whether a handle must be good in a service, for a client.
    fn is_good(&self, handle: &Handle, service: usize, client: i64) -> bool {
        !handle.spent && handle.service == service && handle.client == client && self.now() < handle.ends
    }

    /// Notes the tokens of an answer.
    fn issued(&mut self, answer: &Value, service: usize, client: i64) {
        let access = self.handle(&answer["accessToken"], service, client, ACCESS);
        let refresh = answer.get("refreshToken").map(|token| self.handle(token, service, client, REFRESH));
        self.pairs.push(Pair { access, refresh });
    }

    fn of_client(client: i64, parameters: &str) -> Value {
        json!({"parameters": parameters, "clientId": client.to_string(), "clientSecret": "secret"})
    }

    async fn take(&mut self, Step { what, which, service }: Step) {
        let client = if which & 64 == 0 { 1 } else { 2 };
        match what {
            What::Authorize => {
                let parameters = format!("client_id={client}&response_type=code");
                let answer =
                    self.ask(service, "auth/authorization", &json!({"parameters": parameters})).await;
                let ticket = self.handle(&answer["ticket"], service, client, 86_400);
                self.tickets.push(ticket);
            }
            What::Push => {
                let question = Self::of_client(client, "response_type=code");
                let answer = self.ask(service, "pushed_auth_req", &question).await;
                let pushed = self.handle(&answer["requestUri"], service, client, 600);
                self.pushed.push(pushed);
            }
            What::AuthorizePushed => {
                let Some(index) = pick(self.pushed.len(), which) else { return };
                let pushed = self.pushed[index].clone();
                let parameters = format!("client_id={client}&request_uri={}", pushed.name);
                let answer =
                    self.ask(service, "auth/authorization", &json!({"parameters": parameters})).await;
                let is_good = self.is_good(&pushed, service, client);
                assert_eq!(answer["action"] == "INTERACTION", is_good, "{pushed:?}: {answer}");
                if is_good {
                    self.pushed[index].spent = true;
                    let ticket = self.handle(&answer["ticket"], service, client, 86_400);
                    self.tickets.push(ticket);
                }
            }
            What::Issue | What::Fail => self.decide(what, which, service).await,
            What::Exchange => {
                let Some(index) = pick(self.codes.len(), which) else { return };
                let code = self.codes[index].clone();
                let parameters = format!("grant_type=authorization_code&code={}", code.name);
                let answer = self.ask(service, "auth/token", &Self::of_client(client, &parameters)).await;
                let is_good = self.is_good(&code, service, client);
                assert_eq!(answer["action"] == "OK", is_good, "{code:?}: {answer}");
                if is_good {
                    self.codes[index].spent = true;
                    self.issued(&answer, service, client);
                }
            }
            What::Refresh => {
                let Some(index) = pick(self.pairs.len(), which) else { return };
                let Some(refresh) = self.pairs[index].refresh.clone() else { return };
                let parameters = format!("grant_type=refresh_token&refresh_token={}", refresh.name);
                let answer = self.ask(service, "auth/token", &Self::of_client(client, &parameters)).await;
                let is_good = self.is_good(&refresh, service, client);
                assert_eq!(answer["action"] == "OK", is_good, "{refresh:?}: {answer}");
                if is_good {
                    self.end(index);
                    self.issued(&answer, service, client);
                }
            }
            What::Revoke => {
                let Some(index) = pick(self.pairs.len(), which) else { return };
                let access = self.pairs[index].access.clone();
                let question = Self::of_client(client, &format!("token={}", access.name));
                let answer = self.ask(service, "auth/revocation", &question).await;
                let is_theirs = !access.spent && access.service == service;
                // An expired token that was introspected is gone already.
                let is_refused = is_theirs && access.client != client;
                assert!(answer["action"] == "OK" || is_refused, "{access:?}: {answer}");
                if is_theirs && access.client == client {
                    self.end(index);
                }
            }
            What::Device | What::Complete | What::Poll => self.device(what, which, service, client).await,
            What::ClientCredentials => {
                let question = Self::of_client(client, "grant_type=client_credentials");
                let answer = self.ask(service, "auth/token", &question).await;
                assert!(answer.get("refreshToken").is_none());
                self.issued(&answer, service, client);
            }
            What::Introspect => {
                let Some(index) = pick(self.pairs.len(), which) else { return };
                self.introspect(index, service).await;
            }
            What::Wait => self.simulator.advance(Duration::from_secs(which as u64 % 400)),
        }
    }

    /// Both tokens of a pair are dead.
    fn end(&mut self, index: usize) {
        self.pairs[index].access.spent = true;
        if let Some(refresh) = &mut self.pairs[index].refresh {
            refresh.spent = true;
        }
    }

    async fn decide(&mut self, what: What, which: usize, service: usize) {
        let Some(index) = pick(self.tickets.len(), which) else { return };
        let ticket = self.tickets[index].clone();
        let question = json!({"ticket": ticket.name, "subject": "jane", "reason": "DENIED"});
        let operation = if matches!(what, What::Issue) { "issue" } else { "fail" };
        let answer = self.ask(service, &format!("auth/authorization/{operation}"), &question).await;
        let is_good = self.is_good(&ticket, service, ticket.client);
        assert_eq!(answer["action"] == "LOCATION", is_good, "{ticket:?}: {answer}");
        if ticket.service == service {
            self.tickets[index].spent = true;
        }
        if is_good && matches!(what, What::Issue) {
            let code = self.handle(&answer["authorizationCode"], service, ticket.client, 600);
            self.codes.push(code);
        }
    }

    async fn device(&mut self, what: What, which: usize, service: usize, client: i64) {
        if matches!(what, What::Device) {
            let answer = self.ask(service, "device/authorization", &Self::of_client(client, "")).await;
            let code = self.handle(&answer["deviceCode"], service, client, 600);
            let user_code = self.handle(&answer["userCode"], service, client, 600).name;
            self.devices.push((code, user_code, false));
            return;
        }
        let Some(index) = pick(self.devices.len(), which) else { return };
        let (code, user_code, is_decided) = self.devices[index].clone();
        if matches!(what, What::Complete) {
            let question = json!({"userCode": user_code, "result": "AUTHORIZED", "subject": "jane"});
            let answer = self.ask(service, "device/complete", &question).await;
            let is_good = !is_decided && self.is_good(&code, service, code.client);
            assert_eq!(answer["action"] == "SUCCESS", is_good, "{code:?}: {answer}");
            self.devices[index].2 |= is_good;
            return;
        }
        let grant = "grant_type=urn:ietf:params:oauth:grant-type:device_code";
        let question = Self::of_client(client, &format!("{grant}&device_code={}", code.name));
        let answer = self.ask(service, "auth/token", &question).await;
        let is_good = is_decided && self.is_good(&code, service, client);
        assert_eq!(answer["action"] == "OK", is_good, "{code:?}: {answer}");
        if is_good {
            self.devices[index].0.spent = true;
            self.issued(&answer, service, client);
        }
    }

    /// Whether a token is good is what the walk says. An expired pair is gone once that was told.
    async fn introspect(&mut self, index: usize, service: usize) {
        let access = self.pairs[index].access.clone();
        let answer = self.ask(service, "auth/introspection", &json!({"token": access.name})).await;
        let is_good = self.is_good(&access, service, access.client);
        assert_eq!(answer["action"] == "OK", is_good, "{access:?}: {answer}");
        let is_told = access.service == service && !access.spent && !is_good;
        if is_told {
            self.end(index);
        }
    }
}

#[test]
fn a_walk_finds_nothing_alive_that_has_ended() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in prop::collection::vec(step(), 1..120))| {
        runtime.block_on(async {
            let mut walk = Walk::begin().await;
            for step in steps {
                walk.take(step).await;
            }
            for index in 0..walk.pairs.len() {
                for service in [1, 0, 1] {
                    walk.introspect(index, service).await;
                }
            }
            // No token exists but those that the walk was given.
            for token in walk.simulator.ledger().tokens() {
                assert!(walk.seen.contains(token.access_token.as_ref()));
            }
        });
    });
}
