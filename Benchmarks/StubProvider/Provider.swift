import Crypto
import NIOHTTP1
import Support
import Synchronization

/// What is sent back.
struct Answer {
    var status = 200
    var body = ""
    var location: String?

    static let notFound = Answer(status: 404)
}

/// Why a request is refused.
enum Refusal: String, Error, CaseIterable {
    case grantType = "grant_type"
    case redirectURI = "redirect_uri"
    case client
    case code
    case verifier = "code_verifier"
    case accessToken = "access_token"
}

/// The provider's answers.
final class Provider: Sendable {
    private let counts = Counts()
    private let nextPerson = Atomic(1)

    func answer(_ request: HTTPRequestHead, body: String) -> Answer {
        let target = request.uri.split(separator: "?", maxSplits: 1)
        let issuer = "http://" + (request.headers.first(name: "host") ?? "")
        switch (request.method, target.first) {
        case (.GET, "/authorize"): return authorize(Form(target.count == 2 ? target[1] : ""))
        case (.POST, "/token"):
            return counted(counts.tokens) { () throws(Refusal) in
                try token(Form(body), request.headers, issuer)
            }
        case (.GET, "/userinfo"):
            return counted(counts.userInfos) { () throws(Refusal) in try userInfo(request.headers) }
        case (.GET, "/counts"): return Answer(body: counts.json)
        case (.GET, "/jwks"): return Answer(body: IDTokens.keys)
        case (.GET, "/.well-known/openid-configuration"): return Answer(body: IDTokens.metadata(issuer: issuer))
        default: return .notFound
        }
    }

    private func counted(_ counter: borrowing Atomic<Int>, _ work: () throws(Refusal) -> Answer) -> Answer {
        counter.add(1, ordering: .relaxed)
        do {
            return try work()
        } catch {
            counts.count(error)
            let code = error == .client ? "invalid_client" : "invalid_grant"
            return Answer(
                status: error == .accessToken || error == .client ? 401 : 400,
                body: #"{"error":"\#(code)","error_description":"\#(error.rawValue)"}"#)
        }
    }

    /// Agrees at once (RFC 6749 §4.1.2).
    private func authorize(_ query: Form) -> Answer {
        counts.authorizations.add(1, ordering: .relaxed)
        guard let redirectURI = query["redirect_uri"], let state = query["state"] else { return Answer(status: 400) }
        let person = query["login_hint"] ?? "\(nextPerson.add(1, ordering: .relaxed).oldValue)"
        let code = [query["code_challenge"] ?? "", person, query["nonce"]].compactMap(\.self).joined(separator: ".")
        let separator = redirectURI.contains("?") ? "&" : "?"
        return Answer(
            status: 302,
            location: redirectURI + separator + "code=\(Form.encode(code))&state=\(Form.encode(state))")
    }

    /// Exchanges a code (RFC 6749 §4.1.3, RFC 7636 §4.6).
    private func token(_ form: Form, _ headers: HTTPHeaders, _ issuer: String) throws(Refusal) -> Answer {
        guard form["grant_type"] == "authorization_code" else { throw .grantType }
        guard form["redirect_uri"] != nil else { throw .redirectURI }
        let client = try Client(form, headers)
        guard let code = form["code"].flatMap(Code.init) else { throw .code }
        try check(form["code_verifier"], code.challenge)
        let idToken = code.nonce.flatMap { IDTokens.issue(code.person, nonce: $0, to: client.id, by: issuer) }
        return Answer(
            body: """
                {"access_token":"\(AccessToken.of(code.person))","token_type":"Bearer","expires_in":3600,\
                "scope":"profile email"\(idToken.map { #","id_token":"\#($0)""# } ?? "")}
                """)
    }

    /// Compares a verifier with the challenge; a request without a challenge must come without a verifier.
    private func check(_ verifier: String?, _ challenge: String) throws(Refusal) {
        guard let verifier else {
            counts.withoutPKCE.add(1, ordering: .relaxed)
            guard challenge.isEmpty else { throw .verifier }
            return
        }
        guard Base64URL.encode(SHA256.hash(data: Array(verifier.utf8))) == challenge else { throw .verifier }
    }

    private func userInfo(_ headers: HTTPHeaders) throws(Refusal) -> Answer {
        guard let person = headers.first(name: "authorization").flatMap(AccessToken.person) else { throw .accessToken }
        return Answer(body: "{\(Person.claims(person))}")
    }
}

/// What a code says.
private struct Code {
    let challenge: String
    let person: Int
    let nonce: String?

    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let person = Int(parts[1]) else { return nil }
        self.challenge = String(parts[0])
        self.person = person
        self.nonce = parts.count == 3 ? String(parts[2]) : nil
    }
}

/// The client that asks: by the header field or the form, and always with a secret (RFC 6749 §2.3.1).
private struct Client {
    let id: String

    init(_ form: Form, _ headers: HTTPHeaders) throws(Refusal) {
        if let basic = headers.first(name: "authorization"), basic.hasPrefix("Basic ") {
            guard let pair = Base64.decode(basic.dropFirst(6)), let colon = pair.firstIndex(of: ":"),
                colon != pair.startIndex, pair.index(after: colon) != pair.endIndex
            else { throw .client }
            id = String(pair[..<colon])
        } else {
            guard let id = form["client_id"], form["client_secret"] != nil else { throw .client }
            self.id = id
        }
    }
}

/// Access tokens, of the length that providers issue.
private enum AccessToken {
    private static let prefix = "stub_4fKz9QmT2xWb7RnY1cVd8LpHs3JgEa6uXo."

    static func of(_ person: Int) -> String { "\(prefix)\(person)" }

    /// Whose token an `Authorization` field holds.
    static func person(_ field: String) -> Int? {
        let words = field.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer", words[1].hasPrefix(prefix) else { return nil }
        return Int(words[1].dropFirst(prefix.count))
    }
}
