//! Services and clients through the SDK: what is set, what is shown, what it changes.

use authlete::AuthleteCore;
use authlete::funcs::*;
use authlete::models::operations::*;
use authlete::models::{
    Client as ClientModel, ClientExtensionRequestableScopesUpdateRequest, ClientFlagUpdateRequest,
    ClientSecretUpdateRequest, ClientType, GrantType, Service, ServiceConfigurationRequest,
    TokenResponseAction,
};
use authlete_simulator::Client;
use serde_json::{Value, json};

use super::{authorize, exchange, service};

async fn credentials(core: &AuthleteCore) -> Option<TokenResponseAction> {
    exchange(core, "grant_type=client_credentials").await.action
}

#[tokio::test]
async fn a_client_is_created_changed_and_deleted() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let mut new = ClientModel::new().client_name("new").client_type(ClientType::Public);
    new.unknown.insert("fromTheFuture", r#"{"a":[1]}"#.parse().unwrap());
    let created = client_create(&core, &ClientCreateApiRequest::new(new), None).await.unwrap().into_value();
    let id = created.client_id.unwrap().to_string();
    assert_eq!(created.client_secret.as_ref().unwrap().expose().len(), 86);

    // Read, changed and written: nothing is lost.
    let read = client_get(&core, &ClientGetApiRequest::new(&*id), None).await.unwrap().into_value();
    assert_eq!(read, created);
    let changed = read.grant_types([GrantType::ClientCredentials]);
    let request = ClientUpdateApiRequest::new(&*id, changed.clone());
    let updated = client_update(&core, &request, None).await.unwrap().into_value();
    assert_eq!((&updated.unknown, &updated.grant_types), (&created.unknown, &changed.grant_types));
    let form = ClientModel::new().client_name("a b").redirect_uris(["https://a.example", "x:y"]);
    let request = ClientUpdateApiFormRequest::new(&*id, form);
    let updated = client_update_form(&core, &request, None).await.unwrap().into_value();
    assert_eq!(updated.client_name.as_deref(), Some("a b"));
    assert_eq!(updated.redirect_uris.unwrap().len(), 2);
    let list = client_list(&core, &ClientGetListApiRequest::new(), None).await.unwrap().into_value();
    assert_eq!((list.total_count, list.clients.unwrap().len()), (Some(2), 2));

    client_delete(&core, &ClientDeleteApiRequest::new(&*id), None).await.unwrap();
    let gone = client_get(&core, &ClientGetApiRequest::new(&*id), None).await.unwrap_err();
    assert_eq!(gone.http().unwrap().status, 404);

    // The tokens of a client end with it.
    assert_eq!(credentials(&core).await, Some(TokenResponseAction::Ok));
    assert_eq!(simulator.ledger().token_count(), 1);
    client_delete(&core, &ClientDeleteApiRequest::new("1"), None).await.unwrap();
    assert_eq!(simulator.ledger().token_count(), 0);
    assert_eq!(credentials(&core).await, Some(TokenResponseAction::InvalidClient));
}

#[tokio::test]
async fn a_lock_and_a_secret_have_their_own_operations() {
    let (_simulator, core) = service(json!({}), Client::confidential(1, "old")).await;
    let secret = ClientSecretUpdateRequest::new("secret");
    let request = ClientSecretUpdateApiRequest::new("1", secret);
    let updated = client_management_update_secret(&core, &request, None).await.unwrap().into_value();
    assert_eq!(updated.old_client_secret.unwrap().expose(), "old");
    assert_eq!(credentials(&core).await, Some(TokenResponseAction::Ok));
    for (locked, action) in [(true, TokenResponseAction::InvalidClient), (false, TokenResponseAction::Ok)] {
        let request = ClientFlagUpdateApiRequest::new("1", ClientFlagUpdateRequest::new(locked));
        client_management_update_lock_flag(&core, &request, None).await.unwrap();
        assert_eq!(credentials(&core).await, Some(action));
    }
    let request = ClientSecretRefreshApiRequest::new("1");
    let refreshed = client_management_refresh_secret(&core, &request, None).await.unwrap().into_value();
    assert_eq!(refreshed.old_client_secret.unwrap().expose(), "secret");
    assert_eq!(credentials(&core).await, Some(TokenResponseAction::InvalidClient));
}

#[tokio::test]
async fn requestable_scopes_are_set_by_either_method_and_unset() {
    let (_simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let update = |scopes: &[&str]| {
        ClientExtensionRequestableScopesUpdateRequest::new().requestable_scopes(scopes.to_vec())
    };
    let shown = async || {
        let request = ClientExtensionRequestablesScopesGetApiRequest::new("1");
        let shown = client_management_get_requestable_scopes(&core, &request, None).await.unwrap();
        shown.into_value().requestable_scopes
    };
    assert_eq!(shown().await, None);
    let request = ClientExtensionRequestablesScopesUpdateApiRequest::new("1", update(&["a"]));
    client_management_update_requestable_scopes(&core, &request, None).await.unwrap();
    assert_eq!(shown().await.unwrap(), ["a"]);
    let request = ClientExtensionRequestablesScopesUpdateApiPostRequest::new("1", update(&["a", "b"]));
    let posted =
        client_management_client_extension_requestables_scopes_update_api_post(&core, &request, None).await;
    assert_eq!(posted.unwrap().into_value().requestable_scopes.unwrap(), ["a", "b"]);
    let (_, code) = authorize(&core, "scope=a+c").await;
    let issued = exchange(&core, &format!("grant_type=authorization_code&code={}", code.unwrap())).await;
    assert_eq!(issued.scopes.unwrap(), ["a"]);
    let request = ClientExtensionRequestablesScopesDeleteApiRequest::new("1");
    client_management_delete_requestable_scopes(&core, &request, None).await.unwrap();
    assert_eq!(shown().await, None);
}

#[tokio::test]
async fn a_service_is_created_changed_published_and_deleted() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let request = ServiceCreateApiRequest::from(Service::new().service_name("new"));
    let created = service_create(&core, &request, None).await.unwrap().into_value();
    let id = created.api_key.unwrap().to_string();
    let list = service_list(&core, &ServiceGetListApiRequest::new(), None).await.unwrap().into_value();
    assert!(list.services.unwrap().contains(&created));
    let change = Service::new().issuer("https://b.example").pkce_s256_required(true);
    let request = ServiceUpdateApiRequest::new(change).service_id(&*id);
    let updated = service_update(&core, &request, None).await.unwrap().into_value();
    assert_eq!(updated.service_name.as_deref(), Some("new"));
    let get = ServiceGetApiRequest::new().service_id(&*id);
    assert_eq!(service_get(&core, &get, None).await.unwrap().into_value(), updated);

    let request = ServiceConfigurationApiRequest::new().service_id(&*id);
    let metadata = service_get_configuration(&core, &request, None).await.unwrap().into_value();
    let metadata: Value = metadata.parse().unwrap();
    assert_eq!(
        (&metadata["issuer"], &metadata["code_challenge_methods_supported"]),
        (&json!("https://b.example"), &json!(["S256"]))
    );
    let patch = r#"[{"op":"add","path":"/x","value":1}]"#;
    let request = ServiceConfigurationApiPostRequest::new(ServiceConfigurationRequest::new().patch(patch));
    let patched = service_get_configuration_post(&core, &request, None).await.unwrap().into_value();
    assert_eq!(patched.parse::<Value>().unwrap()["x"], 1);

    let request = ServiceDeleteApiRequest::new().service_id(&*id);
    service_delete(&core, &request, None).await.unwrap();
    assert_eq!(service_get(&core, &get, None).await.unwrap_err().http().unwrap().status, 404);
    assert_eq!(credentials(&core).await, Some(TokenResponseAction::Ok));
    assert_eq!(simulator.ledger().token_count(), 1);
    let info = utility_endpoints_info_api(&core, &InfoApiRequest::new(), None).await.unwrap();
    assert!(info.into_value().version.is_some());
}
