//! Result codes: Authlete's where a public source states them, `SIM…` where none does.

/// A result code with its HTTP status where the status is fixed.
pub(crate) type Code = &'static str;

// Authlete's own, from public sources.
pub(crate) const BATCH_ACCEPTED: Code = "A482001";
pub(crate) const BATCH_STATUS: Code = "A447001";
pub(crate) const BATCH_UNKNOWN: Code = "A481302";
pub(crate) const SECRET_REFRESHED: Code = "A148001";
pub(crate) const SECRET_UPDATED: Code = "A149001";
pub(crate) const SERVICE_MEMBER: Code = "A126202";
pub(crate) const TOKEN_CREATED: Code = "A109001";
pub(crate) const NO_AUTHORIZATION: Code = "A001202";
pub(crate) const WRONG_BEARER: Code = "A458101";
pub(crate) const UNKNOWN_SERVICE: Code = "A458203";
pub(crate) const TOKEN_VALID: Code = "A056001";
pub(crate) const DPOP_MISSING: Code = "A065308";
pub(crate) const STANDARD_INTROSPECTION: Code = "A145001";
pub(crate) const STANDARD_WITHOUT_RS_URI: Code = "A404301";
pub(crate) const USERINFO_VALID: Code = "A091001";
pub(crate) const USERINFO_ISSUED: Code = "A096001";
pub(crate) const USERINFO_UNKNOWN: Code = "A088302";
pub(crate) const USERINFO_NO_OPENID: Code = "A089304";
pub(crate) const USERINFO_NO_PROOF: Code = "A089311";
pub(crate) const USERINFO_OTHER_KEY: Code = "A089312";
pub(crate) const AUTHORIZATION_VALID: Code = "A004001";
pub(crate) const AUTHORIZATION_NO_PARAMETERS: Code = "A004201";
pub(crate) const RESPONSE_TYPE_MISSING: Code = "A009301";
pub(crate) const RESPONSE_TYPE_UNSUPPORTED: Code = "A009305";
pub(crate) const REDIRECT_URI: Code = "A011304";
pub(crate) const FAIL_NOT_LOGGED_IN: Code = "A060301";
pub(crate) const FAIL_ACR: Code = "A060305";
pub(crate) const FAIL_DENIED: Code = "A060306";
pub(crate) const FAIL_INTERACTION: Code = "A060311";
pub(crate) const FAIL_UNKNOWN_REASON: Code = "A060201";
pub(crate) const AUTHORIZATION_ISSUED: Code = "A040001";
pub(crate) const TICKET_EXPIRED: Code = "A041201";
pub(crate) const TICKET_GONE: Code = "A041202";
pub(crate) const TOKEN_ISSUED: Code = "A050001";
pub(crate) const CODE_UNKNOWN: Code = "A050305";
pub(crate) const CODE_REDIRECT_URI: Code = "A050309";
pub(crate) const REFRESH_UNKNOWN: Code = "A053305";
pub(crate) const CLIENT_CREDENTIALS_PUBLIC: Code = "A052301";
pub(crate) const TOKEN_PROOF: Code = "A254301";
pub(crate) const TOKEN_PROOF_NO_KEY: Code = "A254303";
pub(crate) const TOKEN_PROOF_NONCE: Code = "A254307";
pub(crate) const ACR_NOT_SUPPORTED: Code = "A021303";
pub(crate) const ID_TOKEN_SYMMETRIC: Code = "A406301";
pub(crate) const PASSWORD: Code = "A054001";
pub(crate) const TOKEN_FAIL: Code = "A067301";
pub(crate) const PAR_CREATED: Code = "A245001";
pub(crate) const PAR_USED: Code = "A008303";
pub(crate) const PAR_PROOF_NONCE: Code = "A350308";
pub(crate) const REVOKED: Code = "A113001";
pub(crate) const REVOCATION_CLIENT: Code = "A116302";
pub(crate) const DEVICE_CREATED: Code = "A220001";
pub(crate) const DEVICE_VALID: Code = "A224001";
pub(crate) const DEVICE_COMPLETED: Code = "A241001";
pub(crate) const DEVICE_PENDING: Code = "A242307";
pub(crate) const USER_CODE_UNKNOWN: Code = "A225301";
pub(crate) const USER_CODE_GONE: Code = "A227301";
pub(crate) const AUTHORIZATION_DELETED: Code = "A137001";
pub(crate) const AUTHORIZATION_UPDATED: Code = "A138001";
pub(crate) const TOKEN_UPDATED: Code = "A135001";
pub(crate) const TOKENS_REVOKED: Code = "A312001";

// Authlete's own: PKCE and client authentication.
pub(crate) const PKCE_REQUIRED: Code = "A124301";
pub(crate) const PKCE_S256_REQUIRED: Code = "A124308";
pub(crate) const PKCE_VERIFIER_MISSING: Code = "A050312";
pub(crate) const PKCE_VERIFIER_WRONG: Code = "A050315";
pub(crate) const PKCE_VERIFIER_UNASKED: Code = "A050317";
pub(crate) const CLIENT_SECRET_MISSING: Code = "A157302";
pub(crate) const CLIENT_SECRET_WRONG: Code = "A157303";
pub(crate) const CLIENT_SECRET_ELSEWHERE: Code = "A157357";

// Ours: the request as a whole.
pub(crate) const BAD_QUERY: Code = "SIM001";
pub(crate) const BAD_CONTENT_TYPE: Code = "SIM002";
pub(crate) const BAD_BODY: Code = "SIM003";
pub(crate) const BODY_TOO_LARGE: Code = "SIM004";
pub(crate) const TOO_MANY_ITEMS: Code = "SIM005";
pub(crate) const NOT_PLAYED: Code = "SIM006";
pub(crate) const TOO_MANY_LISTED: Code = "SIM007";

// Ours: one token of a create request.
pub(crate) const GRANT_TYPE_MISSING: Code = "SIM101";
pub(crate) const GRANT_TYPE_UNKNOWN: Code = "SIM102";
pub(crate) const GRANT_TYPE_REFUSED: Code = "SIM103";
pub(crate) const CLIENT_MISSING: Code = "SIM104";
pub(crate) const ACCESS_TOKEN_MISSING: Code = "SIM105";
pub(crate) const REFRESH_TOKEN_MISSING: Code = "SIM106";
pub(crate) const SUBJECT_MISSING: Code = "SIM107";
pub(crate) const SUBJECT_INVALID: Code = "SIM108";
pub(crate) const SCOPE_UNSUPPORTED: Code = "SIM109";
pub(crate) const NUMBER_NEGATIVE: Code = "SIM110";
pub(crate) const JSON_ATTRIBUTE: Code = "SIM111";
pub(crate) const CLIENT_UNKNOWN: Code = "SIM112";

// Ours: why a batch fails after it was accepted, or a single creation is refused.
pub(crate) const ACCESS_TOKEN_EXISTS: Code = "SIM201";
pub(crate) const REFRESH_TOKEN_EXISTS: Code = "SIM202";
pub(crate) const POISONED: Code = "SIM203";
pub(crate) const INTERRUPTED: Code = "SIM204";

// Ours: the other operations.
pub(crate) const TOKEN_NOT_FOUND: Code = "SIM301";
pub(crate) const INTROSPECT_NO_TOKEN: Code = "SIM401";
pub(crate) const INTROSPECT_UNKNOWN: Code = "SIM402";
pub(crate) const INTROSPECT_EXPIRED: Code = "SIM403";
pub(crate) const INTROSPECT_SCOPES: Code = "SIM404";
pub(crate) const INTROSPECT_SUBJECT: Code = "SIM405";
pub(crate) const CERTIFICATE_MISSING: Code = "SIM406";
pub(crate) const CERTIFICATE_MISMATCH: Code = "SIM407";
pub(crate) const DPOP_MISMATCH: Code = "SIM408";
pub(crate) const DPOP_PROOF: Code = "SIM409";
pub(crate) const DPOP_NONCE: Code = "SIM410";
pub(crate) const INTROSPECT_ACR: Code = "SIM411";
pub(crate) const INTROSPECT_MAX_AGE: Code = "SIM412";
pub(crate) const STANDARD_NO_TOKEN: Code = "SIM413";
pub(crate) const STANDARD_ALGORITHM: Code = "SIM414";
pub(crate) const USERINFO_NO_TOKEN: Code = "SIM421";
pub(crate) const USERINFO_EXPIRED: Code = "SIM422";
pub(crate) const USERINFO_NO_SUBJECT: Code = "SIM423";
pub(crate) const USERINFO_CERTIFICATE: Code = "SIM424";
pub(crate) const USERINFO_PROOF: Code = "SIM425";
pub(crate) const USERINFO_CLAIMS: Code = "SIM426";
pub(crate) const USERINFO_NO_KEY: Code = "SIM427";
pub(crate) const UPDATE_NO_TOKEN: Code = "SIM302";
pub(crate) const UPDATE_UNKNOWN: Code = "SIM303";
pub(crate) const REVOKE_NOBODY: Code = "SIM304";
pub(crate) const CLIENT_NOT_FOUND: Code = "SIM305";
pub(crate) const CLIENT_MEMBER: Code = "SIM306";
pub(crate) const UNKNOWN_MEMBER: Code = "SIM307";
pub(crate) const CLIENT_ALIAS_TAKEN: Code = "SIM308";
pub(crate) const CLIENT_SECRET_FORM: Code = "SIM309";
pub(crate) const CLIENT_LOCK_UPDATED: Code = "SIM310";
pub(crate) const METADATA_PATCH: Code = "SIM311";

// Ours: PKCE and client authentication.
pub(crate) const PKCE_METHOD: Code = "SIM501";
pub(crate) const PKCE_CHALLENGE: Code = "SIM502";
pub(crate) const CLIENT_TWICE: Code = "SIM511";
pub(crate) const CLIENT_METHOD_NOT_PLAYED: Code = "SIM512";

// Ours: authorization.
pub(crate) const PARAMETER_TWICE: Code = "SIM601";
pub(crate) const AUTHORIZATION_CLIENT: Code = "SIM602";
pub(crate) const ISSUE_NO_SUBJECT: Code = "SIM603";
pub(crate) const FAIL_OTHER: Code = "SIM604";
pub(crate) const RESPONSE_MODE: Code = "SIM605";
pub(crate) const ID_TOKEN_NO_OPENID: Code = "SIM606";
pub(crate) const ID_TOKEN_NO_NONCE: Code = "SIM607";
pub(crate) const PROMPT: Code = "SIM608";
pub(crate) const MAX_AGE: Code = "SIM609";
pub(crate) const CLAIMS: Code = "SIM610";
pub(crate) const DISPLAY: Code = "SIM611";
pub(crate) const PAR_OF_ANOTHER: Code = "SIM612";
pub(crate) const PAR_REQUIRED: Code = "SIM613";
pub(crate) const REQUEST_OBJECT: Code = "SIM614";
pub(crate) const PARAMETERS_MALFORMED: Code = "SIM615";
pub(crate) const AUTHORIZATION_GRANT_TYPE: Code = "SIM616";
pub(crate) const SCOPE_MISSING: Code = "SIM617";

// Ours: the token endpoint.
pub(crate) const TOKEN_NO_PARAMETERS: Code = "SIM701";
pub(crate) const TOKEN_NO_GRANT_TYPE: Code = "SIM702";
pub(crate) const TOKEN_GRANT_TYPE: Code = "SIM703";
pub(crate) const TOKEN_CLIENT: Code = "SIM704";
pub(crate) const TOKEN_UNAUTHORIZED_CLIENT: Code = "SIM705";
pub(crate) const TOKEN_NO_CODE: Code = "SIM706";
pub(crate) const TOKEN_NO_REFRESH_TOKEN: Code = "SIM707";
pub(crate) const REFRESH_OTHER_KEY: Code = "SIM708";
pub(crate) const REFRESH_SCOPE: Code = "SIM709";
pub(crate) const TOKEN_NO_PROOF: Code = "SIM710";
pub(crate) const TOKEN_NO_KEY: Code = "SIM711";
pub(crate) const TOKEN_FAILED: Code = "SIM712";
pub(crate) const TOKEN_REFRESHED: Code = "SIM713";
pub(crate) const TOKEN_FOR_CLIENT: Code = "SIM714";
pub(crate) const CODE_OTHER_KEY: Code = "SIM715";
pub(crate) const PASSWORD_INCOMPLETE: Code = "SIM716";
pub(crate) const PASSWORD_ISSUED: Code = "SIM717";
pub(crate) const PASSWORD_TICKET: Code = "SIM718";

// Ours: revocation and the device flow.
pub(crate) const REVOCATION_NO_TOKEN: Code = "SIM801";
pub(crate) const REVOCATION_OF_ANOTHER: Code = "SIM802";
pub(crate) const DEVICE_CODE_MISSING: Code = "SIM811";
pub(crate) const DEVICE_CODE_UNKNOWN: Code = "SIM812";
pub(crate) const DEVICE_TOO_FAST: Code = "SIM813";
pub(crate) const DEVICE_DENIED: Code = "SIM814";
pub(crate) const DEVICE_EXPIRED: Code = "SIM815";
pub(crate) const USER_CODE_EXPIRED: Code = "SIM816";
pub(crate) const DEVICE_INCOMPLETE: Code = "SIM817";
pub(crate) const DEVICE_ISSUED: Code = "SIM818";

// Ours: consents.
pub(crate) const CONSENT_NOBODY: Code = "SIM821";
pub(crate) const GRANTED_SCOPES_OFF: Code = "SIM822";
pub(crate) const GRANTED_SCOPES: Code = "SIM823";
pub(crate) const GRANTED_SCOPES_DELETED: Code = "SIM824";
pub(crate) const CONSENT_CLIENT: Code = "SIM825";

// Ours: bodies of injected faults.
pub(crate) const INJECTED: Code = "SIM900";

// Ours: too many requests.
pub(crate) const TOO_MANY_REQUESTS: Code = "SIM901";
