/// A language that the pages are written in.
enum PageLanguage: String, CaseIterable, Sendable {
    /// English; also the answer to every request that asks for no language the pages have.
    case english = "en"

    /// Chinese in simplified characters.
    case simplifiedChinese = "zh-Hans"

    /// Chooses the language for a request by the quality values of its `Accept-Language` field
    /// (RFC 9110, section 12.5.4).
    ///
    /// Among the ranges that name a language of the pages the highest quality wins, and of equals the first. A field
    /// that is absent or breaks the grammar gives English, so a page can always be shown.
    init(acceptLanguage: String?) {
        let ranges = acceptLanguage.flatMap(LanguageRange.list(parsing:)) ?? []
        var best: (language: PageLanguage, weight: Int)?
        for range in ranges where range.weight > (best?.weight ?? 0) {
            if let language = Self.matching(range.tag) {
                best = (language, range.weight)
            }
        }
        self = best?.language ?? .english
    }

    /// The tag for `<html lang>` and the `Content-Language` field (RFC 5646).
    var tag: String { rawValue }

    /// The language of the pages that a range names, if any.
    ///
    /// Traditional Chinese (`zh-TW`, `zh-Hant`) is not taken for simplified: its readers list plain `zh` when they
    /// accept both.
    private static func matching(_ tag: [Substring]) -> PageLanguage? {
        switch (tag.first, tag.dropFirst().first) {
        case ("*", _), ("en", _): .english
        case ("zh", nil), ("zh", "hans"), ("zh", "cn"), ("zh", "sg"): .simplifiedChinese
        default: nil
        }
    }
}

/// One member of an `Accept-Language` field: a language range and how much it is wanted.
private struct LanguageRange {
    /// The subtags, lowercased: `["zh", "cn"]`, or `["*"]`.
    let tag: [Substring]

    /// The quality in thousandths, 0 to 1000; 0 means "not acceptable".
    let weight: Int

    /// Reads a whole field, nil when any member breaks the grammar. Empty members are allowed (RFC 9110, 5.6.1.2).
    static func list(parsing field: String) -> [LanguageRange]? {
        var ranges: [LanguageRange] = []
        for member in field.utf8Lowercased.split(separator: ",") {
            let text = member.trimmingOptionalWhitespace
            if text.isEmpty { continue }
            guard let range = LanguageRange(parsing: text) else { return nil }
            ranges.append(range)
        }
        return ranges
    }

    private init?(parsing member: Substring) {
        let parts = member.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmingOptionalWhitespace)
        guard let range = parts.first, parts.count <= 2 else { return nil }
        let subtags = range.split(separator: "-", omittingEmptySubsequences: false)
        guard range == "*" || Self.isLanguageRange(subtags) else { return nil }
        tag = subtags
        if parts.count == 2 {
            guard let weight = Self.weight(parsing: parts[1]) else { return nil }
            self.weight = weight
        } else {
            weight = 1000
        }
    }

    /// `language-range` of RFC 4647, section 2.1: letters first, then letters and digits, each subtag 1 to 8 long.
    private static func isLanguageRange(_ subtags: [Substring]) -> Bool {
        subtags.enumerated().allSatisfy { index, subtag in
            (1...8).contains(subtag.utf8.count)
                && subtag.utf8.allSatisfy { $0.isLowercaseLetter || (index > 0 && $0.isDigit) }
        }
    }

    /// `q=` and a `qvalue` of RFC 9110, section 12.4.2: from 0 to 1 with at most three decimals.
    private static func weight(parsing parameter: Substring) -> Int? {
        guard parameter.hasPrefix("q=") else { return nil }
        let value = Array(parameter.utf8.dropFirst(2))
        guard let whole = value.first, whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return nil }
        guard value.count <= 5, value.count == 1 || value[1] == UInt8(ascii: ".") else { return nil }
        let decimals = value.dropFirst(2)
        guard decimals.allSatisfy(\.isDigit) else { return nil }
        var thousandths = Int(whole - UInt8(ascii: "0"))
        for place in 0..<3 {
            let digit = place < decimals.count ? decimals[decimals.startIndex + place] - UInt8(ascii: "0") : 0
            thousandths = thousandths * 10 + Int(digit)
        }
        return thousandths <= 1000 ? thousandths : nil
    }
}

extension UInt8 {
    fileprivate var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension String {
    /// Lowercases A to Z only: full case mapping would turn the Kelvin sign into a letter that the grammar allows.
    fileprivate var utf8Lowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }
}

extension Substring {
    /// Without the spaces and tabs around it (`OWS`, RFC 9110, section 5.6.3).
    fileprivate var trimmingOptionalWhitespace: Substring {
        var text = self
        while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }
}
