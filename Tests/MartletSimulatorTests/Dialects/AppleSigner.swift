import Crypto
import Foundation

/// Makes client secrets for Apple, good ones and others, with a key of its own.
struct AppleSigner {
    /// What differs from a good secret; `null` leaves a member out.
    struct Flaw: Sendable {
        var header: [String: Value] = [:]
        var claims: [String: Value] = [:]
        /// Stands for the whole secret.
        var text: String?
        var isUnsigned = false
    }

    static let now: Int64 = 1_800_000_000

    static let flaws: [Flaw] = [
        Flaw(text: "wrong"), Flaw(text: "a.b.c"), Flaw(header: ["alg": "RS256"]), Flaw(header: ["alg": "none"]),
        Flaw(header: ["kid": .null]), Flaw(claims: ["iss": .null]), Flaw(claims: ["sub": "other"]),
        Flaw(claims: ["aud": "https://apple.example"]), Flaw(claims: ["exp": .number(now)]),
        Flaw(claims: ["exp": .number(now + 15_777_001)]), Flaw(claims: ["exp": .null]),
        Flaw(claims: ["iat": .number(now + 1)]), Flaw(claims: ["iat": .null]),
        Flaw(isUnsigned: true),
    ]

    private let key = P256.Signing.PrivateKey()

    /// What `PUT /simulator/apple/clients/{clientID}` takes.
    var registration: String {
        let point = key.publicKey.rawRepresentation
        let (x, y) = (Self.encode(point.prefix(32)), Self.encode(point.suffix(32)))
        return """
            {"teamID":"TEAM123456","keyID":"KEY1234567",\
            "publicKey":{"kty":"EC","crv":"P-256","x":"\(x)","y":"\(y)"}}
            """
    }

    /// A secret of the client `app`, good for half a year.
    func secret(_ flaw: Flaw = Flaw()) throws -> String {
        if let text = flaw.text { return text }
        let header: [String: Value] = ["alg": "ES256", "kid": "KEY1234567"]
        let claims: [String: Value] = [
            "iss": "TEAM123456", "sub": "app", "aud": "https://appleid.apple.com", "iat": .number(Self.now),
            "exp": .number(Self.now + 15_777_000),
        ]
        let input = Self.part(header, flaw.header) + "." + Self.part(claims, flaw.claims)
        if flaw.isUnsigned { return input + "." }
        return input + "." + Self.encode(try key.signature(for: Data(input.utf8)).rawRepresentation)
    }

    private static func part(_ members: [String: Value], _ change: [String: Value]) -> String {
        let texts = members.merging(change) { $1 }.compactMap { name, value -> String? in
            switch value {
            case .string(let text): "\"\(name)\":\"\(text)\""
            case .number(let number): "\"\(name)\":\(number)"
            default: nil
            }
        }
        return encode(Data(("{" + texts.joined(separator: ",") + "}").utf8))
    }

    private static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}

extension Answer {
    /// Names and values of the hidden fields of a page's form.
    var hiddenFields: [String: String] {
        var fields: [String: String] = [:]
        for match in text.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/) {
            var value = String(match.2)
            for (escape, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            {
                value = value.replacingOccurrences(of: escape, with: character)
            }
            fields[String(match.1)] = value
        }
        return fields
    }
}
