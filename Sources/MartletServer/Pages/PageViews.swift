import FoundationEssentials
import HTTPTypes
import MartletHummingbird

// What the templates read: the page models with every decision taken. A template looks up the names of stored
// properties; inside a section it writes `{{.name}}`, so that a value missing there is not taken from further out.

/// What every page has.
struct FrameView {
    let language: String
    let title: String
    let product: String?

    init(title: String, product: String?, language: PageLanguage) {
        self.language = language.tag
        self.product = product?.nonBlank
        self.title = [title, self.product].compactMap(\.self).joined(separator: " · ")
    }
}

/// A notice at the top of a page.
struct NoticeView {
    let isError: Bool
    let text: String
    let advice: String?
    /// The contract's error code, only where it is a known one.
    let code: String?

    /// Nil where the notice would contradict who is signed in.
    init?(_ notice: Notice?, isSignedIn: Bool, strings: PageStrings) {
        switch notice {
        case .signedIn where isSignedIn: self.init(text: strings.noticeSignedIn)
        case .bound where isSignedIn: self.init(text: strings.noticeBound)
        case .signedOut where !isSignedIn: self.init(text: strings.noticeSignedOut)
        case .pendingBinding(let providerName):
            let message = strings.noticePendingBinding(providerName)
            self.init(text: message.text, advice: message.advice)
        case .error(let code):
            let known = AuthErrorCode(rawValue: code)
            let problem = strings.problems[known]
            self.init(isError: true, text: problem.cause, advice: problem.advice, code: known?.rawValue)
        case .signedIn, .bound, .signedOut, nil: return nil
        }
    }

    private init(isError: Bool = false, text: String, advice: String? = nil, code: String? = nil) {
        (self.isError, self.text, self.advice, self.code) = (isError, text, advice, code)
    }
}

/// An email address and the mark beside it.
struct EmailView {
    let address: String
    let isVerified: Bool

    init?(_ address: String?, isVerified: Bool) {
        guard let address = address?.nonBlank else { return nil }
        (self.address, self.isVerified) = (address, isVerified)
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
    let label: String
    let icon: String
    let url: String
}

/// What the sign-in page's template reads.
struct LoginView {
    let t: PageStrings
    let paths = PagePaths.standard
    let frame: FrameView
    let notice: NoticeView?
    let person: PersonView?
    let providers: [ProviderView]
    let passwordStays: String?

    init(_ page: LoginPage, language: PageLanguage) {
        let strings = PageStrings.strings(for: language)
        t = strings
        let title = page.signedIn == nil ? strings.signIn : strings.signedIn
        frame = FrameView(title: title, product: page.productName, language: language)
        notice = NoticeView(page.notice, isSignedIn: page.signedIn != nil, strings: strings)
        person = page.signedIn.map { PersonView($0, strings: strings) }
        providers = page.providers.map {
            ProviderView(id: $0.id, label: strings.continueWith($0.name), icon: $0.iconURL, url: $0.authorizeURL)
        }
        passwordStays = page.productName.nonBlank.map(strings.passwordStays)
    }
}

/// A person's name at a provider, and the picture beside it.
struct UsernameView {
    let name: String
    let image: String?
}

/// A linked account's row.
struct BindingView {
    let id: String
    let provider: String
    let icon: String
    let username: UsernameView?
    let email: EmailView?
    let boundAt: String
    let linkedSince: String

    init(_ row: BindingRow, language: PageLanguage, strings: PageStrings) {
        id = row.providerID
        provider = row.providerName
        icon = row.iconURL
        username = row.username?.nonBlank.map { UsernameView(name: $0, image: AvatarSource(row.avatar)?.url) }
        email = EmailView(row.email, isVerified: row.emailVerified)
        let time = PageTime(row.boundAt)
        boundAt = time.machineReadable
        linkedSince = strings.linkedSince(time.date(in: language))
    }
}

/// What the profile page's template reads.
struct ProfileView {
    let t: PageStrings
    let paths = PagePaths.standard
    let frame: FrameView
    let notice: NoticeView?
    let person: PersonView
    let bindings: [BindingView]
    let sessionEnds: String
    let sessionEndsAt: String

    init(_ page: ProfilePage, language: PageLanguage) {
        let strings = PageStrings.strings(for: language)
        t = strings
        frame = FrameView(title: strings.profile, product: page.productName, language: language)
        notice = NoticeView(page.notice, isSignedIn: true, strings: strings)
        person = PersonView(page.person, strings: strings)
        bindings = page.bindings.map { BindingView($0, language: language, strings: strings) }
        let end = PageTime(page.sessionExpiresAt)
        sessionEndsAt = end.machineReadable
        sessionEnds = end.dateAndTime(in: language)
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
    fileprivate var nonBlank: String? {
        let isBlank = unicodeScalars.allSatisfy {
            $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
                || $0.properties.generalCategory == .control
        }
        return isBlank ? nil : self
    }
}
