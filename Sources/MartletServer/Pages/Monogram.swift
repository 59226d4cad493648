/// The one or two characters that stand for a name where there is no picture.
struct Monogram: Sendable, Equatable {
    /// The characters: two letters or digits, one letter, one Han character, or a bullet when the name has none.
    let text: String

    /// Whether the characters are as wide as they are high, as Han, kana and Hangul are.
    let isFullWidth: Bool

    /// Takes the initials of the first and last word of a person's name: `Ada Lovelace` gives `AL`, `王小明` gives `王`.
    init(person name: String) {
        let words = Self.words(of: name)
        self.init(words.first?.first, words.count > 1 ? words.last?.first : nil)
    }

    /// Takes the initials of the first two words of a provider's name, where a capital after a small letter also
    /// begins a word: `GitHub` gives `GH`, `Login.gov` gives `LG`. A name of two letters stands whole: `QQ`.
    init(provider name: String) {
        let words = Self.words(of: name)
        guard let word = words.first else {
            self.init(nil, nil)
            return
        }
        if word.count == 2, words.count == 1 {
            self.init(word[0], word[1])
            return
        }
        let hump = zip(word, word.dropFirst()).first { $0.properties.isLowercase && $1.properties.isUppercase }?.1
        self.init(word.first, hump ?? (words.count > 1 ? words[1].first : nil))
    }

    /// Two characters go together only where both are of a script with letter case or are digits; others are either
    /// too wide, or change their shape beside each other.
    private init(_ first: Unicode.Scalar?, _ second: Unicode.Scalar?) {
        guard let first else {
            (text, isFullWidth) = ("•", false)
            return
        }
        var letters = Self.capital(first)
        if let second, Self.pairs(first), Self.pairs(second) {
            letters += Self.capital(second)
        }
        text = letters
        isFullWidth = Self.fullWidthScripts.contains { $0.contains(first.value) }
    }

    /// The words as their letters and digits. Marks and format characters end no word and belong to none.
    private static func words(of name: String) -> [[Unicode.Scalar]] {
        var words: [[Unicode.Scalar]] = [[]]
        for scalar in name.prefix(100).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber:
                words[words.count - 1].append(scalar)
            case .nonspacingMark, .spacingMark, .enclosingMark, .format, .modifierLetter: break
            default: words.append([])
            }
        }
        return words.filter { !$0.isEmpty }
    }

    private static func pairs(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isCased || scalar.properties.generalCategory == .decimalNumber
    }

    /// The capital form, or the scalar itself where the capital is more than one letter (`ß`).
    private static func capital(_ scalar: Unicode.Scalar) -> String {
        let mapped = scalar.properties.uppercaseMapping
        return mapped.unicodeScalars.count == 1 ? mapped : String(scalar)
    }

    /// Hangul Jamo, kana and the Han blocks up to the supplementary ideographs, and Hangul syllables.
    private static let fullWidthScripts: [ClosedRange<UInt32>] = [
        0x1100...0x11FF, 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x2_0000...0x3_FFFF,
    ]
}
