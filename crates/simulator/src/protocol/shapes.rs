//! The members of a service and a client, by the kinds of their values.

use super::shape::Shape;

pub(crate) static SERVICE: Shape = Shape {
    texts: "\
        serviceName issuer description apiSecret tokenBatchNotificationEndpoint \
        developerAuthenticationCallbackEndpoint developerAuthenticationCallbackApiKey \
        developerAuthenticationCallbackApiSecret authenticationCallbackEndpoint authenticationCallbackApiKey \
        authenticationCallbackApiSecret authorizationEndpoint tokenEndpoint revocationEndpoint \
        introspectionEndpoint pushedAuthReqEndpoint accessTokenType accessTokenSignAlg \
        accessTokenSignatureKeyId jwksUri jwks idTokenSignatureKeyId userInfoSignatureKeyId \
        authorizationSignatureKeyId userInfoEndpoint registrationEndpoint registrationManagementEndpoint \
        policyUri tosUri serviceDocumentation backchannelAuthenticationEndpoint deviceAuthorizationEndpoint \
        deviceVerificationUri deviceVerificationUriComplete userCodeCharset \
        verifiedClaimsValidationSchemaSet grantManagementEndpoint endSessionEndpoint federationJwks \
        federationSignatureKeyId federationRegistrationEndpoint organizationName predefinedTransformedClaims \
        signedJwksUri credentialJwksUri introspectionSignatureKeyId resourceSignatureKeyId credentialJwks \
        idTokenAudType oid4vciVersion cimdMetadataPolicy challengeEndpoint haipVersion",
    numbers: "\
        number apiKey serviceOwnerNumber clientsPerDeveloper createdAt modifiedAt \
        authorizationResponseDuration pushedAuthReqDuration accessTokenDuration refreshTokenDuration \
        idTokenDuration allowableClockSkew backchannelAuthReqIdDuration backchannelPollingInterval \
        deviceFlowCodeDuration deviceFlowPollingInterval userCodeLength federationConfigurationDuration \
        cnonceDuration credentialOfferDuration dpopNonceDuration credentialTransactionDuration userPinLength \
        credentialDuration attestationChallengeTimeWindow authorizationCodeDuration",
    flags: "\
        clientAssertionAudRestrictedToIssuer clientIdAliasEnabled errorDescriptionOmitted errorUriOmitted \
        directAuthorizationEndpointEnabled pkceRequired pkceS256Required directTokenEndpointEnabled \
        missingClientIdAllowed directRevocationEndpointEnabled directIntrospectionEndpointEnabled \
        parRequired requestObjectRequired traditionalRequestObjectProcessingApplied \
        mutualTlsValidatePkiCertChain tlsClientCertificateBoundAccessTokens singleAccessTokenPerSubject \
        refreshTokenDurationKept refreshTokenDurationReset refreshTokenKept scopeRequired \
        claimShortcutRestrictive directJwksEndpointEnabled directUserInfoEndpointEnabled \
        dynamicRegistrationSupported backchannelUserCodeParameterSupported \
        backchannelBindingMessageRequiredInFapi nbfOptional issSuppressed tokenExpirationLinked \
        frontChannelRequestObjectEncryptionRequired requestObjectEncryptionAlgMatchRequired \
        requestObjectEncryptionEncMatchRequired hsmEnabled grantManagementActionRequired \
        unauthorizedOnClientConfigSupported dcrScopeUsedAsRequestable loopbackRedirectionUriVariable \
        requestObjectAudienceChecked accessTokenForExternalAttachmentEmbedded federationEnabled \
        refreshTokenIdempotent tokenExchangeByIdentifiableClientsOnly tokenExchangeByConfidentialClientsOnly \
        tokenExchangeByPermittedClientsOnly tokenExchangeEncryptedJwtRejected \
        tokenExchangeUnsignedJwtRejected jwtGrantByIdentifiableClientsOnly jwtGrantEncryptedJwtRejected \
        jwtGrantUnsignedJwtRejected dcrDuplicateSoftwareIdBlocked openidDroppedOnRefreshWithoutOfflineAccess \
        rsResponseSigned dpopNonceRequired verifiableCredentialsEnabled \
        preAuthorizedGrantAnonymousAccessSupported idTokenReissuable nativeSsoSupported \
        cimdMetadataPolicyEnabled clientIdMetadataDocumentSupported cimdAllowlistEnabled cimdAlwaysRetrieved \
        cimdHttpPermitted cimdQueryPermitted httpAliasProhibited backchannelLogoutSessionSupported \
        backchannelLogoutSupported clientAttesterRootsEnabled clientAttesterRootsOnly \
        keyAttesterRootsEnabled keyAttesterRootsOnly returnLimited",
    lists: "\
        supportedSnses supportedAcrs supportedGrantTypes supportedResponseTypes \
        supportedAuthorizationDetailsTypes supportedServiceProfiles supportedUiLocales supportedDisplays \
        supportedTokenAuthMethods supportedRevocationAuthMethods supportedIntrospectionAuthMethods \
        trustedRootCertificates supportedClaimTypes supportedClaimLocales supportedClaims \
        supportedBackchannelTokenDeliveryModes supportedTrustFrameworks supportedEvidence \
        supportedIdentityDocuments supportedVerificationMethods supportedVerifiedClaims \
        supportedCustomClientMetadata authorityHints supportedAttachments supportedDigestAlgorithms \
        supportedDocuments supportedDocumentsMethods supportedDocumentsValidationMethods \
        supportedDocumentsVerificationMethods supportedElectronicRecords supportedClientRegistrationTypes \
        supportedDocumentsCheckMethods supportedPromptValues fapiModes cimdAllowlist clientAttesterRoots \
        keyAttesterRoots supportedDeveloperSnses",
    objects: &[("credentialIssuerMetadata", &CREDENTIAL_ISSUER_METADATA)],
    object_lists: &[
        ("snsCredentials", &SNS_CREDENTIALS),
        ("metadata", &PAIR),
        ("mtlsEndpointAliases", &NAMED_URI),
        ("supportedScopes", &SCOPE),
        ("attributes", &PAIR),
        ("hsks", &HSK),
        ("trustAnchors", &TRUST_ANCHOR),
        ("developerSnsCredentials", &SNS_CREDENTIALS),
    ],
};

pub(crate) static CLIENT: Shape = Shape {
    texts: "\
        clientName description clientSecret clientIdAlias clientType applicationType logoUri softwareId \
        developer softwareVersion registrationAccessTokenHash authorizationSignAlg \
        authorizationEncryptionAlg authorizationEncryptionEnc tokenAuthMethod tokenAuthSignAlg \
        selfSignedCertificateKeyId tlsClientAuthSubjectDn tlsClientAuthSanDns tlsClientAuthSanUri \
        tlsClientAuthSanIp tlsClientAuthSanEmail requestSignAlg requestEncryptionAlg requestEncryptionEnc \
        idTokenSignAlg idTokenEncryptionAlg idTokenEncryptionEnc subjectType sectorIdentifierUri \
        derivedSectorIdentifier jwksUri jwks userInfoSignAlg userInfoEncryptionAlg userInfoEncryptionEnc \
        loginUri tosUri policyUri clientUri bcDeliveryMode bcNotificationEndpoint bcRequestSignAlg \
        customMetadata digestAlgorithm rsSignedRequestKeyId organizationName signedJwksUri entityId \
        trustAnchorId credentialOfferEndpoint metadataDocumentLocation clientSource",
    numbers: "\
        number serviceNumber clientId createdAt modifiedAt defaultMaxAge trustChainExpiresAt \
        trustChainUpdatedAt metadataDocumentExpiresAt metadataDocumentUpdatedAt",
    flags: "\
        clientIdAliasEnabled tlsClientCertificateBoundAccessTokens dynamicallyRegistered parRequired \
        requestObjectRequired authTimeRequired bcUserCodeRequired \
        frontChannelRequestObjectEncryptionRequired requestObjectEncryptionAlgMatchRequired \
        requestObjectEncryptionEncMatchRequired singleAccessTokenPerSubject pkceRequired pkceS256Required \
        dpopRequired automaticallyRegistered explicitlyRegistered rsRequestSigned locked \
        credentialResponseEncryptionRequired mtlsEndpointAliasesUsed inScopeForTokenMigration \
        discoveredByMetadataDocument",
    lists: "\
        contacts grantTypes responseTypes redirectUris requestUris defaultAcrs authorizationDetailsTypes \
        clientRegistrationTypes trustChain fapiModes responseModes",
    objects: &[("extension", &CLIENT_EXTENSION)],
    object_lists: &[
        ("clientNames", &TAGGED_VALUE),
        ("descriptions", &TAGGED_VALUE),
        ("logoUris", &TAGGED_VALUE),
        ("tosUris", &TAGGED_VALUE),
        ("policyUris", &TAGGED_VALUE),
        ("clientUris", &TAGGED_VALUE),
        ("attributes", &PAIR),
    ],
};

static SNS_CREDENTIALS: Shape = Shape { texts: "sns apiKey apiSecret", ..Shape::EMPTY };

static PAIR: Shape = Shape { texts: "key value", ..Shape::EMPTY };

static NAMED_URI: Shape = Shape { texts: "name uri", ..Shape::EMPTY };

static SCOPE: Shape = Shape {
    texts: "name description",
    flags: "defaultEntry",
    object_lists: &[("descriptions", &TAGGED_VALUE), ("attributes", &PAIR)],
    ..Shape::EMPTY
};

static TAGGED_VALUE: Shape = Shape { texts: "tag value", ..Shape::EMPTY };

static HSK: Shape = Shape { texts: "kty use kid hsmName handle publicKey alg", ..Shape::EMPTY };

static TRUST_ANCHOR: Shape = Shape { texts: "entityId jwks", ..Shape::EMPTY };

static CREDENTIAL_ISSUER_METADATA: Shape = Shape {
    texts: "\
        credentialIssuer credentialEndpoint batchCredentialEndpoint deferredCredentialEndpoint \
        credentialsSupported",
    flags: "requireCredentialResponseEncryption",
    lists: "\
        authorizationServers credentialResponseEncryptionAlgValuesSupported \
        credentialResponseEncryptionEncValuesSupported",
    ..Shape::EMPTY
};

static CLIENT_EXTENSION: Shape = Shape {
    numbers: "accessTokenDuration refreshTokenDuration idTokenDuration",
    flags: "requestableScopesEnabled tokenExchangePermitted",
    lists: "requestableScopes",
    ..Shape::EMPTY
};
