/// Somebody who can sign in at the simulator.
public struct Person: Sendable, Hashable {
    /// One of a person's email addresses.
    public struct Email: Sendable, Hashable {
        /// The address.
        public var address: String
        /// Whether the provider has seen that the person reads it.
        public var isVerified: Bool
        /// Whether the person chose it among several.
        public var isPrimary: Bool

        /// An address; verified and primary unless said otherwise.
        public init(_ address: String, isVerified: Bool = true, isPrimary: Bool = true) {
            self.address = address
            self.isVerified = isVerified
            self.isPrimary = isPrimary
        }
    }

    /// Short name for forms and `login_hint`, for example `ada`. Never shown to a client.
    public var id: String
    /// Numeric identifier, for the vendors that use one. Identifiers of other shapes are derived from it.
    public var number: Int64
    /// Handle, for example `ada-lovelace`. A person may change it, so it identifies nobody.
    public var username: String
    /// Full name as the person writes it.
    public var name: String
    /// Full name in Latin letters.
    public var latinName: String
    /// Addresses in the order in which a vendor lists them.
    public var emails: [Email]
    /// Whether vendors with a `unionid` give one for this person.
    public var hasUnionID: Bool
    /// Whether the person belongs to the company, for vendors whose accounts are a company's.
    public var isMember: Bool
    /// One sentence that says what is special about this person in a test.
    public var note: String

    /// Describes somebody.
    public init(
        id: String, number: Int64, username: String, name: String, latinName: String? = nil, emails: [Email] = [],
        hasUnionID: Bool = true, isMember: Bool = true, note: String = ""
    ) {
        self.id = id
        self.number = number
        self.username = username
        self.name = name
        self.latinName = latinName ?? name
        self.emails = emails
        self.hasUnionID = hasUnionID
        self.isMember = isMember
        self.note = note
    }

    /// The people that a simulator knows unless told otherwise.
    public static let everybody: [Person] = [
        Person(
            id: "ada", number: 1815, username: "ada-lovelace", name: "Ada Lovelace",
            emails: [Email("ada@example.com")], note: "One verified email."),
        Person(
            id: "lilei", number: 20_481_024, username: "lilei", name: "李雷", latinName: "Lei Li",
            emails: [Email("lilei@example.cn")], note: "A Chinese name and a unionid."),
        Person(
            id: "sam", number: 4077, username: "sam", name: "Sam", hasUnionID: false,
            note: "No email and no unionid."),
        Person(
            id: "uma", number: 5150, username: "uma", name: "Uma Unverified",
            emails: [Email("uma@example.com", isVerified: false)], note: "An unverified email."),
        Person(
            id: "mei", number: 6502, username: "mei", name: "Mei Tanaka",
            emails: [
                Email("mei.old@example.net", isVerified: false, isPrimary: false), Email("mei@example.com"),
                Email("mei.work@example.org", isPrimary: false),
            ], note: "Three emails; the first is neither verified nor primary."),
        Person(
            id: "ivy", number: 9_007_199_254_740_993_123, username: "ivy", name: "Ivy Largenumber",
            emails: [Email("ivy@example.com")], note: "A 19-digit numeric id."),
        Person(
            id: "noah", number: 7001, username: "noah", name: "Noah Visitor", emails: [Email("noah@example.com")],
            isMember: false, note: "Not a member of the company."),
    ]
}

extension Person {
    /// Somebody out of a crowd of a million, for tests that need many people: `person-1` is Person 1, with the verified
    /// email `person-1@example.com`.
    ///
    /// - Parameter id: `person-` and a number from 1 to 1000000 in plain decimal digits; nil for any other text.
    init?(outOfCrowd id: String) {
        let prefix = "person-"
        guard id.hasPrefix(prefix), let place = Int64(id.dropFirst(prefix.count)), (1...1_000_000).contains(place),
            id == "\(prefix)\(place)"
        else { return nil }
        self.init(
            id: id, number: 5_000_000_000 + place, username: id, name: "Person \(place)",
            emails: [Email("\(id)@example.com")], note: "One of a crowd.")
    }

    /// The address the person chose, or the first.
    var primaryEmail: Email? {
        emails.first { $0.isPrimary } ?? emails.first
    }

    /// This person as somebody who gives no email.
    var withoutEmail: Person {
        var person = self
        person.emails = []
        return person
    }

    /// Identifier for one client of a vendor, in the shape of an openid.
    func openID(dialect: String, clientID: String) -> String {
        Digest.identifier("openid", dialect, clientID, String(number), prefix: "o", length: 28)
    }

    /// Identifier that is the same for all clients of one company.
    func unionID(family: String) -> String? {
        hasUnionID ? Digest.identifier("unionid", family, String(number), prefix: "o", length: 28) : nil
    }

    /// First word of the name in Latin letters.
    var givenName: String {
        latinName.split(separator: " ").first.map(String.init) ?? latinName
    }

    /// Last word of the name in Latin letters, where there are two.
    var familyName: String? {
        let words = latinName.split(separator: " ")
        return words.count > 1 ? words.last.map(String.init) : nil
    }

    /// Address of a picture, on a host that exists nowhere.
    func picture(_ size: Int = 128) -> String {
        "https://avatars.example/\(id)/\(size).png"
    }
}
