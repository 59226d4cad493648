// The textual form of a provider: what a configuration file writes and `martlet providers show` prints.

extension Provider: FieldCodable {
    static var defaults: Provider { Provider(id: "", name: "") }
    static let fields: [CodableField<Provider>] = [
        CodableField("id", \.id),
        CodableField("name", \.name),
        CodableField("localizedNames", \.localizedNames),
        CodableField("color", \.color),
        CodableField("documentation", \.documentation),
        CodableField("registration", \.registration),
        CodableField("fieldScopes", \.fieldScopes),
        CodableField("issuer", \.issuer),
        CodableField("authorizationEndpoint", \.authorizationEndpoint),
        CodableField("tokenEndpoint", \.tokenEndpoint),
        CodableField("userInfoEndpoint", \.userInfoEndpoint),
        CodableField("jwksURI", \.jwksURI),
        CodableField("refreshEndpoint", \.refreshEndpoint),
        CodableField("revocationEndpoint", \.revocationEndpoint),
        CodableField("introspectionEndpoint", \.introspectionEndpoint),
        CodableField("deviceAuthorizationEndpoint", \.deviceAuthorizationEndpoint),
        CodableField("pushedAuthorizationRequestEndpoint", \.pushedAuthorizationRequestEndpoint),
        CodableField("endSessionEndpoint", \.endSessionEndpoint),
        CodableField("domain", \.domain),
        CodableField("tenant", \.tenant),
        CodableField("teamID", \.teamID),
        CodableField("apiKey", \.apiKey),
        CodableField("tenancy", \.tenancy),
        CodableField("scopes", \.scopes),
        CodableField("scopeSeparator", \.scopeSeparator),
        CodableField("responseType", \.responseType),
        CodableField("authorizeParameters", \.authorizeParameters),
        CodableField("requiredAuthorizeParameters", \.requiredAuthorizeParameters),
        CodableField("authorizeFragment", \.authorizeFragment),
        CodableField("flow", \.flow),
        CodableField("temporaryCredentialRequest", \.temporaryCredentialRequest),
        CodableField("claimedIDPrefix", \.claimedIDPrefix),
        CodableField("signing", \.signing),
        CodableField("answerKey", \.answerKey),
        CodableField("callbackSignature", \.callbackSignature),
        CodableField("responseMode", \.responseMode),
        CodableField("callbackWithoutCodeIsDenial", \.callbackWithoutCodeIsDenial),
        CodableField("stateInRedirectURI", \.stateInRedirectURI),
        CodableField("pkce", \.pkce),
        CodableField("clientAuthentication", \.clientAuthentication),
        CodableField("clientAssertionAudience", \.clientAssertionAudience),
        CodableField("signedClientSecret", \.signedClientSecret),
        CodableField("pushesAuthorizationRequests", \.pushesAuthorizationRequests),
        CodableField("signsAuthorizationRequests", \.signsAuthorizationRequests),
        CodableField("usesDPoP", \.usesDPoP),
        CodableField("signingAlgorithms", \.signingAlgorithms),
        CodableField("clockSkew", \.clockSkew),
        CodableField("maxAge", \.maxAge),
        CodableField("userInfoSignedResponseAlg", \.userInfoSignedResponseAlg),
        CodableField("notifications", \.notifications),
        CodableField("revokesOnUnlink", \.revokesOnUnlink),
        CodableField("insecureAllowHandleAsSubject", \.insecureAllowHandleAsSubject),
        CodableField("parameterNames", \.parameterNames),
        CodableField("tokenRequest", \.tokenRequest),
        CodableField("tokenResponse", \.tokenResponse),
        CodableField("revocationRequest", \.revocationRequest),
        CodableField("appTokenRequest", \.appTokenRequest),
        CodableField("appToken", \.appToken),
        CodableField("appTokenExpiresIn", \.appTokenExpiresIn),
        CodableField("subjectRequest", \.subjectRequest),
        CodableField("userInfoRequest", \.userInfoRequest),
        CodableField("userInfoPolicy", \.userInfoPolicy),
        CodableField("scopesWithoutUserInfo", \.scopesWithoutUserInfo),
        CodableField("detailRequest", \.detailRequest),
        CodableField("emailsRequest", \.emailsRequest),
        CodableField("emails", \.emails),
        CodableField("answerPrefix", \.answerPrefix),
        CodableField("failures", \.failures),
        CodableField("profile", \.profile),
    ]
}

extension ProviderCall: FieldCodable {
    static var defaults: ProviderCall { ProviderCall() }
    static let fields: [CodableField<ProviderCall>] = [
        CodableField("endpoint", \.endpoint),
        CodableField("method", \.method),
        CodableField("encoding", \.encoding),
        CodableField("parameters", \.parameters),
        CodableField("headers", \.headers),
        CodableField("accessToken", \.accessToken),
        CodableField("envelope", \.envelope),
    ]
}

extension AccessTokenPlacement: FieldCodable {
    static var defaults: AccessTokenPlacement { AccessTokenPlacement() }
    static let fields: [CodableField<AccessTokenPlacement>] = [
        CodableField("location", \.location),
        CodableField("name", \.name),
        CodableField("scheme", \.scheme),
    ]
}

extension Registration: FieldCodable {
    static var defaults: Registration { Registration(page: "") }
    static let fields: [CodableField<Registration>] = [
        CodableField("page", \.page),
        CodableField("clientID", \.clientID),
        CodableField("clientSecret", \.clientSecret),
        CodableField("redirectURI", \.redirectURI),
        CodableField("notes", \.notes),
    ]
}

extension Tenancy: FieldCodable {
    static var defaults: Tenancy { Tenancy(issuer: "") }
    static let fields: [CodableField<Tenancy>] = [
        CodableField("issuer", \.issuer),
        CodableField("claim", \.claim),
        CodableField("allowed", \.allowed),
    ]
}

extension SignedClientSecret: FieldCodable {
    static var defaults: SignedClientSecret { SignedClientSecret(audience: "") }
    static let fields: [CodableField<SignedClientSecret>] = [
        CodableField("issuer", \.issuer),
        CodableField("audience", \.audience),
        CodableField("lifetime", \.lifetime),
    ]
}

extension ParameterNames: FieldCodable {
    static var defaults: ParameterNames { ParameterNames() }
    static let fields: [CodableField<ParameterNames>] = [
        CodableField("clientID", \.clientID),
        CodableField("authorizeClientID", \.authorizeClientID),
        CodableField("clientSecret", \.clientSecret),
        CodableField("redirectURI", \.redirectURI),
        CodableField("scope", \.scope),
        CodableField("code", \.code),
        CodableField("callbackCode", \.callbackCode),
        CodableField("grantType", \.grantType),
        CodableField("refreshToken", \.refreshToken),
    ]
}

extension TokenRequestStyle: FieldCodable {
    static var defaults: TokenRequestStyle { TokenRequestStyle() }
    static let fields: [CodableField<TokenRequestStyle>] = [
        CodableField("method", \.method),
        CodableField("encoding", \.encoding),
        CodableField("parameters", \.parameters),
        CodableField("headers", \.headers),
        CodableField("grantType", \.grantType),
        CodableField("sendsRedirectURI", \.sendsRedirectURI),
        CodableField("refreshSendsClientSecret", \.refreshSendsClientSecret),
    ]
}

extension TokenResponseStyle: FieldCodable {
    static var defaults: TokenResponseStyle { TokenResponseStyle() }
    static let fields: [CodableField<TokenResponseStyle>] = [
        CodableField("envelope", \.envelope),
        CodableField("accessToken", \.accessToken),
        CodableField("refreshToken", \.refreshToken),
        CodableField("expiresIn", \.expiresIn),
        CodableField("scope", \.scope),
        CodableField("idToken", \.idToken),
    ]
}

extension RevocationStyle: FieldCodable {
    static var defaults: RevocationStyle { RevocationStyle() }
    static let fields: [CodableField<RevocationStyle>] = [
        CodableField("method", \.method),
        CodableField("encoding", \.encoding),
        CodableField("parameters", \.parameters),
        CodableField("accessToken", \.accessToken),
        CodableField("tokenParameter", \.tokenParameter),
        CodableField("sendsTokenTypeHint", \.sendsTokenTypeHint),
        CodableField("clientAuthentication", \.clientAuthentication),
    ]
}

extension FailureRule: FieldCodable {
    static var defaults: FailureRule { FailureRule(code: "") }
    static let fields: [CodableField<FailureRule>] = [
        CodableField("code", \.code),
        CodableField("description", \.description),
        CodableField("success", \.success),
    ]
}

extension EmailSelection: FieldCodable {
    static var defaults: EmailSelection { EmailSelection() }
    static let fields: [CodableField<EmailSelection>] = [
        CodableField("list", \.list),
        CodableField("address", \.address),
        CodableField("primary", \.primary),
        CodableField("verified", \.verified),
    ]
}

extension ProfileMapping: FieldCodable {
    static var defaults: ProfileMapping { ProfileMapping() }
    static let fields: [CodableField<ProfileMapping>] = [
        CodableField("id", \.id),
        CodableField("idIsHandle", \.idIsHandle),
        CodableField("formerID", \.formerID),
        CodableField("username", \.username),
        CodableField("name", \.name),
        CodableField("email", \.email),
        CodableField("emailVerified", \.emailVerified),
        CodableField("avatar", \.avatar),
        CodableField("identifiers", \.identifiers),
        CodableField("percentEncoded", \.percentEncoded),
    ]
}
