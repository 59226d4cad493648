import AsyncHTTPClient
import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A login at StubProvider.
struct Login: Sendable {
    let stub: String
    let redirectURI: String
    let client: HTTPClient
    let accounts: Accounts?
    let key = SymmetricKey(size: .bits256)

    /// Sends the browser to the provider.
    func start() throws -> Response {
        let (state, verifier) = (randomText(), randomText())
        let sealed = try AES.GCM.seal(Data("\(state) \(verifier)".utf8), using: key)
        guard let flow = sealed.combined else { throw HTTPError(.internalServerError) }
        let query = Self.form([
            "response_type": "code", "client_id": "bench", "redirect_uri": redirectURI, "state": state,
            "scope": "profile email", "code_challenge_method": "S256",
            "code_challenge": Self.text(Data(SHA256.hash(data: Data(verifier.utf8)))),
        ])
        var response = Response(status: .found, headers: [.location: "\(stub)/authorize?\(query)"])
        response.setCookie(
            Cookie(name: "flow", value: flow.base64EncodedString(), path: "/", httpOnly: true, sameSite: .lax))
        return response
    }

    /// Takes the browser's return.
    func finish(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        guard let flow = request.cookies["flow"].flatMap({ Data(base64Encoded: $0.value) }) else {
            throw HTTPError(.badRequest)
        }
        let opened = try AES.GCM.open(AES.GCM.SealedBox(combined: flow), using: key)
        let parts = String(decoding: opened, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, query["state"] == parts[0], let code = query["code"] else {
            throw HTTPError(.badRequest)
        }
        let form = Self.form([
            "grant_type": "authorization_code", "code": String(code), "redirect_uri": redirectURI,
            "client_id": "bench", "client_secret": "a secret of the benchmark", "code_verifier": String(parts[1]),
        ])
        let type: HTTPHeaders = ["Content-Type": "application/x-www-form-urlencoded"]
        let tokens: Tokens = try await answer(
            HTTPClient.Request(url: stub + "/token", method: .POST, headers: type, body: .string(form)))
        let profile: Profile = try await answer(
            HTTPClient.Request(url: stub + "/userinfo", headers: ["Authorization": "Bearer \(tokens.accessToken)"]))
        let session = randomText()
        try await accounts?.signIn(profile, tokenHash: Data(SHA256.hash(data: Data(session.utf8))))
        var response = Response(status: .found, headers: [.location: "/"])
        response.setCookie(
            Cookie(name: "session", value: session, maxAge: 2_592_000, path: "/", httpOnly: true, sameSite: .lax))
        return response
    }

    /// By futures: the cheapest of the client's ways (`ProviderCall`).
    private func answer<Answer: Decodable>(_ request: HTTPClient.Request) async throws -> Answer {
        let response = try await client.execute(
            request: request, delegate: ResponseAccumulator(request: request, maxBodySize: 1 << 20),
            deadline: .now() + .seconds(8)
        ).get()
        guard response.status == .ok, let body = response.body else { throw HTTPError(.badGateway) }
        return try JSONDecoder().decode(Answer.self, from: body)
    }

    private func randomText() -> String {
        Self.text(SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) })
    }

    private static func text(_ bytes: Data) -> String {
        bytes.base64EncodedString(options: [.base64URLAlphabet, .omitPaddingCharacter])
    }

    private static func form(_ fields: KeyValuePairs<String, String>) -> String {
        var components = URLComponents()
        components.queryItems = fields.map { URLQueryItem(name: $0, value: $1) }
        return components.percentEncodedQuery ?? ""
    }
}

/// What the token endpoint answers.
struct Tokens: Decodable {
    let accessToken: String

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
    }
}

/// What the userinfo endpoint answers.
struct Profile: Decodable {
    let sub: String
    let name: String?
    let email: String?
    let picture: String?
}
