import FoundationEssentials
package import Martlet

/// Replaces what a recording must not show: secrets, codes, tokens, addresses, names and ids.
///
/// The same value is replaced by the same one everywhere. Ids and names keep their length and kind: a digit stays a digit,
/// a Han character a Han character. What is not known to be somebody's stays as it came, so a person reads a recording
/// before it is published.
package struct Redactor: Sendable {
    private var replacements: [String: String]
    private var addresses: [String: String] = [:]
    private let random: RandomSource

    /// Makes a redactor.
    ///
    /// - Parameter known: values and what stands for each.
    package init(known: [String: String], random: RandomSource = .system) {
        self.replacements = known.filter { !$0.key.isEmpty }
        self.random = random
    }

    /// Makes values of a person be replaced, each by one of its kind; of one or two characters, only under telling names.
    package mutating func hide(_ values: [String]) {
        for value in values where value.count > 2 { _ = replacement(for: value) }
    }

    // MARK: Texts

    /// A body, whatever its form: JSON, a form, or any other text.
    package mutating func redactBody(_ body: String) -> String {
        if let json = try? JSONValue(parsing: body.utf8), json.object != nil || json.array != nil {
            // Once for nothing: what stands before a name is replaced by what is drawn for it.
            _ = redact(json, key: "")
            return redact(json, key: "").serialized()
        }
        if body.contains("="), !body.contains(where: { $0.isWhitespace || $0 == "{" }),
            let pairs = FormEncoding.decode(body)
        {
            return FormEncoding.encode(pairs.map { ($0.name, redact(text: $0.value, key: $0.name)) })
        }
        // JSON in a call of a function, or behind a prefix.
        if let start = body.firstIndex(of: "{"), let end = body.lastIndex(of: "}"), start < end,
            let json = try? JSONValue(parsing: body[start...end].utf8)
        {
            let inside = redactBody(json.serialized())
            return body[..<start] + inside + body[end...].dropFirst()
        }
        return redact(free: body)
    }

    /// A text under a name: a parameter, or a member of an object.
    package mutating func redact(text: String, key: String) -> String {
        if let known = replacements[text] { return known }
        if let token = redactedJWT(text) { return token }
        if text.hasPrefix("{"), let json = try? JSONValue(parsing: text.utf8) {
            return redact(json, key: key).serialized()
        }
        if Email(text, isVerified: false) != nil { return address(text) }
        if Self.isID(key), text.contains("://") { return redact(free: text) }
        return Self.isPersonal(key) && text.count > 1 ? replacement(for: text) : redact(free: text)
    }

    /// A value under a name.
    package mutating func redact(_ value: JSONValue, key: String) -> JSONValue {
        switch value {
        case .object(let members):
            var redacted: [String: JSONValue] = [:]
            // In the order of their names: what is drawn at random depends on nothing else.
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                redacted[name] = redact(member, key: Self.isPersonal(key) && !Self.isPlain(name) ? key : name)
            }
            return .object(redacted)
        case .array(let elements):
            var redacted: [JSONValue] = []
            for element in elements { redacted.append(redact(element, key: key)) }
            return .array(redacted)
        case .string(let text): return .string(redact(text: text, key: key))
        case .number:
            let text = value.text ?? ""
            guard replacements[text] != nil || Self.isPersonal(key) && text.count >= 6 else { return value }
            return Decimal(string: replacement(for: text)).map { .number($0) } ?? value
        case .bool, .null: return value
        }
    }

    /// A text that may hold known values or addresses somewhere.
    private mutating func redact(free text: String) -> String {
        var text = text
        for (value, replacement) in replacements.sorted(by: { $0.key.count > $1.key.count })
        where value.count > 2 && text.contains(value) {
            text = Self.replace(value, by: replacement, in: text)
        }
        let matches = text.matches(of: /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/).map {
            String($0.output.0)
        }
        for found in matches where !addresses.values.contains(found) {
            text = text.replacing(found, with: address(found))
        }
        return text
    }

    /// Replaces a value where no letter or digit stands beside it.
    private static func replace(_ value: String, by replacement: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: value) {
            let before = rest[..<range.lowerBound].last ?? result.last
            let after = rest[range.upperBound...].first
            let isWhole = ![before, after].contains { $0.map { $0.isLetter || $0.isNumber } ?? false }
            result += rest[..<range.lowerBound]
            result += isWhole ? replacement : value
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    // MARK: Replacements

    private mutating func address(_ text: String) -> String {
        let key = text.lowercased()
        if let known = addresses[key] { return known }
        let replacement = "person\(addresses.count + 1)@example.com"
        addresses[key] = replacement
        return replacement
    }

    private mutating func replacement(for text: String) -> String {
        if let known = replacements[text] { return known }
        if Email(text, isVerified: false) != nil { return address(text) }
        let replacement = alike(text)
        replacements[text] = replacement
        return replacement
    }

    /// A text of the same length and kind; of a URL, scheme and host stay.
    private func alike(_ text: String) -> String {
        let fixed = text.hasPrefix("https://") || text.hasPrefix("http://") ? Self.origin(of: text).count : 0
        return text.prefix(fixed) + String(text.dropFirst(fixed).enumerated().map { alike($1, isFirst: $0 == 0) })
    }

    private func alike(_ character: Character, isFirst: Bool) -> Character {
        func draw(_ alphabet: String) -> Character {
            let letters = Array(alphabet)
            return letters[Int(random.bytes(1)[0]) % letters.count]
        }
        switch character {
        case "0"..."9": return draw(isFirst ? "123456789" : "0123456789")
        case _ where !character.isLetter: return character
        case "a"..."f": return draw("abcdef")
        case "A"..."F": return draw("ABCDEF")
        case _ where TextTable.width(of: String(character)) > 1: return draw("甲乙丙丁戊己庚辛壬癸")
        case _ where character.isUppercase: return draw(character.isASCII ? "GHIJKLMNOPQRSTUVWXYZ" : "ÀÉÎÖÜ")
        default: return draw(character.isASCII ? "ghijklmnopqrstuvwxyz" : "àéîöü")
        }
    }

    private static func origin(of url: String) -> Substring {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return url.prefix(parts.prefix(3).map(\.count).reduce(2, +))
    }

    /// A JWT with its claims redacted and its signature gone; nil for anything else.
    private mutating func redactedJWT(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            (try? JSONValue(parsing: header))?["alg"] != nil, let json = try? JSONValue(parsing: claims)
        else { return nil }
        let redacted = Base64URL.encode(Array(redact(json, key: "").serialized().utf8))
        return "\(parts[0]).\(redacted).\(Base64URL.encode(Array("redacted".utf8)))"
    }

    // MARK: Names

    /// Whether what is under such a name is somebody's or secret.
    static func isPersonal(_ key: String) -> Bool {
        let name = key.lowercased().filter { $0.isLetter }
        return (isID(key) || personal.contains { name.contains($0) }) && !isPlain(key)
    }

    private static func isID(_ key: String) -> Bool {
        key == "id" || ids.contains { key.hasSuffix($0) }
    }

    /// Whether what is under such a name is the protocol's.
    private static func isPlain(_ key: String) -> Bool {
        ["token_type", "tokenType", "token_use", "has_token", "id_token_signed_response_alg"].contains(key)
    }

    private static let ids: [String] = [
        "_id", "Id", "ID", "openid", "unionid", "userid", "uid", "hash", "sign", ".sig",
    ]

    private static let personal: [String] = [
        "token", "secret", "session", "ticket", "password", "phone", "mobile", "birth", "address", "name", "nick",
        "login", "avatar", "picture", "photo", "image", "figureurl", "signature", "verifier",
    ]
}
