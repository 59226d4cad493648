import Crypto
import FoundationEssentials
import HTTPTypes

/// Makes proofs that a request comes from whoever holds a key (RFC 9449 §4.2).
struct DPoPProver: Sendable {
    let key: ClientKey
    let random: RandomSource

    /// Adds a proof to a request.
    ///
    /// - Parameters:
    ///   - accessToken: the token that the request uses, if it uses one.
    ///   - nonce: the latest nonce of the server, if it gave one.
    func prove(
        _ request: inout OutboundRequest, accessToken: Secret?, nonce: String?, now: Date
    ) throws(OAuthError) {
        guard let field = HTTPField.Name("DPoP") else { return }
        var claims: [String: JSONValue] = [
            "jti": .string(random.token(byteCount: 16)), "htm": .string(request.method.rawValue),
            "htu": .string(String(request.url.prefix { $0 != "?" && $0 != "#" })), "iat": .seconds(now),
        ]
        claims["nonce"] = nonce.map { .string($0) }
        if let accessToken {
            claims["ath"] = .string(Base64URL.encode(SHA256.hash(data: Array(accessToken.reveal().utf8))))
        }
        let header: [String: JSONValue] = [
            "typ": .string("dpop+jwt"), "jwk": .object(key.publicMembers.mapValues { .string($0) }),
        ]
        request.headers[field] = try key.sign(.object(claims), header: header).reveal()
    }
}

extension OutboundResponse {
    /// The nonce that the next proof must hold (RFC 9449 §8.2).
    var dpopNonce: String? {
        HTTPField.Name("DPoP-Nonce").flatMap { headers[$0] }
    }

    /// Whether the request was refused only because its proof lacks the server's nonce (RFC 9449 §8, §9).
    var asksForDPoPNonce: Bool {
        guard dpopNonce != nil else { return false }
        switch status {
        case 400: return (try? JSONValue(parsing: body))?["error"] == .string("use_dpop_nonce")
        case 401: return headers[.wwwAuthenticate]?.contains("use_dpop_nonce") ?? false
        default: return false
        }
    }
}

extension OAuthClient {
    /// Sends a request to the provider, proving the client's key where tokens are bound to it, and signed where the provider
    /// wants that.
    ///
    /// The request is built anew when the server asks for a nonce, since a client assertion is good for one request only.
    func send(
        accessToken: Secret? = nil, tokenSecret: Secret? = nil, _ build: () throws(OAuthError) -> OutboundRequest
    ) async throws(OAuthError) -> (request: OutboundRequest, response: OutboundResponse) {
        let first = try await attempt(build, accessToken: accessToken, tokenSecret: tokenSecret)
        guard dpop != nil, first.response.asksForDPoPNonce else { return first }
        return try await attempt(build, accessToken: accessToken, tokenSecret: tokenSecret)
    }

    private func attempt(
        _ build: () throws(OAuthError) -> OutboundRequest, accessToken: Secret?, tokenSecret: Secret?
    ) async throws(OAuthError) -> (request: OutboundRequest, response: OutboundResponse) {
        var request = try build()
        if let dpop {
            let nonce = await state.dpopNonce(of: request.url.origin)
            try dpop.prove(&request, accessToken: accessToken, nonce: nonce, now: now())
        }
        request = try signed(request, accessToken: accessToken, tokenSecret: tokenSecret)
        let response = try opened(try await transport.answer(request), to: request)
        if dpop != nil, let nonce = response.dpopNonce {
            await state.keep(dpopNonce: nonce, of: request.url.origin)
        }
        return (request, response)
    }
}

extension String {
    /// Scheme and authority of an absolute URL.
    fileprivate var origin: String {
        let parts = split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/")
    }
}
