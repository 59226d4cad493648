import Martlet

/// A language that the catalogue is described in.
public enum GuideLanguage: String, CaseIterable, Sendable {
    /// English.
    case english = "en"
    /// Chinese in simplified characters.
    case simplifiedChinese = "zh-Hans"

    /// The language of a terminal: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, if it names one that
    /// there is; else English.
    public init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let tag = locale.prefix { $0 != "." && $0 != "@" }.lowercased()
        self = ["zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn"].contains(tag) ? .simplifiedChinese : .english
    }

    var strings: GuideStrings {
        switch self {
        case .english: .english
        case .simplifiedChinese: .simplifiedChinese
        }
    }

    /// A provider's name.
    func name(of provider: Provider) -> String {
        provider.localizedNames[rawValue] ?? provider.name
    }
}
