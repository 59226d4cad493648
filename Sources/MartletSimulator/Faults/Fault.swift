/// A way in which the simulator misbehaves on demand.
public enum Fault: String, CaseIterable, Sendable {
    /// Answers correctly, but late.
    case slow
    /// Never answers; gives up when the client does, and after 60 seconds at the latest.
    case hang
    /// Status 500 with an HTML page.
    case serverError
    /// Status 200 and the JSON content type, with a body that is not JSON.
    case garbage
    /// Status 200 and a body of more than 2 MiB, in pieces and without `Content-Length`.
    case oversized
    /// The callback, or the way back after signing out, carries another `state`.
    case wrongState
    /// The callback, or the way back after signing out, carries no `state`.
    case missingState
    /// The person refuses, as the dialect says it.
    case denied
    /// No email address, neither in the profile nor in an ID token.
    case missingEmail
    /// No identifier of the person, neither in the profile nor in a token answer or an ID token.
    case missingSubject
    /// The callback carries another issuer (RFC 9207).
    case wrongIss
    /// The callback carries parameters that nobody knows.
    case extraParameters
    /// Status 302 to somewhere else, where a client that follows would find a token.
    case redirect
    /// The ID token's signature does not verify.
    case badSignature
    /// The ID token carries another `nonce`.
    case wrongNonce
    /// The ID token names another issuer.
    case wrongIssuer
    /// The ID token is meant for another client.
    case wrongAudience
    /// The ID token expired an hour ago.
    case expiredIDToken
    /// The ID token names a key that is not published.
    case unknownKid
    /// The ID token is unsigned (`alg` is `none`).
    case algNone
    /// The ID token has no `sub`.
    case missingSub
    /// The ID token has no `aud`.
    case missingAud
    /// The ID token has no `iat`.
    case missingIat
    /// The ID token has no `exp`.
    case missingExp
    /// The ID token has no `iss`; at ``Step/authorize``, the callback has none though the metadata promises it.
    case missingIss
    /// The ID token has no `nonce`.
    case missingNonce
    /// The ID token names no key.
    case missingKid
    /// The ID token's `at_hash` belongs to another access token.
    case wrongAthash
    /// The ID token has no `auth_time`.
    case missingAuthTime
    /// The ID token says that the person signed in ten days ago.
    case staleAuthTime
    /// The ID token's `iat` is an hour ahead.
    case issuedInFuture
    /// The ID token's `nbf` is an hour ahead.
    case notYetValid
    /// The ID token's `aud` is an array of the client alone, which is right.
    case arrayAudience
    /// The ID token is for two clients and does not say which of them asked.
    case twoAudiencesWithoutAzp
    /// The ID token is for two clients and says that this one asked, which is right.
    case twoAudiencesWithAzp
    /// The ID token says that another client asked.
    case wrongAzp
    /// The ID token is signed by HS256 with the public key, as PEM, for a secret.
    case hs256WithPublicKey
    /// The ID token is signed by a stranger, whose key is in the header `jwk`.
    case embeddedJWK
    /// The ID token is signed by a stranger, whose keys are where the header `jku` says.
    case jkuHeader
    /// The ID token is signed by a stranger, whose certificate is where the header `x5u` says.
    case x5uHeader
    /// The ID token's `crit` names an extension that nobody knows.
    case unknownCrit
    /// The ID token is signed by another algorithm than the key that it names is for.
    case wrongAlg
    /// The keys change just before the ID token is signed, which is right.
    case rotateBeforeSigning
    /// The ID token of a refresh names another issuer than the login's.
    case refreshWrongIssuer
    /// The ID token of a refresh is about somebody else.
    case refreshWrongSubject
    /// The ID token of a refresh is meant for another client.
    case refreshWrongAudience
    /// The token endpoint answers with the dialect's own error.
    case tokenError
    /// The profile endpoint answers with the dialect's own error.
    case userInfoError
    /// The profile is about somebody else than the token.
    case userInfoSubjectMismatch
    /// The profile has no `sub`.
    case userInfoMissingSubject
    /// The access token is an empty string.
    case emptyAccessToken
    /// The ID token names the issuer of another tenant than its `tid` (Microsoft).
    case wrongTenantIssuer
    /// The ID token has no `tid` (Microsoft).
    case missingTid

    /// What is being done when a fault strikes.
    public enum Step: String, CaseIterable, Sendable {
        /// The person has decided and the browser is sent back.
        case authorize
        /// A code or a refresh token is exchanged.
        case token
        /// A refresh token is exchanged. What is set here goes before what is set at ``token``.
        case refresh
        /// The profile is read.
        case userInfo
        /// The OpenID Connect metadata is read.
        case discovery
        /// The keys are read.
        case keys
        /// A device asks for a code (RFC 8628).
        case device
        /// A token is revoked (RFC 7009).
        case revoke
        /// A token is looked into (RFC 7662).
        case introspect
        /// An authorization request is pushed (RFC 9126).
        case par
        /// The person signs out (OpenID Connect RP-Initiated Logout).
        case logout
    }

    /// The steps at which this fault can strike. What is about a signature can strike a signed profile too.
    public var steps: [Step] {
        switch self {
        case .slow, .hang, .serverError, .garbage, .oversized: Step.allCases
        case .wrongState, .missingState: [.authorize, .logout]
        case .denied, .wrongIss, .extraParameters: [.authorize]
        case .missingEmail, .missingSubject: [.token, .refresh, .userInfo]
        case .redirect: [.token, .refresh, .userInfo, .discovery, .keys]
        case .tokenError, .emptyAccessToken: [.token, .refresh]
        case .userInfoError, .userInfoSubjectMismatch, .userInfoMissingSubject: [.userInfo]
        case .missingIss: [.authorize, .token, .refresh, .userInfo]
        case .badSignature, .wrongIssuer, .wrongAudience, .unknownKid, .algNone, .missingAud, .missingKid,
            .hs256WithPublicKey, .embeddedJWK, .jkuHeader, .x5uHeader, .unknownCrit, .wrongAlg, .rotateBeforeSigning:
            [.token, .refresh, .userInfo]
        case .wrongNonce, .expiredIDToken, .missingSub, .missingIat, .missingExp, .missingNonce, .wrongAthash,
            .missingAuthTime, .staleAuthTime, .issuedInFuture, .notYetValid, .arrayAudience, .twoAudiencesWithoutAzp,
            .twoAudiencesWithAzp, .wrongAzp, .wrongTenantIssuer, .missingTid:
            [.token, .refresh]
        case .refreshWrongIssuer, .refreshWrongSubject, .refreshWrongAudience: [.refresh]
        }
    }
}
