//! Which requests can be walked page by page, by which function, and what names an entry.

use super::{
    client_list, client_management_client_authorization_get_list_api,
    client_management_client_authorization_get_list_api_post, client_management_list_authorizations,
    service_list, token_management_list,
};
use crate::composite::pages::ranged::{ListRange, ListRequest, Listing};
use crate::models::operations::{
    AuthTokenGetListApiRequest, ClientAuthorizationGetListApiPostRequest,
    ClientAuthorizationGetListApiRequest, ClientAuthorizationGetListBySubjectApiRequest,
    ClientGetListApiRequest, ServiceGetListApiRequest,
};
use crate::models::{AccessToken, Client, ClientLimited, Service};
use crate::{ApiResult, AuthleteCore, RequestOptions};

macro_rules! paged {
    ($($function:ident($request:ident $(. $body:ident)?) -> $list:ident: [$entry:ident] by $id:ident,)+) => {$(
        impl ListRequest for $request {
            type Entry = $entry;

            fn range(&mut self) -> ListRange<'_> {
                let request = &mut *self;
                $(let request = &mut request.$body;)?
                ListRange { start: &mut request.start, end: &mut request.end, cursor: &mut request.cursor }
            }

            async fn fetch(&self, core: &AuthleteCore, options: &RequestOptions) -> ApiResult<Listing<$entry>> {
                Ok($function(core, self, Some(options)).await?.map(|answer| Listing {
                    start: answer.start,
                    total: answer.total_count,
                    next_cursor: answer.next_cursor,
                    entries: answer.$list.unwrap_or_default(),
                }))
            }

            fn is_same(one: &$entry, other: &$entry) -> bool {
                one.$id == other.$id
            }
        }
    )+};
}

paged! {
    token_management_list(AuthTokenGetListApiRequest) -> access_tokens: [AccessToken] by access_token_hash,
    client_list(ClientGetListApiRequest) -> clients: [Client] by client_id,
    service_list(ServiceGetListApiRequest) -> services: [Service] by api_key,
    client_management_client_authorization_get_list_api(ClientAuthorizationGetListApiRequest) -> clients: [ClientLimited] by client_id,
    client_management_client_authorization_get_list_api_post(
        ClientAuthorizationGetListApiPostRequest.client_authorization_get_list_request
    ) -> clients: [ClientLimited] by client_id,
    client_management_list_authorizations(ClientAuthorizationGetListBySubjectApiRequest) -> clients: [ClientLimited] by client_id,
}
