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
    /// The callback carries another `state`.
    case wrongState
    /// The callback carries no `state`.
    case missingState
    /// The person refuses, as the dialect says it.
    case denied
    /// No email address, neither in the profile nor in an ID token.
    case missingEmail
    /// No identifier of the person, neither in the profile nor in a token answer or an ID token.
    case missingSubject
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
    /// The token endpoint answers with the dialect's own error.
    case tokenError
    /// The profile endpoint answers with the dialect's own error.
    case userInfoError
    /// The profile is about somebody else than the token.
    case userInfoSubjectMismatch
    /// The access token is an empty string.
    case emptyAccessToken

    /// What is being done when a fault strikes.
    public enum Step: String, CaseIterable, Sendable {
        /// The person has decided and the browser is sent back.
        case authorize
        /// A code or a refresh token is exchanged.
        case token
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
    }

    /// The steps at which this fault can strike.
    public var steps: [Step] {
        switch self {
        case .slow, .hang, .serverError, .garbage, .oversized: Step.allCases
        case .wrongState, .missingState, .denied: [.authorize]
        case .missingEmail, .missingSubject: [.token, .userInfo]
        case .redirect: [.token, .userInfo, .discovery, .keys]
        case .tokenError, .emptyAccessToken: [.token]
        case .userInfoError, .userInfoSubjectMismatch: [.userInfo]
        case .badSignature, .wrongNonce, .wrongIssuer, .wrongAudience, .expiredIDToken, .unknownKid, .algNone:
            [.token]
        }
    }
}

extension Fault {
    /// The steps at which this fault strikes when it is chosen for one login and no step is named.
    var loginSteps: [Step] {
        switch self {
        case .slow, .hang, .serverError, .garbage, .oversized, .redirect: [.token]
        default: steps
        }
    }

    /// Whether the fault strikes at more than one step of a login.
    var isAboutAll: Bool { loginSteps.count > 1 }

    /// Whether the fault is about an ID token.
    var concernsIDToken: Bool {
        switch self {
        case .badSignature, .wrongNonce, .wrongIssuer, .wrongAudience, .expiredIDToken, .unknownKid, .algNone: true
        default: false
        }
    }

    /// A few words for the list on the consent page.
    var summary: String {
        switch self {
        case .slow: "answer late"
        case .hang: "never answer"
        case .serverError: "answer 500 with HTML"
        case .garbage: "answer something that is not JSON"
        case .oversized: "answer more than 2 MiB"
        case .wrongState: "change the state"
        case .missingState: "leave the state out"
        case .denied: "say that the person refused"
        case .missingEmail: "leave the email out"
        case .missingSubject: "leave the identifier out"
        case .redirect: "redirect elsewhere"
        case .badSignature: "break the ID token's signature"
        case .wrongNonce: "change the ID token's nonce"
        case .wrongIssuer: "change the ID token's issuer"
        case .wrongAudience: "change the ID token's audience"
        case .expiredIDToken: "issue an expired ID token"
        case .unknownKid: "sign the ID token with an unknown key"
        case .algNone: "leave the ID token unsigned"
        case .tokenError: "refuse the code"
        case .userInfoError: "refuse the access token"
        case .userInfoSubjectMismatch: "answer with somebody else's profile"
        case .emptyAccessToken: "issue an empty access token"
        }
    }
}

/// A fault that was chosen for one login: `hang`, or `hang@userInfo` for a step that is not the usual one.
struct LoginFault: Sendable, Equatable {
    let fault: Fault
    let step: Fault.Step?

    /// Reads the value of the form field; `nil` where it names no fault, or a step at which the fault cannot strike.
    init?(_ text: String) {
        let halves = text.split(separator: "@", maxSplits: 1)
        guard let first = halves.first, let fault = Fault(rawValue: String(first)) else { return nil }
        self.fault = fault
        if halves.count == 2 {
            guard let step = Fault.Step(rawValue: String(halves[1])), fault.steps.contains(step) else { return nil }
            self.step = step
        } else {
            step = nil
        }
    }

    /// Whether it strikes at this step.
    func strikes(at step: Fault.Step) -> Bool {
        self.step.map { $0 == step } ?? fault.loginSteps.contains(step)
    }
}
