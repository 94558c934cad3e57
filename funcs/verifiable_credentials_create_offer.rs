use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciOfferCreateResponse;
use crate::models::operations::VciOfferCreateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_offer_create_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/offer/create",
    replay: Replay::Unsafe,
};

/// Creates a credential offer (OpenID for Verifiable Credential Issuance 1.0 section 4.1).
///
/// Show it to the user as a link or a QR code: the offer itself (`info.credential_offer`), or a URI with its
/// identifier, which [`verifiable_credentials_get_offer_info`](crate::funcs::verifiable_credentials_get_offer_info)
/// resolves. An offer with a pre-authorized code is worth the credential: authenticate the user first, protect the code
/// with a transaction code, and send that by another way.
///
/// | `action` | what to do |
/// |---|---|
/// | `CREATED` | The offer is in `info`. |
/// | `FORBIDDEN` | The service does not issue credentials. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code`. |
/// | `AUTHLETE_ERROR` | Authlete has a problem. |
///
/// [`endpoint::credential_offer::respond_create`](crate::endpoint::credential_offer::respond_create()) does so.
///
/// # Replay
/// Unsafe: a second request creates a second offer with its own codes.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_create_offer;
/// use authlete::models::operations::VciOfferCreateApiRequest;
/// use authlete::models::{VciOfferCreateRequest, VciOfferCreateResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = VciOfferCreateRequest::new()
///     .credential_configuration_ids(["IdentityCredential"])
///     .pre_authorized_code_grant_included(true)
///     .subject("john")
///     .tx_code("493536");
/// let request = VciOfferCreateApiRequest::new(body);
/// let created =
///     verifiable_credentials_create_offer(&core, &request, None).await?.into_value();
/// match created.action {
///     Some(Action::Created) => {
///         println!("{:?}", created.info.and_then(|info| info.expires_at))
///     }
///     _ => println!("failed with {:?}", created.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_offer_create_api")]
#[doc(alias = "verifiableCredentialsCreateOffer")]
#[doc(alias = "create")]
pub async fn verifiable_credentials_create_offer(
    core: &AuthleteCore,
    request: &VciOfferCreateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciOfferCreateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_offer_create_request)
        .send()
        .await
        .json()
}
