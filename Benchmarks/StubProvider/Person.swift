import FoundationEssentials

/// The people of the provider, who are numbers.
enum Person {
    /// A person's claims, the members of a JSON object: by the names of OpenID Connect, and by those of others.
    static func claims(_ number: Int) -> String {
        """
        "sub":"\(number)","id":\(number),"login":"person-\(number)","preferred_username":"person-\(number)",\
        "name":"Person \(number)","email":"person-\(number)@example.com","email_verified":true,\
        "avatar_url":"https://images.example/people/\(number)?v=4","picture":"https://images.example/people/\(number)?v=4",\
        "html_url":"https://id.example/person-\(number)","type":"User","company":null,"location":"Nantes","bio":null,\
        "public_repos":14,"followers":31,"following":8,"created_at":"2020-07-14T09:31:12Z",\
        "updated_at":"2025-11-02T16:20:47Z"
        """
    }
}

/// Base64 with padding (RFC 4648 §4), as HTTP's basic authentication uses it.
enum Base64 {
    /// The text of an encoding; nil if it is not one.
    static func decode(_ text: some StringProtocol) -> String? {
        Data(base64Encoded: String(text)).map { String(decoding: $0, as: UTF8.self) }
    }
}
