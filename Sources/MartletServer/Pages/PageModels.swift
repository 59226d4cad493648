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
}

/// What the profile page shows.
struct ProfilePage: Sendable {
    /// The name of the site, in its own spelling.
    var productName: String
    /// The person whose profile it is.
    var person: SignedInPerson
    /// The linked accounts, in the order to show them.
    var bindings: [BindingRow]
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

/// A sign-in method on the sign-in page.
struct ProviderButton: Sendable {
    /// The provider's identifier, such as `github`.
    var id: String
    /// The provider's name as people know it, such as `GitHub`.
    var name: String
    /// Where the provider's icon is.
    var iconURL: String
    /// Where the sign-in starts.
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

/// What has just happened, told at the top of a page.
enum Notice: Sendable, Equatable {
    /// A sign-in has succeeded. Shown only to somebody who is signed in: the query parameter behind it proves nothing.
    case signedIn
    /// An account has been linked. Shown only to somebody who is signed in.
    case bound
    /// The person has signed out. Shown only while nobody is signed in.
    case signedOut
    /// Something failed, with the contract's error code. An unknown code is told in general words and not repeated.
    case error(code: String)
    /// A sign-in has brought an account that is to be linked as soon as the person signs in the way they used before.
    case pendingBinding(providerName: String)
}
