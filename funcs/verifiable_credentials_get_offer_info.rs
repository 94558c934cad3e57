use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciOfferInfoResponse;
use crate::models::operations::VciOfferInfoApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_offer_info_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/offer/info",
    replay: Replay::Safe,
};

/// Gets a credential offer by its identifier (OpenID for Verifiable Credential Issuance 1.0 section 4.1.3).
///
/// Call it from the credential offer endpoint, to which a `credential_offer_uri` leads. `result_message` is for
/// developers: send the wallet an empty JSON object with an error status.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `info.credential_offer` as JSON. |
/// | `FORBIDDEN` | The service does not issue credentials. Answer 403. |
/// | `NOT_FOUND` | There is no such offer. Answer 404. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500. |
/// | `AUTHLETE_ERROR` | Authlete has a problem. Answer 500. |
///
/// [`endpoint::credential_offer::respond`](crate::endpoint::credential_offer::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_get_offer_info;
/// use authlete::models::operations::VciOfferInfoApiRequest;
/// use authlete::models::{VciOfferInfoRequest, VciOfferInfoResponseAction as Action};
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     identifier: authlete::Secret,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body = VciOfferInfoRequest::new().identifier(identifier);
/// let request = VciOfferInfoApiRequest::new(body);
/// let answer =
///     verifiable_credentials_get_offer_info(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::Forbidden) => 403,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_offer_info_api")]
#[doc(alias = "verifiableCredentialsGetOfferInfo")]
#[doc(alias = "info")]
pub async fn verifiable_credentials_get_offer_info(
    core: &AuthleteCore,
    request: &VciOfferInfoApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciOfferInfoResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_offer_info_request)
        .send()
        .await
        .json()
}
