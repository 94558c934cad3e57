//! What presents an access token, a certificate or a resource server's credentials.

use authlete::endpoint::{
    CertificateHeader, EndpointOptions, Refusal, ResourceServer, credential, grant_management, introspection,
    resource, token, userinfo,
};
use bytes::Bytes;
use http::{HeaderName, Request};
use serde_json::{Value, json};

use super::harness::{builder, options};
use super::incoming::{FORM, request};

const BEARER: (&str, &str) = ("authorization", "bearer at-1");
const BOUND: [(&str, &str); 2] = [("authorization", "DPoP at-1"), ("dpop", "a.b.c")];

fn value(model: impl serde::Serialize) -> Value {
    serde_json::to_value(model).unwrap()
}

#[test]
fn a_resource_asks_with_the_token_and_its_proof() {
    let options = options().with_scopes(["read"]);
    let ask =
        |headers: &[(&str, &str)]| resource::request(&request("PUT", "/me?a=b", headers, "x"), &options);
    assert_eq!(value(ask(&[BEARER]).unwrap()), json!({"token": "at-1", "scopes": ["read"]}));
    assert_eq!(
        value(ask(&BOUND).unwrap()),
        json!({
            "token": "at-1", "scopes": ["read"], "dpop": "a.b.c", "htm": "PUT", "htu": "https://as.example.com/me",
        })
    );
    assert_eq!(ask(&[]).unwrap_err(), Refusal::NoToken);
    assert_eq!(ask(&BOUND[..1]).unwrap_err(), Refusal::NoProof);
    assert_eq!(ask(&[BOUND[0], BOUND[1], BOUND[1]]).unwrap_err(), Refusal::NoProof);
}

/// RFC 6750 section 2.2: in the form of a POST, and never in two places.
#[test]
fn userinfo_takes_a_token_in_a_header_or_in_a_form() {
    let ask = |method: &str, headers: &[(&str, &str)], body: &'static str| {
        userinfo::request(&request(method, "/userinfo?access_token=of-query", headers, body), &options())
    };
    assert_eq!(value(ask("GET", &[BEARER], "").unwrap()), json!({"token": "at-1"}));
    assert_eq!(value(ask("GET", &BOUND, "").unwrap())["htu"], "https://as.example.com/userinfo");
    assert_eq!(value(ask("POST", &[BEARER], "").unwrap()), json!({"token": "at-1"}));
    assert_eq!(value(ask("POST", &[BEARER, FORM], "a=b").unwrap()), json!({"token": "at-1"}));
    assert_eq!(value(ask("POST", &[FORM], "a=b&access_token=at%2D1").unwrap()), json!({"token": "at-1"}));
    assert_eq!(ask("POST", &[FORM, BEARER], "access_token=at-1").unwrap_err(), Refusal::MalformedToken);
    assert_eq!(ask("POST", &[FORM], "access_token=a&access_token=a").unwrap_err(), Refusal::MalformedToken);
    assert_eq!(ask("POST", &[FORM], "access_token=").unwrap_err(), Refusal::MalformedToken);
    assert_eq!(ask("POST", &[FORM], "access_token=a+b").unwrap_err(), Refusal::MalformedToken);
    assert_eq!(ask("POST", &[FORM], "a=b").unwrap_err(), Refusal::NoToken);
    assert_eq!(ask("GET", &[FORM], "access_token=at-1").unwrap_err(), Refusal::NoToken);
    assert_eq!(ask("POST", &[], "access_token=at-1").unwrap_err(), Refusal::NoToken);
    assert_eq!(ask("PUT", &[BEARER], "").unwrap_err(), Refusal::MethodNotAllowed("GET, POST"));
    let form = request("POST", "/", &[FORM], "access_token=at-1");
    assert_eq!(userinfo::form_token(&form, &options()).unwrap().unwrap().expose(), "at-1");
    let long = request("POST", "/", &[FORM], vec![b'a'; 1 << 17]);
    assert_eq!(userinfo::form_token(&long, &options()).unwrap_err(), Refusal::TooLong);
}

#[test]
fn grants_and_credentials_are_asked_for_with_a_token() {
    let ask =
        |method: &str, uri: &str| grant_management::request(&request(method, uri, &BOUND, ""), &options());
    assert_eq!(
        value(ask("GET", "/gm/g-1?a=b").unwrap()),
        json!({
            "accessToken": "at-1", "gmAction": "QUERY", "grantId": "g-1",
            "dpop": "a.b.c", "htm": "GET", "htu": "https://as.example.com/gm/g-1",
        })
    );
    assert_eq!(value(ask("DELETE", "/gm/g-1").unwrap())["gmAction"], "REVOKE");
    assert_eq!(ask("DELETE", "/gm/").unwrap_err(), Refusal::MalformedParameters);
    assert_eq!(ask("POST", "/gm/g-1").unwrap_err(), Refusal::MethodNotAllowed("DELETE, GET"));

    let ask = |media_type: &str| {
        let headers = [BEARER, ("content-type", media_type)];
        credential::request(&request("POST", "/credential", &headers, "{}"), &options())
    };
    for media_type in ["application/json", "application/jwt"] {
        assert_eq!(value(ask(media_type).unwrap()), json!({"accessToken": "at-1", "requestContent": "{}"}));
    }
    assert_eq!(ask(FORM.1).unwrap_err(), Refusal::WrongContentType);
}

#[test]
fn only_a_known_resource_server_introspects() {
    let servers = builder()
        .resource_server(ResourceServer::new("rs-1", "s-1").uri("https://rs.example.com"))
        .resource_server(ResourceServer::new("rs-2", "s-2"))
        .build()
        .unwrap();
    // rs-1:s-1, rs-2:s-2, rs-1:s-2, rs-1:s-, rs-1:s-11, rs-3:s-1
    const ONE: &str = "Basic cnMtMTpzLTE=";
    const TWO: &str = "Basic cnMtMjpzLTI=";
    let ask = |authorization: &[&str], options: &EndpointOptions| {
        let mut headers = vec![FORM, ("accept", "application/json"), ("accept", "application/x")];
        headers.extend(authorization.iter().map(|is| ("authorization", *is)));
        introspection::request(&request("POST", "/introspect", &headers, "token=a"), options)
    };
    assert_eq!(
        value(ask(&[ONE], &servers).unwrap()),
        json!({
            "parameters": "token=a", "rsUri": "https://rs.example.com", "httpAcceptHeader": "application/json, application/x",
        })
    );
    assert_eq!(value(ask(&[TWO], &servers).unwrap()).get("rsUri"), None);
    for wrong in ["cnMtMTpzLTI=", "cnMtMTpzLQ==", "cnMtMTpzLTEx", "cnMtMzpzLTE=", "cnMtMTo="] {
        let wrong = format!("Basic {wrong}");
        let refused = ask(&[&wrong], &servers).unwrap_err();
        assert_eq!(refused, Refusal::WrongCredentials);
        let response = refused.respond(&servers);
        assert_eq!(
            (response.status().as_u16(), response.headers().contains_key("www-authenticate")),
            (401, true)
        );
    }
    assert_eq!(ask(&[], &servers).unwrap_err(), Refusal::NoCredentials);
    assert_eq!(ask(&["Bearer x"], &servers).unwrap_err(), Refusal::NoCredentials);
    assert_eq!(ask(&[ONE, ONE], &servers).unwrap_err(), Refusal::MalformedCredentials);
    // Nobody is named, so nobody may; unless something before has checked.
    assert_eq!(ask(&[ONE], &options()).unwrap_err(), Refusal::WrongCredentials);
    assert!(ask(&[], &builder().callers_are_authenticated().build().unwrap()).is_ok());
    assert!(!format!("{:?}", ResourceServer::new("rs", "the-secret")).contains("the-secret"));
}

const PEM: &str = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n";

#[test]
fn a_certificate_is_read_from_the_named_header_alone() {
    let ask = |header: Option<CertificateHeader>, headers: &[(&str, &str)]| {
        let builder = match header {
            Some(header) => builder().certificate_header(header),
            None => builder(),
        };
        let request: Request<Bytes> = request("POST", "/token", &[&[FORM], headers].concat(), "");
        let model = token::request(&request, &builder.build().unwrap())?;
        Ok((model.client_certificate, model.client_certificate_path))
    };
    let rfc9440 = || Some(CertificateHeader::ClientCert);
    let pem = || Some(CertificateHeader::Pem(HeaderName::from_static("x-cert")));
    let escaped = || Some(CertificateHeader::UrlEncodedPem(HeaderName::from_static("x-cert")));
    let leaf = || Ok((Some(PEM.to_owned()), None));

    let all = [("client-cert", ":MAMCAQE=:"), ("x-cert", "-----BEGIN CERTIFICATE-----")];
    assert_eq!(ask(None, &all), Ok((None, None)));
    for header in [rfc9440(), pem(), escaped()] {
        assert_eq!(ask(header.clone(), &[]), Ok((None, None)));
        assert_eq!(ask(header, &[("x-cert", ""), ("client-cert", "")]), Ok((None, None)));
    }
    assert_eq!(ask(rfc9440(), &[("Client-Cert", " :MAMCAQE=: ")]), leaf());
    assert_eq!(
        ask(
            rfc9440(),
            &[
                ("client-cert", ":MAMCAQE=:"),
                ("client-cert-chain", ":MAMCAQI=:, :MAMCAQM=:"),
                ("client-cert-chain", ":MAMCAQQ=:"),
            ]
        ),
        Ok((
            Some(PEM.to_owned()),
            Some(["MAMCAQI=", "MAMCAQM=", "MAMCAQQ="].map(|der| PEM.replace("MAMCAQE=", der)).into())
        ))
    );
    for one_line in [
        "-----BEGIN CERTIFICATE----- MAMCAQE= -----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\tMAMC\tAQE=\t-----END CERTIFICATE-----\t",
    ] {
        assert_eq!(ask(pem(), &[("x-cert", one_line)]), leaf());
    }
    let chain = "-----BEGIN CERTIFICATE----- MAMCAQE= -----END CERTIFICATE----- -----BEGIN CERTIFICATE----- MAMCAQI= -----END CERTIFICATE-----";
    assert_eq!(ask(pem(), &[("x-cert", chain)]).unwrap().1.unwrap(), [PEM.replace("MAMCAQE=", "MAMCAQI=")]);
    // A plus sign is a digit of base64, not a space.
    let plus = "-----BEGIN%20CERTIFICATE-----%0AMA+CAQE%3D%0A-----END%20CERTIFICATE-----%0A";
    assert_eq!(ask(escaped(), &[("x-cert", plus)]).unwrap().0.unwrap(), PEM.replace("MAMC", "MA+C"));

    for (header, bad) in [
        (rfc9440(), "MAMCAQE="),
        (rfc9440(), ":MAMCAQE="),
        (rfc9440(), ":MAM!:"),
        (rfc9440(), "::"),
        (rfc9440(), ":AAAA:"),
        (rfc9440(), ":MAMCAQE=:, :MAMCAQE=:"),
        (rfc9440(), "\u{e9}"),
        (pem(), ":MAMCAQE=:"),
        (pem(), "-----BEGIN CERTIFICATE----- MAMCAQE="),
        (pem(), "-----BEGIN CERTIFICATE----- -----END CERTIFICATE-----"),
        (pem(), "-----BEGIN PRIVATE KEY----- MAMCAQE= -----END PRIVATE KEY-----"),
        (escaped(), "%ff"),
    ] {
        let name = if header == rfc9440() { "client-cert" } else { "x-cert" };
        assert_eq!(ask(header, &[(name, bad)]), Err(Refusal::MalformedCertificate), "{bad}");
    }
    let twice = [("client-cert", ":MAMCAQE=:"), ("client-cert", ":MAMCAQE=:")];
    assert_eq!(ask(rfc9440(), &twice), Err(Refusal::MalformedCertificate));
    let bad_chain = [("client-cert", ":MAMCAQE=:"), ("client-cert-chain", "x")];
    assert_eq!(ask(rfc9440(), &bad_chain), Err(Refusal::MalformedCertificate));
}
