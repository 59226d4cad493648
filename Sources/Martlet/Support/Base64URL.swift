/// URL-safe base64 without padding (RFC 4648 §5), the encoding of PKCE, JOSE and states.
public enum Base64URL {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    /// Encodes bytes; the result holds only `A–Z a–z 0–9 - _`.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        encode(Array(bytes))
    }

    /// Encodes bytes; the result holds only `A–Z a–z 0–9 - _`.
    public static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = alphabet.utf8Start
        let length = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: length) { text in
            bytes.withUnsafeBufferPointer { bytes in
                var pending: UInt32 = 0
                var pendingBits: UInt32 = 0
                var next = 0
                for byte in bytes {
                    pending = pending << 8 | UInt32(byte)
                    pendingBits += 8
                    while pendingBits >= 6 {
                        pendingBits -= 6
                        text[next] = alphabet[Int(pending >> pendingBits & 63)]
                        next += 1
                    }
                }
                if pendingBits > 0 { text[next] = alphabet[Int(pending << (6 - pendingBits) & 63)] }
            }
            return length
        }
    }

    /// Decodes strictly: padding, white space and characters of the other alphabet are refused, and so is a last character
    /// with bits that no byte takes (RFC 4648 §3.5), so that no two texts stand for the same bytes.
    ///
    /// - Returns: the bytes, or nil if the text is not what encoding makes of any.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(String(text))
    }

    /// Decodes strictly: see the same for any kind of text.
    public static func decode(_ text: String) -> [UInt8]? {
        let text = Array(text.utf8)
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 2)
        var pending: UInt32 = 0
        var pendingBits = 0
        for character in text {
            guard let six = value(of: character) else { return nil }
            pending = pending << 6 | six
            pendingBits += 6
            guard pendingBits >= 8 else { continue }
            pendingBits -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> pendingBits))
            pending &= (1 << pendingBits) - 1
        }
        return pending == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
