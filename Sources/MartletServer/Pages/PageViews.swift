import FoundationEssentials
import HTTPTypes
import Martlet
import MartletHummingbird

// What the templates read: the page models with every decision taken. A template looks up the names of stored
// properties; inside a section it writes `{{.name}}`, so that a value missing there is not taken from further out.

/// What every page has.
struct FrameView {
    let language: String
    let title: String
    let product: String?
    /// The script for popups, only where a flow may have ended.
    let script: String?

    init(title: String, product: String?, language: PageLanguage, isLanding: Bool = false) {
        script = isLanding ? PagePaths.standard.landingScript : nil
        self.language = language.tag
        self.product = product?.nonBlank
        self.title = [title, self.product].compactMap(\.self).joined(separator: " · ")
    }
}

/// A notice at the top of a page.
struct NoticeView {
    let isError: Bool
    let isInfo: Bool
    let isSuccess: Bool
    let text: String
    let advice: String?
    /// The contract's error code, only where it is a known one.
    let code: String?
    /// What may be done next.
    let action: NoticeLink?

    /// Nil where the notice would contradict who is signed in.
    init?(_ notice: Notice?, isSignedIn: Bool, strings: PageStrings) {
        switch notice {
        case .signedIn where isSignedIn: self.init(text: strings.noticeSignedIn)
        case .bound where isSignedIn: self.init(text: strings.noticeBound)
        case .unbound(let provider) where isSignedIn: self.init(text: strings.noticeUnbound(provider))
        case .sessionEnded where isSignedIn: self.init(text: strings.noticeSessionEnded)
        case .otherSessionsEnded where isSignedIn: self.init(text: strings.noticeOtherSessionsEnded)
        case .accountDeleted where !isSignedIn: self.init(text: strings.noticeAccountDeleted)
        case .signedOut(let next) where !isSignedIn:
            self.init(text: strings.noticeSignedOut, action: next.map { NoticeLink($0, strings: strings) })
        case .pendingBinding(let providerName) where !isSignedIn:
            let message = strings.noticePendingBinding(providerName)
            self.init(.info, text: message.text, advice: message.advice)
        case .flowRefused(let code), .refused(let code):
            let known = AuthErrorCode(rawValue: code)
            let problem = strings.problems[known]
            self.init(.error, text: problem.cause, advice: problem.advice, code: known?.rawValue)
        case .signedIn, .bound, .unbound, .sessionEnded, .otherSessionsEnded, .accountDeleted, .signedOut,
            .pendingBinding, nil:
            return nil
        }
    }

    /// Whether a flow ends with this notice, so that a popup may close.
    static func endsFlow(_ notice: Notice?) -> Bool {
        switch notice {
        case .signedIn, .bound, .flowRefused: true
        default: false
        }
    }

    private enum Kind {
        case error, info, success
    }

    private init(
        _ kind: Kind = .success, text: String, advice: String? = nil, code: String? = nil, action: NoticeLink? = nil
    ) {
        (isError, isInfo, isSuccess) = (kind == .error, kind == .info, kind == .success)
        (self.text, self.advice, self.code, self.action) = (text, advice, code, action)
    }
}

/// A link in a notice.
struct NoticeLink {
    let text: String
    let url: String

    init(_ logout: ProviderLogout, strings: PageStrings) {
        (text, url) = (strings.signOutAtProvider(logout.providerName), logout.url)
    }
}

/// An email address and the mark beside it.
struct EmailView {
    let address: String
    let isVerified: Bool
    let isPrivateRelay: Bool

    init?(_ address: String?, isVerified: Bool) {
        guard let address = address?.nonBlank else { return nil }
        (self.address, self.isVerified) = (address, isVerified)
        isPrivateRelay = Email(address, isVerified: isVerified)?.isPrivateRelay ?? false
    }
}

/// The person who is signed in.
struct PersonView {
    let name: String
    let email: EmailView?
    let initials: String
    let image: String?

    init(_ person: SignedInPerson, strings: PageStrings) {
        let known = person.name.nonBlank ?? person.email?.nonBlank
        name = known ?? strings.unnamed
        initials = Monogram(person: known ?? "").text
        image = AvatarSource(person.avatar)?.url
        // The address is not told twice when it stands in for the name.
        email = person.name.nonBlank == nil ? nil : EmailView(person.email, isVerified: person.emailVerified)
    }
}

/// A provider's button.
struct ProviderView {
    let id: String
    let name: String
    let label: String
    let icon: String
    let url: String

    init(_ button: ProviderButton, label: String) {
        (id, name, icon, url) = (button.id, button.name, button.iconURL, button.authorizeURL)
        self.label = label
    }
}

/// The offer to link an account that waits for it.
struct LinkOfferView {
    let text: String
    let button: String
    let token: String

    init(_ pending: PendingLink, strings: AccountStrings) {
        text = strings.offerText
        button = strings.offerButton(pending.providerName)
        token = pending.token
    }
}

/// What the sign-in page's template reads.
struct LoginView {
    let t: PageStrings
    let paths = PagePaths.standard
    let frame: FrameView
    let heading: String
    let lead: String
    let notice: NoticeView?
    let person: PersonView?
    let offer: LinkOfferView?
    let providers: [ProviderView]
    let passwordStays: String?

    init(_ page: LoginPage, language: PageLanguage) {
        let strings = PageStrings.strings(for: language)
        let isSignedIn = page.signedIn != nil
        t = strings
        heading = Self.heading(page, strings)
        frame = FrameView(
            title: heading, product: page.productName, language: language,
            isLanding: page.pendingLink == nil && NoticeView.endsFlow(page.notice))
        notice = NoticeView(page.notice, isSignedIn: isSignedIn, strings: strings)
        person = page.signedIn.map { PersonView($0, strings: strings) }
        offer = isSignedIn ? page.pendingLink.map { LinkOfferView($0, strings: strings.account) } : nil
        if let pending = page.pendingLink, notice?.isError == true {
            lead = strings.account.pendingLead(pending.providerName)
        } else {
            lead = strings.chooseProvider
        }
        providers = page.providers.map { ProviderView($0, label: strings.continueWith($0.name)) }
        passwordStays = page.productName.nonBlank.map(strings.passwordStays)
    }

    private static func heading(_ page: LoginPage, _ strings: PageStrings) -> String {
        guard page.signedIn != nil else { return strings.signIn }
        return page.pendingLink.map { strings.account.offerTitle($0.providerName) } ?? strings.signedIn
    }
}

/// What the template of the page reads that asks whether to link an account.
struct LinkView {
    let t: PageStrings
    let paths = PagePaths.standard
    let frame: FrameView
    let heading: String
    let text: String
    let person: PersonView
    let provider: ProviderView

    init(_ page: LinkPage, language: PageLanguage) {
        let strings = PageStrings.strings(for: language)
        t = strings
        heading = strings.account.confirmTitle(page.provider.name)
        frame = FrameView(title: heading, product: page.productName, language: language)
        person = PersonView(page.person, strings: strings)
        text = strings.account.confirmText(page.provider.name, person.name)
        provider = ProviderView(page.provider, label: strings.account.linkNamed(page.provider.name))
    }
}

/// What the error page's template reads.
struct ErrorView {
    let t: PageStrings
    let paths = PagePaths.standard
    let frame: FrameView
    let errorLine: String
    let problem: Problem
    let code: String
    let requestID: String?

    init(_ page: ErrorPage, language: PageLanguage) {
        let strings = PageStrings.strings(for: language)
        t = strings
        problem = strings.problems[page.code]
        frame = FrameView(title: problem.title, product: page.productName, language: language)
        errorLine = strings.errorLine(page.code.status.code)
        code = page.code.rawValue
        requestID = page.requestID.nonBlank
    }
}

extension String {
    /// The text, or nil when nothing in it can be seen.
    var nonBlank: String? {
        let isBlank = unicodeScalars.allSatisfy {
            $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
                || $0.properties.generalCategory == .control
        }
        return isBlank ? nil : self
    }
}
