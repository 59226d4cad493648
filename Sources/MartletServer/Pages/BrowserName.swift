/// A browser and the system it runs on in a few words, guessed from a `User-Agent` (RFC 9110, section 10.1.5).
///
/// A hint by which people tell their sessions apart; browsers say there what they like.
struct BrowserName: Sendable, Equatable {
    /// The browser, such as `Firefox`; nil where it is not a known one.
    let browser: String?
    /// The operating system or device, such as `Windows` or `iPhone`; nil where it is not a known one.
    let system: String?

    init(userAgent: String?) {
        let text = userAgent ?? ""
        browser = Self.browsers.first { text.contains($0.mark) }?.name
        system = Self.systems.first { text.contains($0.mark) }?.name
    }

    /// The words for a page.
    func text(_ strings: AccountStrings) -> String {
        switch (browser, system) {
        case (let browser?, let system?): strings.browserOnSystem(browser, system)
        case (let known?, nil), (nil, let known?): known
        case (nil, nil): strings.unknownBrowser
        }
    }

    private typealias Mark = (mark: String, name: String)

    /// Browsers built on another one name that one too, so they come first.
    private static let browsers: [Mark] = [
        ("MicroMessenger/", "WeChat"), ("DingTalk/", "DingTalk"), ("Lark/", "Feishu"), ("QQBrowser/", "QQ Browser"),
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"),
        ("SamsungBrowser/", "Samsung Internet"), ("HuaweiBrowser/", "Huawei Browser"), ("YaBrowser/", "Yandex Browser"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"), ("curl/", "curl"),
    ]

    private static let systems: [Mark] = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"),
        ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ]
}
