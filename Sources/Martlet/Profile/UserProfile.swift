/// Who a person is at a provider, in the same shape for every provider.
public struct UserProfile: Hashable, Sendable, Codable {
    /// The person's immutable id at the provider: never a handle, never an email.
    ///
    /// Unique only together with the provider: identify an account by `(provider, subject)`.
    public var subject: String
    /// An id by which this provider knew the same person before it had ``subject``
    /// (WeChat: the `openid` of a person who now has a `unionid`).
    public var formerSubject: String?
    /// The handle, which the person may change.
    public var username: String?
    /// The display name.
    public var name: String?
    /// The email address, with whether the provider vouches for it.
    public var email: Email?
    /// The URL of a picture.
    public var avatar: String?
    /// Further ids that the provider gave (`openid`, `unionid`, …).
    public var identifiers: [String: String]
    /// The provider's own answer, unchanged.
    public var raw: JSONValue

    /// Makes a profile.
    public init(
        subject: String, formerSubject: String? = nil, username: String? = nil, name: String? = nil,
        email: Email? = nil, avatar: String? = nil, identifiers: [String: String] = [:], raw: JSONValue = .null
    ) {
        self.subject = subject
        self.formerSubject = formerSubject
        self.username = username
        self.name = name
        self.email = email
        self.avatar = avatar
        self.identifiers = identifiers
        self.raw = raw
    }
}

/// An email address and whether the provider vouches that it belongs to the person.
///
/// An address that is not verified is a claim: show it, but never match or link an account by it.
public struct Email: Hashable, Sendable, Codable {
    /// The address as the provider wrote it.
    public let value: String
    /// Whether the provider says, or documents, that the person proved to own the address.
    public let isVerified: Bool

    /// Accepts one plain address: one `@`, both sides present, no white space, control or quoting characters.
    ///
    /// - Returns: nil for anything else, so that a text with two `@` signs or a look-alike never becomes an identity.
    public init?(_ value: String, isVerified: Bool) {
        let sign = UInt8(ascii: "@")
        guard value.utf8.count <= 254, value.utf8.first != sign, value.utf8.last != sign,
            value.utf8.count(where: { $0 == sign }) == 1, value.unicodeScalars.allSatisfy(Self.isAllowed),
            value.utf8.allSatisfy({ $0 < 0x80 }) || value.contains("@" as Character)
        else { return nil }
        self.value = value
        self.isVerified = isVerified
    }

    /// The address in the form used to compare two: with `A` to `Z` in lower case. Other letters are compared as they are, since
    /// some that look apart become the same in lower case.
    public var comparisonKey: String {
        String(decoding: value.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Whether mail to the address is relayed to the person by Apple, who hides the real one
    /// (https://developer.apple.com/documentation/signinwithapple/communicating-using-the-private-email-relay-service).
    public var isPrivateRelay: Bool { comparisonKey.hasSuffix("@privaterelay.appleid.com") }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "<", ">", "(", ")", "[", "]", "\\", ",", ";", ":", "\"", "\0"..." ", "\u{7F}": return false
        case "!"..."~": return true
        default: break
        }
        let lookalikes: [Unicode.Scalar] = ["\u{FE6B}", "\u{FF20}"]
        return !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
            && scalar.properties.generalCategory != .format && !lookalikes.contains(scalar)
    }
}
