//! A whole flow against the simulator, with the state in a session between the pages.

use std::time::SystemTime;

use authlete::AuthleteCore;
use authlete::endpoint::authorization::{self, Consent, Login, Next, NextStep, Pending, UserSession};
use authlete_simulator::{Client, Simulator};
use bytes::Bytes;
use http::header::LOCATION;
use http::{Request, Response};

use super::options;
use crate::support::{BEARER, core};

/// What the server of this test keeps between requests.
struct Server {
    core: AuthleteCore,
    consents: Vec<Consent>,
}

impl Server {
    async fn begin(&self, more: &str) -> String {
        let uri = format!("/authorize?client_id=1&response_type=code&scope=openid+email&state=s&{more}");
        let request = Request::get(uri).body(Bytes::new()).unwrap();
        let pending = match authorization::handle(&self.core, &request, &options()).await {
            Next::Interaction(state) => state.into_pending(SystemTime::now()),
            Next::NoInteraction(state) => state.into_pending(SystemTime::now()),
            Next::Respond(response) => panic!("{response:?}"),
        };
        serde_json::to_string(&pending).unwrap()
    }

    /// A page, or where the client is sent.
    async fn go_on(&self, kept: &str, session: UserSession<'_>) -> Result<NextStep, String> {
        let pending: Pending = serde_json::from_str(kept).unwrap();
        let response = match pending.next(&session.consents(&self.consents), SystemTime::now()) {
            NextStep::Issue(request) => authorization::handle_issue(&self.core, request, &options()).await,
            NextStep::Fail(request) => authorization::handle_fail(&self.core, request, &options()).await,
            page => return Ok(page),
        };
        Err(location(&response))
    }
}

fn location(response: &Response<Bytes>) -> String {
    response.headers()[LOCATION].to_str().unwrap().to_owned()
}

fn seconds() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64
}

#[tokio::test]
async fn a_user_logs_in_consents_and_is_remembered() {
    let client = Client::confidential(1, "secret").redirect_uri("https://app.example/cb");
    let simulator = Simulator::builder().bearer(BEARER).client(client).start().await.unwrap();
    let mut server = Server { core: core(simulator.url()).build().unwrap(), consents: Vec::new() };

    let kept = server.begin("prompt=login").await;
    assert_eq!(server.go_on(&kept, UserSession::new()).await, Ok(NextStep::Login));
    let login = Login::new("jane").auth_time(seconds());
    assert_eq!(server.go_on(&kept, UserSession::new().login(login)).await, Ok(NextStep::Login));
    let session = UserSession::new().new_login(login);
    assert_eq!(server.go_on(&kept, session).await, Ok(NextStep::Consent));
    let consent = serde_json::from_str::<Pending>(&kept).unwrap().consent("jane");
    let end = server.go_on(&kept, session.allowed(&consent)).await.unwrap_err();
    assert!(end.starts_with("https://app.example/cb?") && end.contains("code="), "{end}");
    server.consents.push(consent);

    let kept = server.begin("prompt=none").await;
    let end = server.go_on(&kept, UserSession::new().login(login)).await.unwrap_err();
    assert!(end.contains("code="), "{end}");
    for (session, error) in [
        (UserSession::new(), "error=login_required"),
        (UserSession::new().login(Login::new("john")), "error=consent_required"),
    ] {
        let kept = server.begin("prompt=none").await;
        let end = server.go_on(&kept, session).await.unwrap_err();
        assert!(end.contains(error), "{end}");
    }
    let kept = server.begin("prompt=consent").await;
    assert_eq!(server.go_on(&kept, UserSession::new().login(login)).await, Ok(NextStep::Consent));
    let end = server.go_on(&kept, UserSession::new().login(login).denied()).await.unwrap_err();
    assert!(end.contains("error=access_denied") && end.contains("state=s"), "{end}");
}
