import MartletHummingbird

/// Every text of the pages in one language.
///
/// All members are required, so a language that lacks one does not compile. The plain ones are read by the templates
/// under `t`.
struct PageStrings: Sendable {
    // Sign-in page
    let signIn: String
    let chooseProvider: String
    let providersLabel: String
    let continueWith: @Sendable (_ provider: String) -> String
    let passwordStays: @Sendable (_ product: String) -> String
    let noProviders: Message
    let signedIn: String

    // Person
    let goToProfile: String
    let signOut: String
    let unnamed: String
    let verified: String
    let notVerified: String
    let privateRelay: String

    // Profile page
    let profile: String
    let bindings: String
    let noBindings: String
    let linkedSince: @Sendable (_ date: String) -> String
    let account: AccountStrings

    // Error page
    let errorLine: @Sendable (_ status: Int) -> String
    let forSupport: String
    let requestID: String
    let errorCode: String
    let backToSignIn: String

    // Notices
    let noticeSignedIn: String
    let noticeBound: String
    let noticeUnbound: @Sendable (_ provider: String) -> String
    let noticeSessionEnded: String
    let noticeOtherSessionsEnded: String
    let noticeAccountDeleted: String
    let noticeSignedOut: String
    let signOutAtProvider: @Sendable (_ provider: String) -> String
    let noticePendingBinding: @Sendable (_ provider: String) -> Message
    let problems: ProblemStrings

    /// The texts in a language.
    static func strings(for language: PageLanguage) -> PageStrings {
        switch language {
        case .english: .english
        case .simplifiedChinese: .simplifiedChinese
        }
    }
}

/// A statement and what the reader can do about it.
struct Message: Sendable, Equatable {
    /// The statement, a sentence.
    let text: String
    /// What to do, a sentence or two.
    let advice: String
}

/// An error in words.
struct Problem: Sendable, Equatable {
    /// A heading of a few words.
    let title: String
    /// What happened, a sentence.
    let cause: String
    /// What the reader can do, a sentence or two.
    let advice: String

    init(_ title: String, _ cause: String, _ advice: String) {
        (self.title, self.cause, self.advice) = (title, cause, advice)
    }
}

/// The words for every error code, and for the codes that the pages do not know.
struct ProblemStrings: Sendable {
    let providerNotFound: Problem
    let stateInvalid: Problem
    let stateExpired: Problem
    let tokenExchangeFailed: Problem
    let userInfoFailed: Problem
    let alreadyBound: Problem
    let bindingUserMismatch: Problem
    let bindingTokenInvalid: Problem
    let lastBinding: Problem
    let bindingNotFound: Problem
    let accessDenied: Problem
    let providerError: Problem
    let providerUnavailable: Problem
    let redirectInvalid: Problem
    let accountDisabled: Problem
    let unauthorized: Problem
    let rateLimited: Problem
    let csrfRejected: Problem
    let badRequest: Problem
    let notFound: Problem
    let methodNotAllowed: Problem
    let unavailable: Problem
    let internalError: Problem
    let unknown: Problem

    /// The words for a code; nil stands for a code that the pages do not know.
    subscript(code: AuthErrorCode?) -> Problem {
        switch code {
        case .providerNotFound: providerNotFound
        case .stateInvalid: stateInvalid
        case .stateExpired: stateExpired
        case .tokenExchangeFailed: tokenExchangeFailed
        case .userInfoFailed: userInfoFailed
        case .alreadyBound: alreadyBound
        case .bindingUserMismatch: bindingUserMismatch
        case .bindingTokenInvalid: bindingTokenInvalid
        case .lastBinding: lastBinding
        case .bindingNotFound: bindingNotFound
        case .accessDenied: accessDenied
        case .providerError: providerError
        case .providerUnavailable: providerUnavailable
        case .redirectInvalid: redirectInvalid
        case .accountDisabled: accountDisabled
        case .unauthorized: unauthorized
        case .rateLimited: rateLimited
        case .csrfRejected: csrfRejected
        case .badRequest: badRequest
        case .notFound: notFound
        case .methodNotAllowed: methodNotAllowed
        case .unavailable: unavailable
        case .internalError: internalError
        case nil: unknown
        }
    }
}
