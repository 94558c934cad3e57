//! A whole login, offline: the authorization code flow with PKCE, between a client, a user and an authorization server of a
//! few lines, with the simulator in Authlete's place.

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use authlete::AuthleteCore;
use authlete::endpoint::authorization::{Login, NextStep, Pending, UserSession};
use authlete::endpoint::{EndpointOptions, authorization, token, userinfo};
use authlete::models::{TokenFailRequest, UserinfoIssueRequest};
use authlete_simulator::{Client, Simulator};
use bytes::Bytes;
use http::{Request, Response, header};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The verifier and its S256 challenge of RFC 7636, appendix B. A real client makes a new pair for each login.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The authorization server: the three endpoints that a login takes.
struct Server {
    core: AuthleteCore,
    options: EndpointOptions,
}

impl Server {
    /// The authorization endpoint. The user has no session: the request shows its pages, on which `jane` logs in and agrees.
    async fn authorize(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let now = SystemTime::now();
        let pending = match authorization::handle(&self.core, request, &self.options).await {
            authorization::Next::Respond(response) => return response,
            authorization::Next::Interaction(state) => state.into_pending(now),
            authorization::Next::NoInteraction(state) => state.into_pending(now),
        };
        let consent = pending.consent("jane");
        let mut session = UserSession::new();
        // Each step is that of the browser: a page, or the end.
        loop {
            session = match pending.next(&session, now) {
                NextStep::Login => {
                    println!("   the user logs in");
                    session.new_login(Login::new("jane").auth_time(seconds(now)))
                }
                NextStep::SelectAccount => session.account("jane"),
                NextStep::Consent => {
                    println!("   the user sees scopes {:?} and agrees", scopes(&pending));
                    session.allowed(&consent)
                }
                NextStep::Issue(issue) => {
                    return authorization::handle_issue(&self.core, issue, &self.options).await;
                }
                NextStep::Fail(fail) => {
                    return authorization::handle_fail(&self.core, fail, &self.options).await;
                }
            };
        }
    }

    /// The token endpoint.
    async fn token(&self, request: &Request<Bytes>) -> Response<Bytes> {
        match token::handle(&self.core, request, &self.options).await {
            token::Next::Respond(response) => response,
            // The service allows none of these, so that Authlete has refused them already.
            token::Next::Password(state) => {
                let options = self.options.with(&state.nonces);
                let fail = TokenFailRequest::new(state.ticket, "INVALID_RESOURCE_OWNER_CREDENTIALS");
                token::handle_fail(&self.core, fail, &options).await
            }
            token::Next::TokenExchange(state) => state.refuse(&self.options),
            token::Next::JwtBearer(state) => state.refuse(&self.options),
            token::Next::NativeSso(state) => state.refuse(&self.options),
        }
    }

    /// The UserInfo endpoint.
    async fn userinfo(&self, request: &Request<Bytes>) -> Response<Bytes> {
        match userinfo::handle(&self.core, request, &self.options).await {
            userinfo::Next::Respond(response) => response,
            userinfo::Next::Claims(asked) => {
                let claims = json!({"email": "jane@example.com"}).to_string();
                let issue = UserinfoIssueRequest::new(asked.token).claims(claims);
                userinfo::handle_issue(&self.core, issue, &self.options.with(&asked.nonces)).await
            }
        }
    }
}

fn scopes(pending: &Pending) -> Vec<&str> {
    pending.scopes().iter().filter_map(|scope| scope.name.as_deref()).collect()
}

/// Seconds since 1970.
fn seconds(time: SystemTime) -> i64 {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// A request of the client to the token endpoint.
fn exchange(parameters: &str) -> Outcome<Request<Bytes>> {
    let request = Request::post("/token").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    Ok(request.body(Bytes::from(format!("client_id=1&{parameters}")))?)
}

/// Shows a response by its status and its members, without any value that grants access.
fn show(step: &str, response: &Response<Bytes>) -> Value {
    let content: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let names: Vec<_> = content.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    println!("{step}: {} with {}", response.status(), names.join(", "));
    content
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let client = Client::public(1)
        .redirect_uri("https://app.example/cb")
        .member("pkceRequired", true)
        .member("idTokenSignAlg", "ES256");
    let simulator = Simulator::builder().client(client).start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;
    let server = Server { core, options: EndpointOptions::builder("https://as.example").build()? };

    let request = format!(
        "/authorize?response_type=code&client_id=1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&scope=openid+email&state=s\
         &code_challenge={CHALLENGE}&code_challenge_method=S256"
    );
    println!("1. the client sends the browser to the authorization endpoint");
    let response = server.authorize(&Request::get(request).body(Bytes::new())?).await;
    let location = response.headers().get(header::LOCATION).ok_or("no redirect")?.to_str()?;
    let (callback, query) = location.split_once('?').ok_or("no query")?;
    println!("2. the browser returns: {} to {callback}", response.status());
    let code = query.split('&').find_map(|pair| pair.strip_prefix("code=")).ok_or("no code")?;

    let parameters =
        format!("grant_type=authorization_code&code={code}&redirect_uri=https%3A%2F%2Fapp.example%2Fcb");
    let stolen = server.token(&exchange(&format!("{parameters}&code_verifier=guess"))?).await;
    show("3. somebody who stole the code", &stolen);
    let response = server.token(&exchange(&format!("{parameters}&code_verifier={VERIFIER}"))?).await;
    let tokens = show("4. the client, which has the verifier", &response);

    let text = |name: &str| tokens.get(name).and_then(Value::as_str).ok_or("a member is missing");
    let request = Request::get("/userinfo")
        .header(header::AUTHORIZATION, format!("Bearer {}", text("access_token")?))
        .body(Bytes::new())?;
    let user = show("5. UserInfo", &server.userinfo(&request).await);
    println!("   it is {} <{}>", user["sub"], user["email"]);

    let parameters = format!("grant_type=refresh_token&refresh_token={}", text("refresh_token")?);
    show("6. the client refreshes", &server.token(&exchange(&parameters)?).await);
    show("7. the old refresh token", &server.token(&exchange(&parameters)?).await);
    println!("Authlete's part was asked {} times", simulator.ledger().requests().len());
    Ok(())
}
