#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The colour of a tile, in the sRGB space.
struct TileColour: Sendable, Equatable {
    /// Red, green and blue, 0 to 255 each.
    let red: UInt8, green: UInt8, blue: UInt8

    /// The grey of a provider that has no colour of its own.
    static let neutral = TileColour(red: 0x4B, green: 0x55, blue: 0x63)

    private init(red: UInt8, green: UInt8, blue: UInt8) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Reads `#rrggbb`, nil for any other form.
    init?(hex: String) {
        let bytes = Array(hex.utf8)
        guard bytes.count == 7, bytes[0] == UInt8(ascii: "#") else { return nil }
        let digits = bytes.dropFirst().compactMap(Self.value(ofHexDigit:))
        guard digits.count == 6 else { return nil }
        (red, green, blue) = (digits[0] * 16 + digits[1], digits[2] * 16 + digits[3], digits[4] * 16 + digits[5])
    }

    /// The colour as `#rrggbb`, in small letters.
    var hex: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The colour of text on it: pure black or pure white, whichever differs more. One of the two always reaches a
    /// contrast of 4.5 (WCAG 2.2, 1.4.3), which no softer pair does.
    var ink: String {
        contrast(toLuminance: 1) >= contrast(toLuminance: 0) ? "#ffffff" : "#000000"
    }

    /// The contrast ratio to a colour of the given relative luminance, 1 to 21 (WCAG 2.2, "contrast ratio").
    func contrast(toLuminance other: Double) -> Double {
        (max(luminance, other) + 0.05) / (min(luminance, other) + 0.05)
    }

    /// The relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    private static func linear(_ channel: UInt8) -> Double {
        let value = Double(channel) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    private static func value(ofHexDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
