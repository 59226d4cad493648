/// `application/x-www-form-urlencoded`, the encoding of query strings and token requests (RFC 6749 appendix B).
public enum FormEncoding {
    /// Encodes pairs in their order; everything but the unreserved characters of RFC 3986 is percent-encoded.
    public static func encode(_ pairs: [(name: String, value: String)]) -> String {
        var longest = 0
        for (name, value) in pairs { longest += 3 * (name.utf8.count + value.utf8.count) + 2 }
        return String(unsafeUninitializedCapacity: longest) { text in
            var end = 0
            for (name, value) in pairs {
                if end > 0 { append(UInt8(ascii: "&"), to: text, &end) }
                appendEncoded(name, keeping: isUnreserved, to: text, &end)
                append(UInt8(ascii: "="), to: text, &end)
                appendEncoded(value, keeping: isUnreserved, to: text, &end)
            }
            return end
        }
    }

    /// Percent-encodes everything but the unreserved characters `A–Z a–z 0–9 - . _ ~`.
    public static func percentEncode(_ text: String) -> String {
        percentEncode(text, keeping: isUnreserved)
    }

    /// Percent-encodes the bytes of a text that need not be kept. Those above 127 may not be.
    package static func percentEncode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        String(unsafeUninitializedCapacity: 3 * text.utf8.count) { encoded in
            var end = 0
            appendEncoded(text, keeping: isKept, to: encoded, &end)
            return end
        }
    }

    private static func appendEncoded(
        _ text: String, keeping isKept: (UInt8) -> Bool, to encoded: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes {
                if isKept(byte) {
                    append(byte, to: encoded, &end)
                } else {
                    append(UInt8(ascii: "%"), to: encoded, &end)
                    append(hexDigit(byte >> 4), to: encoded, &end)
                    append(hexDigit(byte & 15), to: encoded, &end)
                }
            }
        }
    }

    private static func append(_ byte: UInt8, to text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int) {
        text[end] = byte
        end += 1
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// Decodes `a=1&b=2` in its order, `+` meaning a space.
    ///
    /// - Returns: the pairs, or nil if a percent-encoding is malformed or the bytes are not UTF-8.
    public static func decode(_ text: String) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for part in Array(text.utf8).split(separator: UInt8(ascii: "&")) {
            let end = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            guard let name = percentDecode(part[..<end], plusIsSpace: true),
                let value = percentDecode(part[end...].dropFirst(), plusIsSpace: true)
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    /// Decodes percent-encodings, and `+` as a space when `plusIsSpace`.
    ///
    /// - Returns: the text, or nil if an encoding is malformed or the bytes are not UTF-8.
    public static func percentDecode(_ text: some StringProtocol, plusIsSpace: Bool = true) -> String? {
        percentDecode(Array(String(text).utf8)[...], plusIsSpace: plusIsSpace)
    }

    private static func percentDecode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexValue), let low = iterator.next().flatMap(hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(utf8: bytes)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// The value of a hexadecimal digit, given as ASCII; nil for anything else.
    package static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension String {
    /// This URL with query parameters added, before its fragment if it has one.
    package func addingQuery(_ pairs: [(name: String, value: String)]) -> String {
        guard !pairs.isEmpty else { return self }
        let end = utf8.firstIndex(of: UInt8(ascii: "#")) ?? endIndex
        let base = self[..<end]
        let separator =
            switch base.utf8.last {
            case UInt8(ascii: "?"), UInt8(ascii: "&"): base.utf8.contains(UInt8(ascii: "?")) ? "" : "?"
            default: base.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
            }
        return base + separator + FormEncoding.encode(pairs) + self[end...]
    }
}
