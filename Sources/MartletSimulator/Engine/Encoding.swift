import Crypto
import FoundationEssentials

/// base64url without padding (RFC 4648 section 5).
enum Base64URL {
    /// The text of these bytes.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for character in Data(bytes).base64EncodedString() {
            switch character {
            case "+": text.append("-")
            case "/": text.append("_")
            case "=": break
            default: text.append(character)
            }
        }
        return text
    }

    /// The bytes of this text; `nil` where it has padding, or is not base64url at all.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.contains(where: { "+/=".contains($0) }) else { return nil }
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: String(standard) + padding).map(Array.init)
    }
}

/// SHA-256, as bytes and as identifiers that look like a vendor's.
enum Digest {
    /// SHA-256 of a text.
    static func sha256(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(text.utf8)))
    }

    /// A stable identifier of letters and digits, the same for the same parts.
    static func identifier(_ parts: String..., prefix: String, length: Int) -> String {
        let text = Base64URL.encode(sha256(parts.joined(separator: "\u{1F}")))
        return prefix + text.prefix(max(0, length - prefix.count))
    }

    /// A stable identifier in upper-case hexadecimal.
    static func hexadecimal(_ parts: String..., length: Int) -> String {
        let bytes = sha256(parts.joined(separator: "\u{1F}"))
        let text = bytes.map { byte in
            let hex = String(byte, radix: 16, uppercase: true)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
        return String(text.prefix(length))
    }
}
