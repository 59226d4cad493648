import Martlet

/// Where a browser goes when a flow has ended: a path of this site, or an address on an origin that is listed exactly.
///
/// There is no other way to make one, so every redirect out of the service passes this check.
public struct LandingURL: Hashable, Sendable {
    /// The address, safe for a `Location` header.
    public let text: String

    /// `/auth/login`
    public static let login: LandingURL = LandingURL(ownPath: "/auth/login")
    /// `/profile`
    public static let profile: LandingURL = LandingURL(ownPath: "/profile")

    /// A path of this site that is known when the program is written.
    public init(ownPath: StaticString) {
        text = "\(ownPath)"
    }

    /// Checks an address that came with a request.
    ///
    /// - Parameters:
    ///   - candidate: the address, after one decoding of the query.
    ///   - allowedOrigins: origins (`https://app.example.com`, without a slash at the end) besides this site's own paths.
    /// - Returns: nil for anything a browser might read as another site: `//evil`, `/\evil`, tabs, control characters,
    ///   other schemes, user information, look-alike hosts, and any of these hidden under percent-encodings.
    public init?(_ candidate: String, allowedOrigins: [String]) {
        guard !candidate.isEmpty, candidate.utf8.count <= 2048, candidate.utf8.allSatisfy(Self.isPlain) else {
            return nil
        }
        if candidate.hasPrefix("/") {
            guard Self.staysOnThisSite(candidate) else { return nil }
        } else {
            guard allowedOrigins.contains(where: { Self.isOn(origin: $0, candidate) }) else { return nil }
        }
        text = candidate
    }

    /// This address with a parameter added to its query.
    func adding(_ name: String, _ value: String) -> String {
        text.addingQuery([(name, value)])
    }

    private static func isOn(origin: String, _ candidate: String) -> Bool {
        guard candidate.hasPrefix(origin) else { return false }
        return switch candidate.dropFirst(origin.count).first {
        case nil, "/", "?", "#": true
        default: false
        }
    }

    /// A path is one whatever a reader unescapes in it: once, twice or three times. What follows a question mark leads nowhere
    /// else, but must not end a line of a header.
    private static func staysOnThisSite(_ candidate: String) -> Bool {
        let path = candidate.prefix { $0 != "?" && $0 != "#" }
        return isPath(String(path)) && endsNoLine(String(candidate.dropFirst(path.count)))
    }

    private static func endsNoLine(_ query: String) -> Bool {
        var reading = Array(query.utf8)
        for _ in 0..<4 {
            guard reading.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
            let unescaped = unescaped(reading)
            if unescaped == reading { return true }
            reading = unescaped
        }
        return false
    }

    /// Bytes with what is percent-encoded in them decoded, and what is not well encoded as it is.
    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(FormEncoding.hexValue),
                let low = rest.dropFirst().first.flatMap(FormEncoding.hexValue)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func isPath(_ path: String) -> Bool {
        var reading = path
        for _ in 0..<4 {
            let second = reading.dropFirst().first
            guard reading.hasPrefix("/"), second != "/", second != "\\",
                reading.utf8.allSatisfy({ isPlain($0) || $0 >= 0x80 || $0 == 0x20 })
            else { return false }
            guard let decoded = FormEncoding.percentDecode(reading, plusIsSpace: false) else { return false }
            if decoded == reading { return true }
            reading = decoded
        }
        return false
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\")
    }
}
