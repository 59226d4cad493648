import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletTesting
import NIOCore
import Testing

/// A browser with its own cookies, that goes between a service and its simulated providers.
final class Browser {
    let deployment: Deployment
    private(set) var cookies: [String: String] = [:]
    var acceptsLanguage = "en"

    /// Makes a browser that holds cookies, or none.
    init(_ deployment: Deployment, cookies: [String: String] = [:]) {
        self.deployment = deployment
        self.cookies = cookies
    }

    /// Puts cookies of another browser into this one.
    func plant(_ cookies: [String: String]) {
        self.cookies.merge(cookies) { $1 }
    }

    /// Opens an address of the service as a navigation.
    @discardableResult
    func open(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        headers[.accept] = "text/html,application/xhtml+xml,*/*;q=0.8"
        headers[try #require(HTTPField.Name("Sec-Fetch-Mode"))] = "navigate"
        return try await send(.get, path, headers: headers)
    }

    /// Asks the service as a program does.
    @discardableResult
    func ask(_ method: HTTPRequest.Method = .get, _ path: String, headers: HTTPFields = [:]) async throws
        -> TestResponse
    {
        var headers = headers
        if headers[.accept] == nil { headers[.accept] = "application/json" }
        return try await send(method, path, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        let origin = deployment.serviceOrigin
        let path = address.hasPrefix(origin) ? String(address.dropFirst(origin.count)) : address
        var headers = headers
        headers[.acceptLanguage] = acceptsLanguage
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; ")
        }
        let response = try await deployment.service.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for line in response.headers[values: .setCookie] { keep(line) }
        return response
    }

    /// Begins a login and lets a person decide at the provider.
    ///
    /// - Returns: the address that the provider sends the browser back to.
    func visitProvider(
        _ provider: String, as person: String = "ada", query: String = ""
    ) async throws -> String {
        let begun = try await open("/api/auth/oauth/\(provider)/authorize\(query)")
        try #require(begun.status == .found, "\(String(buffer: begun.body))")
        return try await decide(at: try #require(begun.headers[.location]), as: person)
    }

    /// Lets a person decide at the provider's page.
    func decide(at authorizationURL: String, as person: String) async throws -> String {
        let base = authorizationURL.prefix { $0 != "#" }
        let parts = base.split(separator: "?", maxSplits: 1)
        let kept = parts[1].split(separator: "&").filter { !$0.hasPrefix("prompt=") }.joined(separator: "&")
        let url = "\(parts[0])?\(kept)&prompt=none&login_hint=\(person)"
        let decided = try await deployment.provider.executeRequest(
            uri: String(url.dropFirst(Deployment.simulatorOrigin.count)), method: .get, headers: [:], body: nil)
        if let callback = decided.headers[.location] { return callback }
        return try await post(try PostedForm(page: String(buffer: decided.body)))
    }

    /// Posts the form that brings a provider's answer, as the provider's page does by itself.
    ///
    /// - Returns: the address that the service then sends the browser to.
    private func post(_ form: PostedForm) async throws -> String {
        let answer = try await send(
            .post, form.action,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .accept: "text/html", .secFetchSite: "cross-site",
            ], body: FormEncoding.encode(form.fields))
        #expect(answer.status == .seeOther)
        return try #require(answer.headers[.location])
    }

    /// A whole login.
    ///
    /// - Returns: where the service sends the browser in the end.
    @discardableResult
    func signIn(_ provider: String, as person: String = "ada", query: String = "") async throws -> String? {
        let callback = try await visitProvider(provider, as: person, query: query)
        return try await open(callback).headers[.location]
    }

    /// The session's JSON, or nil when nobody is signed in.
    func session() async throws -> JSONValue? {
        let response = try await ask(.get, "/api/auth/session")
        return response.status == .ok ? try JSONValue(parsing: Array(buffer: response.body)) : nil
    }

    /// Forgets a cookie whose name holds a word.
    func dropCookies(containing word: String) {
        cookies = cookies.filter { !$0.key.contains(word) }
    }

    private func keep(_ line: String) {
        let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let isRemoved = parts.contains { $0.lowercased() == "max-age=0" }
        cookies[String(pair[0])] = isRemoved ? nil : String(pair[1])
    }
}

extension TestResponse {
    /// The `code` of a problem document.
    var problemCode: String? {
        (try? JSONValue(parsing: Array(buffer: body)))?["code"]?.string
    }
}
