import HTTPTypes
import MartletTesting

@testable import Martlet

extension FuzzedParser {
    private static let clientSecret = "client-secret-4711"
    private static let standard = Provider.openID(id: "example", name: "Example", issuer: "https://id.example")
    private static let dialects = Dictionary(uniqueKeysWithValues: Catalogue.all.map { ($0.id, TokenDialect($0)) })
    private static let usual = TokenDialect(standard)

    /// The first line is a provider's id and the status (`github 200`); the rest is the answer's body.
    static func acceptsTokenResponse(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let words = lines[0].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        let dialect = words.first.flatMap { dialects[$0] } ?? usual
        let status = words.count > 1 ? Int(words[1]) ?? 200 : 200
        let body = lines.count > 1 ? Array(lines[1]) : []
        let response = OutboundResponse(status: status, body: body)
        for role in [OutboundRequest.Role.userInfo, .subject, .deviceAuthorization, .revocation] {
            try judge(response, role, dialect.provider)
        }
        let outcome = Result { () throws(OAuthError) in
            try dialect.endpoint.tokens(response, asked: dialect.request, now: FixedClock.start)
        }
        switch outcome {
        case .success(let tokens):
            try promise("tokens come with a success", (200..<300).contains(status))
            let expectsToken = dialect.provider.tokenResponse.accessToken != nil
            try promise("tokens hold an access token", tokens.accessToken != nil || !expectsToken)
            try promise("tokens end when they say", (tokens.expiresIn == nil) == (tokens.expiresAt == nil))
            return true
        case .failure(let error):
            try judge(error)
            return false
        }
    }

    private static func judge(
        _ response: OutboundResponse, _ role: OutboundRequest.Role, _ provider: Provider
    ) throws(BrokenPromise) {
        let judge = ResponseJudge(provider: provider, role: role, secrets: [clientSecret])
        do throws(OAuthError) {
            _ = try judge.payload(response, envelope: provider.userInfoRequest.envelope)
            try judge.acknowledge(response)
        } catch {
            try Self.judge(error)
        }
    }

    private static func judge(_ error: OAuthError) throws(BrokenPromise) {
        guard case .rejected(let rejection) = error else { return }
        for text in [rejection.error, rejection.description].compactMap({ $0 }) {
            try promise("an error does not repeat a secret", !text.contains(clientSecret))
            try promise("an error is a short line", text.unicodeScalars.count <= 300 && !text.contains("\n"))
        }
    }

    /// How one provider's tokens are asked for and read.
    private struct TokenDialect: Sendable {
        let provider: Provider
        let endpoint: TokenEndpoint
        let request = OutboundRequest(role: .token, method: .post, url: "https://id.example/token")

        init(_ provider: Provider) {
            let endpoints = ProviderEndpoints(provider)
            let authenticator = ClientAuthenticator(
                provider: provider, endpoints: endpoints, clientID: "client-1",
                clientSecret: Secret(FuzzedParser.clientSecret), key: nil, random: SeededRandom().source,
                now: FixedClock.start)
            self.provider = provider
            self.endpoint = TokenEndpoint(authenticator: authenticator)
        }
    }
}
