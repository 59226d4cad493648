import FoundationEssentials
import MartletHummingbird

/// What the sign-in page shows.
struct LoginPage: Sendable {
    /// The name of the site that people sign in to, in its own spelling.
    var productName: String
    /// The sign-in methods in the order to show them; empty when the operator has configured none.
    var providers: [ProviderButton]
    /// What has just happened, if anything.
    var notice: Notice?
    /// The person this browser is already signed in as; the page then offers the profile instead of the providers.
    var signedIn: SignedInPerson?
    /// An account that waits to be linked; the page then offers to link it to somebody who is signed in.
    var pendingLink: PendingLink?
}

/// What the profile page shows.
struct ProfilePage: Sendable {
    /// The name of the site, in its own spelling.
    var productName: String
    /// The person whose profile it is.
    var person: SignedInPerson
    /// The linked accounts, in the order to show them. The only one cannot be unlinked.
    var bindings: [BindingRow]
    /// The providers of which no account is linked yet, each with the address that starts to link one.
    var linkable: [ProviderButton]
    /// The browsers in which the person is signed in, in the order to show them.
    var sessions: [SessionRow]
    /// When the session of this browser ends.
    var sessionExpiresAt: Date
    /// What has just happened, if anything.
    var notice: Notice?
}

/// What the error page shows.
struct ErrorPage: Sendable {
    /// The error, which has the status of the response.
    var code: AuthErrorCode
    /// The identifier that finds this request in the log.
    var requestID: String
    /// The name of the site, where it is known.
    var productName: String?
}

/// What the page shows that asks whether an account is to be linked.
struct LinkPage: Sendable {
    /// The name of the site, in its own spelling.
    var productName: String
    /// The person to whom the account would be linked.
    var person: SignedInPerson
    /// The provider, with the address that starts to link.
    var provider: ProviderButton
}

/// A provider, and what its button does.
struct ProviderButton: Sendable {
    /// The provider's identifier, such as `github`.
    var id: String
    /// The provider's name as people know it, such as `GitHub`.
    var name: String
    /// Where the provider's icon is.
    var iconURL: String
    /// Where the sign-in, or the linking, starts.
    var authorizeURL: String
}

/// The person who is signed in.
struct SignedInPerson: Sendable {
    /// The name to show; when it is blank the email address stands in for it.
    var name: String
    /// The email address, if one is known.
    var email: String?
    /// Whether a provider has vouched for the address.
    var emailVerified: Bool
    /// The address of a picture. Any that `AvatarSource` does not accept is replaced by initials.
    var avatar: String?
}

/// A linked account on the profile page.
struct BindingRow: Sendable {
    /// The provider's identifier, such as `github`.
    var providerID: String
    /// The provider's name as people know it.
    var providerName: String
    /// Where the provider's icon is.
    var iconURL: String
    /// The person's name at the provider.
    var username: String?
    /// The email address that the provider gave.
    var email: String?
    /// Whether the provider vouches for the address.
    var emailVerified: Bool
    /// The address of a picture. Any that `AvatarSource` does not accept is left out.
    var avatar: String?
    /// When the account was linked.
    var boundAt: Date
}

/// A browser in which the person is signed in.
struct SessionRow: Sendable {
    /// The session's public identifier.
    var id: String
    /// The browser's `User-Agent`, told on the page in a few words.
    var userAgent: String?
    /// The network address that the session was begun from.
    var address: String?
    /// When the session was begun.
    var since: Date
    /// Whether it is the session of this very browser.
    var isCurrent: Bool
}

/// An account at a provider that waits to be linked.
struct PendingLink: Sendable {
    /// The provider's name as people know it; empty where it is not known.
    var providerName: String
    /// The binding token that stands for the account.
    var token: String
}
