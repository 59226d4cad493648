import HTTPTypes
package import Hummingbird
import Martlet
import MartletAccounts

/// The cookies of one site: names, attributes, and reading them back.
///
/// Over HTTPS names carry the `__Host-` prefix, which ties a cookie to this very host and to secure connections; on
/// `http://localhost`, where browsers refuse that, the plain names are used.
public struct AuthCookies: Hashable, Sendable {
    /// Whether the site is served over HTTPS.
    public let isSecure: Bool
    /// The word that cookie names begin with.
    public let name: String

    /// The most flows one browser may have under way; beginning one more drops the oldest.
    static let maximumFlows = 10
    /// How long a flow cookie lives, in seconds.
    static let flowLifetime = 300

    /// Makes the cookies of a site.
    ///
    /// - Parameters:
    ///   - isSecure: whether browsers reach the site over HTTPS.
    ///   - name: the word that cookie names begin with, default `martlet`.
    public init(isSecure: Bool, name: String = "martlet") {
        self.isSecure = isSecure
        self.name = name
    }

    private var prefix: String { isSecure ? "__Host-\(name)" : name }
    private var sessionName: String { "\(prefix)-session" }
    private var flowPrefix: String { "\(prefix)-flow-" }

    // MARK: Sessions

    /// The session token that a request carries.
    func sessionToken(in request: Request) -> SessionToken? {
        value(of: sessionName, in: request).flatMap { SessionToken($0) }
    }

    /// The cookie of a new session, living as long as the session, in seconds.
    func session(_ token: SessionToken, maxAge: Int) -> Cookie {
        cookie(sessionName, token.secret.reveal(), maxAge: maxAge)
    }

    /// The cookie that removes the session's.
    package func endedSession() -> Cookie {
        cookie(sessionName, "", maxAge: 0)
    }

    // MARK: Pending bindings

    private var bindingName: String { "\(prefix)-binding" }

    /// The value that ties a binding token to the browser that earned it.
    func bindingBrowser(in request: Request) -> BindingToken? {
        value(of: bindingName, in: request).flatMap { BindingToken($0) }
    }

    /// The cookie that ties a binding token to this browser.
    func binding(_ browser: BindingToken) -> Cookie {
        cookie(bindingName, browser.secret.reveal(), maxAge: Self.flowLifetime)
    }

    /// The cookie that removes it.
    package func endedBinding() -> Cookie {
        cookie(bindingName, "", maxAge: 0)
    }

    // MARK: Logouts

    private var logoutName: String { "\(prefix)-logout" }

    /// The sealed logout at a provider that a request carries.
    func sealedLogout(in request: Request) -> String? {
        value(of: logoutName, in: request)
    }

    /// Whether a request carries a logout that may go on at a provider.
    package func hasLogout(in request: Request) -> Bool {
        sealedLogout(in: request) != nil
    }

    /// The cookie of a logout that may go on at the provider.
    func logout(_ sealed: String) -> Cookie {
        cookie(logoutName, sealed, maxAge: Self.flowLifetime)
    }

    /// The cookie that removes it.
    func endedLogout() -> Cookie {
        cookie(logoutName, "", maxAge: 0)
    }

    // MARK: Flows

    /// The sealed flow of an id, if the request carries it.
    func sealedFlow(_ id: FlowID, in request: Request) -> String? {
        value(of: flowPrefix + id.description, in: request)
    }

    /// The cookie of a flow that begins.
    func flow(_ id: FlowID, sealed: String) -> Cookie {
        cookie(flowPrefix + id.description, sealed, maxAge: Self.flowLifetime)
    }

    /// The cookie that removes a flow's.
    func endedFlow(_ id: FlowID) -> Cookie {
        cookie(flowPrefix + id.description, "", maxAge: 0)
    }

    /// The ids of a request's flow cookies, in their order. A name that only looks like one may hold anything, and is not
    /// looked at.
    func flowIDs(in request: Request) -> [FlowID] {
        let prefix = Array(flowPrefix.utf8)
        return pairs(of: request).compactMap { name, _ in
            name.starts(with: prefix) ? FlowID(String(decoding: name.dropFirst(prefix.count), as: UTF8.self)) : nil
        }
    }

    // MARK: All of them

    /// The first cookie of a name. (`Request.cookies` goes by characters: that was a tenth of a login's instructions.)
    private func value(of name: String, in request: Request) -> String? {
        let name = Array(name.utf8)
        return pairs(of: request).first { $0.name.elementsEqual(name) }.map {
            String(decoding: $0.value, as: UTF8.self)
        }
    }

    /// The names and values of a request's cookies, in their order (RFC 6265 §5.4).
    private func pairs(of request: Request) -> [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        request.headers[values: .cookie].flatMap { field in
            Array(field.utf8).split(separator: UInt8(ascii: ";")).compactMap { pair in
                let pair = pair.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                guard let end = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
                return (pair[..<end], pair[end...].dropFirst())
            }
        }
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}

extension Response {
    /// Adds a cookie. (`setCookie` reads all the others, and writes them again.)
    package mutating func add(_ cookie: Cookie) {
        headers.append(HTTPField(name: .setCookie, value: cookie.description))
    }
}
