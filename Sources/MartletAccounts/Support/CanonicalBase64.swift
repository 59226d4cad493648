import Martlet

/// URL-safe base64 in its one canonical form.
///
/// The last character of a base64 text may carry bits that decoding drops. Where a text is an id or is authenticated,
/// two texts for the same bytes would be two names for one thing, so only the one that encoding makes is accepted.
enum CanonicalBase64 {
    static func decode(_ text: String) -> [UInt8]? {
        guard let bytes = Base64URL.decode(text), Base64URL.encode(bytes) == text else { return nil }
        return bytes
    }

    static func decode(_ text: String, byteCount: Int) -> [UInt8]? {
        guard let bytes = decode(text), bytes.count == byteCount else { return nil }
        return bytes
    }
}
