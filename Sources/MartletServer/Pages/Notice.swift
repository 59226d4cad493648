/// Where a person who signed out here may sign out at the provider too.
struct ProviderLogout: Sendable, Equatable {
    let providerName: String
    let url: String
}

/// What has just happened, told at the top of a page.
enum Notice: Sendable, Equatable {
    /// A sign-in has succeeded. Shown only to somebody who is signed in: the query parameter behind it proves nothing.
    case signedIn
    /// An account has been linked. Shown only to somebody who is signed in.
    case bound
    /// An account is no longer linked.
    case unbound(providerName: String)
    /// A session in another browser has been ended.
    case sessionEnded
    /// The sessions in all other browsers have been ended.
    case otherSessionsEnded
    /// The person's account has been deleted. Shown only while nobody is signed in.
    case accountDeleted
    /// The person has signed out, and may sign out at the provider too. Shown only while nobody is signed in.
    case signedOut(next: ProviderLogout? = nil)
    /// A flow has failed, with the contract's error code. An unknown code is told in general words and not repeated.
    case flowRefused(code: String)
    /// Something that a page was asked for was refused, with such a code.
    case refused(code: String)
    /// A sign-in has brought an account that is to be linked as soon as the person signs in the way they used before.
    case pendingBinding(providerName: String)
}
