import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletSimulator
import NIOCore
import Testing

extension Deployment {
    static let serviceKey = "a-service-key-of-more-than-32-bytes"

    /// The settings of a service that also has plain OpenID Connect under the name `corp`, with refresh tokens.
    ///
    /// - Parameter lines: further settings of that provider.
    static func corp(_ lines: String..., hasServiceKey: Bool = true) -> String {
        let settings =
            ["insecureAllowHTTP: true"] + (hasServiceKey ? ["serviceKey: \(serviceKey)"] : [])
            + ["providers:", "  corp:"]
        let provider = [
            "issuer: \(simulatorOrigin)/openid", "clientID: corp", "clientSecret: secret",
            "scopes: [openid, profile, email, offline_access]",
        ]
        return (settings + (provider + lines).map { "    " + $0 }).joined(separator: "\n") + "\n"
    }

    /// How often the simulator was asked at a path.
    func requestCount(_ path: String) -> Int {
        simulator.recordedRequests.count { $0.path == path }
    }

    // MARK: What platforms and providers send without a browser's redirect

    /// What Google One Tap gives to a page or an app.
    func googleCredential(
        as person: String = "ada", clientID: String = "martlet-demo", nonce: String? = nil, fault: String? = nil
    ) async throws -> String {
        try await control(
            "google/credential", clientID, person, ["nonce": nonce, "fault": fault], member: "credential")
    }

    /// What Sign in with Apple gives to an app.
    func appleToken(
        as person: String = "ada", clientID: String = "martlet-demo", nonce: String? = nil
    ) async throws -> String {
        try await control("apple/native-token", clientID, person, ["nonce": nonce], member: "idToken")
    }

    /// What Apple posts when a person changes their account.
    func appleNotification(
        _ type: String, of person: String = "ada", clientID: String = "martlet-demo", fault: String? = nil
    ) async throws -> String {
        try await control("apple/notification", clientID, person, ["type": type, "fault": fault], member: "payload")
    }

    private func control(
        _ path: String, _ clientID: String, _ person: String, _ others: [String: String?], member: String
    ) async throws -> String {
        var members: [String: JSONValue] = ["client_id": .string(clientID), "person": .string(person)]
        for (name, value) in others { members[name] = value.map { .string($0) } }
        let answer = try await provider.executeRequest(
            uri: "/simulator/\(path)", method: .post, headers: [:],
            body: ByteBuffer(string: JSONValue.object(members).serialized()))
        return try #require(answer.json[member]?.string, "\(answer.status)")
    }

    // MARK: What reaches the service without a browser

    /// Posts a form as a provider's server does.
    func post(form: [(name: String, value: String)], to path: String) async throws -> TestResponse {
        try await service.executeRequest(
            uri: path, method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: FormEncoding.encode(form)))
    }

    /// Posts JSON as a provider's server does.
    func post(json: JSONValue, to path: String) async throws -> TestResponse {
        try await service.executeRequest(
            uri: path, method: .post, headers: [.contentType: "application/json"],
            body: ByteBuffer(string: json.serialized()))
    }

    /// Asks for a user's access token at `corp` as the application's backend does.
    func accessToken(of user: String, authorization: String? = "Bearer \(serviceKey)") async throws -> TestResponse {
        var headers: HTTPFields = [.accept: "application/json"]
        headers[.authorization] = authorization
        return try await service.executeRequest(
            uri: "/api/auth/oauth/corp/token?user=\(user)", method: .get, headers: headers, body: nil)
    }
}

extension Browser {
    /// Sends an ID token as an app does, or, with an `Origin`, as a page does.
    func signIn(
        _ provider: String, idToken: String, _ others: [String: JSONValue] = [:], headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        if headers[.accept] == nil { headers[.accept] = "application/json" }
        let members = others.merging(["idToken": .string(idToken)]) { $1 }
        return try await send(
            .post, "/api/auth/oauth/\(provider)/id-token", headers: headers,
            body: JSONValue.object(members).serialized())
    }

    /// The id of the user who is signed in.
    func userID() async throws -> String {
        try #require(try await session()?["user"]?["id"]?.string)
    }
}

/// A network in which no provider can be reached.
struct UnreachableProviders: Transport {
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        throw .unreachable("no such host")
    }
}
