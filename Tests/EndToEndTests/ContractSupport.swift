import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletHummingbird
import NIOCore
import Testing

/// A way of asking that the service knows.
struct Asking: CustomTestStringConvertible, Sendable {
    /// Whether it is a browser's navigation or a program.
    let face: ClientFace
    /// How the service is reached.
    let wire: Deployment.Wire

    /// Every face over every wire.
    static let allCases = Deployment.Wire.allCases.flatMap { wire in
        [ClientFace.browser, .api].map { Asking(face: $0, wire: wire) }
    }

    var testDescription: String { "\(face) \(wire)" }

    var headers: HTTPFields {
        face == .browser
            ? [.accept: "text/html,application/xhtml+xml,*/*;q=0.8", .secFetchMode: "navigate"]
            : [.accept: "application/json"]
    }
}

extension HTTPField.Name {
    static var secFetchMode: Self { Self("Sec-Fetch-Mode") ?? .accept }
    static var secFetchSite: Self { Self("Sec-Fetch-Site") ?? .accept }
}

extension Asking {
    /// Expects a refusal in the form that this asker is given: a redirect, or the status and a problem document.
    func expect(
        _ answer: TestResponse, refuses code: AuthErrorCode, landing: String = "/auth/login",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.headers[.cacheControl] == "no-store", sourceLocation: sourceLocation)
        switch face {
        case .browser:
            #expect(answer.status == .found || answer.status == .seeOther, sourceLocation: sourceLocation)
            #expect(
                answer.headers[.location] == "\(landing)?oauth_error=\(code.rawValue)", sourceLocation: sourceLocation)
        case .api:
            #expect(answer.status == code.status, sourceLocation: sourceLocation)
            #expect(answer.headers[.contentType] == "application/problem+json", sourceLocation: sourceLocation)
            let members = answer.json.object ?? [:]
            #expect(
                Set(members.keys.map { $0 }) == ["type", "title", "status", "code", "detail", "requestId"],
                sourceLocation: sourceLocation)
            #expect(members["code"] == .string(code.rawValue), sourceLocation: sourceLocation)
            #expect(members["status"] == .number(Decimal(code.status.code)), sourceLocation: sourceLocation)
        }
    }
}

extension TestResponse {
    /// The body as JSON; null if it is none.
    var json: JSONValue { (try? JSONValue(parsing: Array(buffer: body))) ?? .null }
}

extension Browser {
    /// Sends a request as a page of the site or a program does, with a body of JSON if there is one.
    func call(
        _ asking: Asking, _ method: HTTPRequest.Method, _ path: String, body: String? = nil
    ) async throws -> TestResponse {
        var headers = asking.headers
        headers[.origin] = deployment.serviceOrigin
        if body != nil { headers[.contentType] = "application/json" }
        return try await send(method, path, headers: headers, body: body)
    }

    /// Sends a change as the site's own script does.
    func change(_ method: HTTPRequest.Method, _ path: String, body: String? = nil) async throws -> TestResponse {
        try await call(Asking(face: .api, wire: deployment.wire), method, path, body: body)
    }

    /// Redeems a binding token.
    func bind(_ token: String, _ asking: Asking? = nil) async throws -> TestResponse {
        try await call(
            asking ?? Asking(face: .api, wire: deployment.wire), .post, "/api/auth/oauth/bind",
            body: JSONValue.object(["bindingToken": .string(token)]).serialized())
    }

    /// Begins a binding on the site itself and lets a person decide at the provider.
    ///
    /// - Returns: the address that the provider sends the browser back to.
    func visitProviderToLink(_ provider: String, as person: String) async throws -> String {
        let begun = try await open(
            "/api/auth/oauth/\(provider)/authorize?bind=1", headers: [.secFetchSite: "same-origin"])
        return try await decide(at: try #require(begun.headers[.location]), as: person)
    }

    /// Signs in with an account whose email belongs to somebody, and takes the binding token of the redirect.
    func earnBindingToken(_ provider: String, as person: String = "ada") async throws -> String {
        let location = try #require(try await signIn(provider, as: person))
        let token = location.split(separator: "binding_token=").last?.prefix { $0 != "&" }
        #expect(location.hasPrefix("/auth/login?binding_token=") && location.hasSuffix("&provider=\(provider)"))
        return String(try #require(token))
    }

    /// The providers of the bindings, in their order.
    func boundProviders() async throws -> [String] {
        let answer = try await ask(.get, "/api/auth/oauth/bindings")
        return answer.json["bindings"]?.array?.compactMap { $0["provider"]?.string } ?? []
    }

    /// The cookies as one header.
    var cookieHeader: String {
        cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
}

/// One of several requests that are sent at once, as a program of the site sends them.
struct ParallelRequest: Sendable {
    var method = HTTPRequest.Method.get
    var path: String
    var cookies: String
    var accept = "application/json"
}

/// What a request got that was sent beside others.
struct ParallelAnswer: Sendable {
    let status: HTTPResponse.Status
    let location: String?
    let code: String?
}

extension Deployment {
    /// Sends requests at once, over a socket each on a connection of its own.
    func sendAtOnce(_ requests: [ParallelRequest]) async throws -> [ParallelAnswer] {
        try await withThrowingTaskGroup(of: ParallelAnswer.self) { group in
            for request in requests { group.addTask { try await send(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func send(_ request: ParallelRequest) async throws -> ParallelAnswer {
        let path =
            request.path.hasPrefix(serviceOrigin) ? String(request.path.dropFirst(serviceOrigin.count)) : request.path
        let headers: HTTPFields = [.cookie: request.cookies, .accept: request.accept, .origin: serviceOrigin]
        guard wire == .socket else {
            let answer = try await service.executeRequest(
                uri: path, method: request.method, headers: headers, body: nil)
            return ParallelAnswer(
                status: answer.status, location: answer.headers[.location], code: answer.problemCode)
        }
        return try await TestClient.withClient(host: "localhost", port: try #require(service.port)) { client in
            let answer = try await client.execute(
                .init(path, method: request.method, authority: "localhost", headers: headers))
            let body = answer.body.flatMap { try? JSONValue(parsing: Array(buffer: $0)) }
            return ParallelAnswer(
                status: answer.status, location: answer.headers[.location], code: body?["code"]?.string)
        }
    }
}
