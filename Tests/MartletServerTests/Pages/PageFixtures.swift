import FoundationEssentials
import MartletHummingbird

@testable import MartletServer

/// Page models for the tests, in which every text is the same hostile or harmless one.
struct PageFixtures {
    /// Tries to leave element content and every kind of attribute. The mark after each quotation mark combines with
    /// it to one character.
    static let hostile = "<script>alert(1)</script>\"\u{301} onerror='x'\u{301}<\u{301}&"

    /// 2026-11-21 14:05:09 UTC.
    static let moment = Date(timeIntervalSince1970: 1_795_269_909)

    var text = "Ada"
    var avatar: String? = "https://images.example/ada.png"

    var person: SignedInPerson {
        SignedInPerson(name: text, email: "\(text)@example.com", emailVerified: true, avatar: avatar)
    }

    var button: ProviderButton {
        ProviderButton(
            id: text, name: text, iconURL: "/auth/assets/icons/\(text).svg",
            authorizeURL: "/api/auth/oauth/\(text)/authorize")
    }

    func login(
        _ notice: Notice? = nil, signedIn: Bool = false, hasProviders: Bool = true, pending: Bool = false
    ) -> LoginPage {
        LoginPage(
            productName: text, providers: hasProviders ? [button] : [], notice: notice,
            signedIn: signedIn ? person : nil,
            pendingLink: pending ? PendingLink(providerName: text, token: text) : nil)
    }

    func profile(
        _ notice: Notice? = nil, bindings: [BindingRow]? = nil, linkable: [ProviderButton]? = nil,
        sessions: [SessionRow]? = nil
    ) -> ProfilePage {
        ProfilePage(
            productName: text, person: person, bindings: bindings ?? [binding], linkable: linkable ?? [button],
            sessions: sessions ?? [session(isCurrent: true), session(isCurrent: false)],
            sessionExpiresAt: Self.moment, notice: notice)
    }

    func session(isCurrent: Bool, userAgent: String? = nil) -> SessionRow {
        SessionRow(
            id: text, userAgent: userAgent ?? text, address: text, since: Self.moment, isCurrent: isCurrent)
    }

    var link: LinkPage {
        LinkPage(productName: text, person: person, provider: button)
    }

    var binding: BindingRow {
        BindingRow(
            providerID: text, providerName: text, iconURL: "/auth/assets/icons/\(text).svg", username: text,
            email: "\(text)@example.com", emailVerified: true, avatar: avatar, boundAt: Self.moment)
    }

    var error: ErrorPage {
        ErrorPage(code: .notFound, requestID: text, productName: text)
    }

    /// Every page in every state, in every language.
    func allDocuments() throws -> [String] {
        let renderer = try PageRenderer()
        let notices: [Notice?] = [
            nil, .signedIn, .bound, .unbound(providerName: text), .sessionEnded, .otherSessionsEnded, .accountDeleted,
            .signedOut(next: ProviderLogout(providerName: text, url: text)), .pendingBinding(providerName: text),
            .flowRefused(code: text),
            .flowRefused(code: "RATE_LIMITED"), .refused(code: text), .refused(code: "OAUTH_LAST_BIND"),
        ]
        return PageLanguage.allCases.flatMap { language in
            notices.flatMap { notice in
                [
                    renderer.login(login(notice), language: language),
                    renderer.login(login(notice, signedIn: true), language: language),
                    renderer.login(login(notice, pending: true), language: language),
                    renderer.login(login(notice, signedIn: true, pending: true), language: language),
                    renderer.login(login(notice, hasProviders: false), language: language),
                    renderer.profile(profile(notice), language: language),
                    renderer.profile(profile(notice, bindings: [binding, binding]), language: language),
                    renderer.profile(profile(notice, bindings: [], linkable: [], sessions: []), language: language),
                ]
            } + [renderer.link(link, language: language), renderer.error(error, language: language)]
        }
    }
}
