extension Fault {
    /// The steps at which this fault strikes when it is chosen for one login and no step is named.
    var loginSteps: [Step] {
        switch self {
        case .slow, .hang, .serverError, .garbage, .oversized, .redirect: [.token]
        case .missingEmail, .missingSubject: [.token, .userInfo]
        case .wrongState, .missingState: [.authorize]
        default: concernsIDToken && steps.contains(.token) ? [.token] : [steps[0]]
        }
    }

    /// Whether the fault strikes at more than one step of a login.
    var isAboutAll: Bool { loginSteps.count > 1 }

    /// Whether this fault can be seen in a dialect.
    func concerns(_ dialect: Dialect) -> Bool {
        switch self {
        case .wrongTenantIssuer, .missingTid: dialect.id == Microsoft.dialect.id
        case .missingEmail, .missingSubject, .emptyAccessToken, .userInfoSubjectMismatch, .userInfoMissingSubject:
            !dialect.isRecorded
        default: dialect.signsIDTokens || !concernsIDToken
        }
    }

    /// Whether only an OpenID provider can have this fault.
    var concernsIDToken: Bool {
        switch self {
        case .slow, .hang, .serverError, .garbage, .oversized, .redirect, .wrongState, .missingState, .denied,
            .extraParameters, .missingEmail, .missingSubject, .tokenError, .emptyAccessToken, .userInfoError,
            .userInfoSubjectMismatch, .userInfoMissingSubject:
            false
        default: true
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
