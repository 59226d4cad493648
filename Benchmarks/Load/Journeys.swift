import Support

/// The steps that are timed.
enum Step: String, CaseIterable {
    case start, callback, visit, login
}

/// A GET that comes next.
struct PlannedRequest {
    let step: Step
    /// Path and query.
    let target: String
    /// The `Cookie` field; empty for none.
    var cookies = ""
}

/// Why a journey ended badly: a kind, of which there are few, and what it looked like.
struct Failure: Error {
    let kind: String
    let sample: String

    init(_ kind: String, sample: String) {
        self.kind = kind
        self.sample = sample
    }

    /// An answer that is not what it should be.
    init(_ step: Step, _ answer: Answer, _ what: String = "") {
        kind = "\(step.rawValue): status \(answer.status)\(what)"
        sample = answer.location ?? answer.excerpt
    }
}

/// What a browser does for one purpose: requests, each judged before the next.
protocol Journey {
    /// The first request.
    mutating func begin() -> PlannedRequest
    /// What follows an answer; nil at the end.
    mutating func judge(_ answer: Answer) throws(Failure) -> PlannedRequest?
    /// The cookies to keep, as a `Cookie` field.
    var cookies: String { get }
}

/// One request.
struct Visit: Journey {
    let target: String
    let cookies: String
    let status: Int

    func begin() -> PlannedRequest { PlannedRequest(step: .visit, target: target, cookies: cookies) }

    func judge(_ answer: Answer) throws(Failure) -> PlannedRequest? {
        guard answer.status == status else { throw Failure(.visit, answer) }
        return nil
    }
}

/// A login that is left when the browser should go to the provider.
struct BegunLogin: Journey {
    let start: String

    var cookies: String { "" }

    func begin() -> PlannedRequest { PlannedRequest(step: .start, target: start) }

    func judge(_ answer: Answer) throws(Failure) -> PlannedRequest? {
        guard (300..<400).contains(answer.status), answer.location != nil else { throw Failure(.start, answer) }
        return nil
    }
}

/// How logins go at the target.
struct LoginPlan {
    let start: String
    let sessionCookie: String
    let statuses: [Int]
}

/// A whole login by a browser without cookies.
struct CompleteLogin: Journey {
    private let plan: LoginPlan
    private let person: Int
    private var jar = CookieJar()
    private var hasBegun = false

    var cookies: String { jar.field }

    init(_ plan: LoginPlan, person: Int) {
        self.plan = plan
        self.person = person
    }

    func begin() -> PlannedRequest { PlannedRequest(step: .start, target: plan.start) }

    mutating func judge(_ answer: Answer) throws(Failure) -> PlannedRequest? {
        let names = jar.take(answer.cookies)
        if hasBegun {
            guard plan.statuses.contains(answer.status) else { throw Failure(.callback, answer) }
            guard names.contains(where: { $0.hasPrefix(plan.sessionCookie) }) else {
                throw Failure(.callback, answer, ", no session cookie")
            }
            return nil
        }
        hasBegun = true
        guard (300..<400).contains(answer.status), let location = answer.location else {
            throw Failure(.start, answer)
        }
        guard let callback = Self.callback(of: location, person: person) else {
            throw Failure(.start, answer, ", no authorization request")
        }
        return PlannedRequest(step: .callback, target: callback, cookies: jar.field)
    }

    /// Where the provider would send the browser (RFC 6749 §4.1.2), as path and query, with a code for StubProvider.
    static func callback(of authorizationURL: String, person: Int) -> String? {
        guard let mark = authorizationURL.firstIndex(of: "?") else { return nil }
        let query = Form(authorizationURL[mark...].dropFirst())
        guard let redirectURI = query["redirect_uri"], let state = query["state"],
            let host = redirectURI.firstRange(of: "://")?.upperBound,
            let path = redirectURI[host...].firstIndex(of: "/")
        else { return nil }
        let code = [query["code_challenge"] ?? "", "\(person)", query["nonce"]].compactMap(\.self)
        return redirectURI[path...] + (redirectURI.contains("?") ? "&" : "?")
            + "code=\(Form.encode(code.joined(separator: ".")))&state=\(Form.encode(state))"
    }
}

/// The cookies of one browser.
struct CookieJar {
    private var pairs: [(name: Substring, value: Substring)] = []

    /// The `Cookie` field.
    var field: String { pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") }

    /// Takes `Set-Cookie` fields; gives the names of cookies that were set, and not deleted.
    mutating func take(_ fields: [Substring]) -> [Substring] {
        fields.compactMap { field in
            let sides = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            guard let name = sides.first else { return nil }
            pairs.removeAll { $0.name == name }
            guard sides.count == 2, !Self.deletes(field) else { return nil }
            pairs.append((name, sides[1]))
            return name
        }
    }

    private static func deletes(_ field: Substring) -> Bool {
        field.split(separator: ";").dropFirst().contains { attribute in
            let text = attribute.lowercased()
            return text == " max-age=0" || text.hasPrefix(" expires=thu, 01 jan 1970")
        }
    }
}
