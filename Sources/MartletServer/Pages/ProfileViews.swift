import FoundationEssentials

// What the profile page's templates read, by the rules of the other views.

/// A person's name at a provider, and the picture beside it.
struct UsernameView {
    let name: String
    let image: String?
}

/// A linked account's row.
struct BindingView {
    let id: String
    let provider: String
    let icon: String?
    let username: UsernameView?
    let email: EmailView?
    let boundAt: String
    let linkedSince: String
    let unlinkLabel: String
    /// Why the account cannot be unlinked; nil where it can.
    let unlinkRefusal: String?

    init(_ row: BindingRow, isOnly: Bool, language: PageLanguage, strings: PageStrings) {
        id = row.providerID
        provider = row.providerName
        icon = row.iconURL.nonBlank
        username = row.username?.nonBlank.map { UsernameView(name: $0, image: AvatarSource(row.avatar)?.url) }
        email = EmailView(row.email, isVerified: row.emailVerified)
        let time = PageTime(row.boundAt)
        boundAt = time.machineReadable
        linkedSince = strings.linkedSince(time.date(in: language))
        unlinkLabel = strings.account.unlinkNamed(row.providerName)
        unlinkRefusal = isOnly ? strings.account.onlyBinding : nil
    }
}

/// The end of a session.
struct EndView {
    let machineReadable: String
    let text: String

    init(_ time: PageTime, language: PageLanguage, strings: AccountStrings) {
        machineReadable = time.machineReadable
        text = strings.sessionEnds(time.dateAndTime(in: language))
    }
}

/// A session's row.
struct SessionView {
    let id: String
    let browser: String
    let address: String?
    let startedAt: String
    let since: String
    let isCurrent: Bool
    /// When the session ends, told of this browser's.
    let end: EndView?
    let endLabel: String

    init(_ row: SessionRow, endsAt: Date, language: PageLanguage, strings: AccountStrings) {
        id = row.id
        browser = BrowserName(userAgent: row.userAgent).text(strings)
        address = row.address?.nonBlank
        let time = PageTime(row.since)
        startedAt = time.machineReadable
        since = strings.sessionSince(time.dateAndTime(in: language))
        isCurrent = row.isCurrent
        end = row.isCurrent ? EndView(PageTime(endsAt), language: language, strings: strings) : nil
        endLabel = strings.endSessionNamed(browser)
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
    let linkable: [ProviderView]
    let sessions: [SessionView]
    let hasOtherSessions: Bool

    init(_ page: ProfilePage, language: PageLanguage) {
        let strings = PageStrings.strings(for: language)
        t = strings
        frame = FrameView(
            title: strings.profile, product: page.productName, language: language,
            isLanding: NoticeView.endsFlow(page.notice))
        notice = NoticeView(page.notice, isSignedIn: true, strings: strings)
        person = PersonView(page.person, strings: strings)
        bindings = page.bindings.map {
            BindingView($0, isOnly: page.bindings.count == 1, language: language, strings: strings)
        }
        linkable = page.linkable.map { ProviderView($0, label: strings.account.linkNamed($0.name)) }
        sessions = page.sessions.map {
            SessionView($0, endsAt: page.sessionExpiresAt, language: language, strings: strings.account)
        }
        hasOtherSessions = page.sessions.contains { !$0.isCurrent }
    }
}
