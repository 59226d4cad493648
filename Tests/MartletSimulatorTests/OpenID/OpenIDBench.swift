import Foundation
import HTTPTypes
import MartletSimulator
import Testing

/// Where plain OpenID Connect is in tests.
enum Place {
    static let issuer = "http://localhost/openid"
    static let authorize = "openid/authorize"
    static let token = "openid/token"
    static let par = "openid/par"
    static let userInfo = "openid/userinfo"
    static let verifier = "a-verifier-of-forty-three-characters-or-more-0"
    static let challenge = [
        "code_challenge": IDTokenReader.hash(verifier), "code_challenge_method": "S256", "scope": "openid",
    ]
}

extension Bench {
    /// The present, in seconds since 1970.
    var now: Int64 { Int64(clock.now.timeIntervalSince1970) }

    /// The claims of a client assertion that nothing is wrong with.
    func assertion(_ client: String = "app", _ changes: Value = [:]) -> Value {
        let claims: Value = [
            "iss": .string(client), "sub": .string(client), "aud": .string(Place.issuer), "iat": .number(now),
            "exp": .number(now + 60), "jti": .string(UUID().uuidString),
        ]
        return claims.merging(changes)
    }

    /// A proof that nothing is wrong with (RFC 9449 section 4.2).
    func proof(
        _ key: TestKey, _ path: String = Place.token, method: String = "POST", _ changes: Value = [:],
        header: Value = [:]
    ) throws -> String {
        let claims: Value = [
            "htm": .string(method), "htu": .string("http://localhost/" + path), "iat": .number(now),
            "jti": .string(UUID().uuidString),
        ]
        let whole: Value = ["typ": "dpop+jwt", "jwk": key.jwk]
        return try key.jwt(claims.merging(changes), header: whole.merging(header))
    }
}

extension Visitor {
    /// What the form of a code's exchange holds, with PKCE and no secret.
    func exchange(_ code: String, _ change: [String: String] = [:]) -> [String: String] {
        [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Self.redirectURI, "client_id": "app",
            "code_verifier": Place.verifier,
        ].merging(change) { $1 }
    }

    /// Signs in as a client with a secret, and gives the answer of the token endpoint.
    func tokens(
        _ client: String = "app", _ request: [String: String] = [:], as person: String = "ada", fault: String = "",
        secret: String = "s3cret"
    ) async throws -> Value {
        let asked = Place.challenge.merging(["client_id": client, "nonce": "n"]) { $1 }.merging(request) { $1 }
        let code = try await code(Place.authorize, asked, as: person, fault: fault)
        return try await post(Place.token, exchange(code, ["client_id": client, "client_secret": secret])).json()
    }

    /// The ID token of such an answer.
    func idToken(
        _ client: String = "app", _ request: [String: String] = [:], as person: String = "ada", fault: String = ""
    ) async throws -> IDTokenReader {
        let tokens = try await tokens(client, request, as: person, fault: fault)
        return try IDTokenReader(try #require(tokens["id_token"]?.string))
    }

    /// The keys of plain OpenID Connect.
    func keys() async throws -> Value {
        try await get("openid/jwks").json()
    }
}

/// Headers by name.
func headers(_ values: [String: String]) throws -> HTTPFields {
    var fields = HTTPFields()
    for (name, value) in values { fields[try #require(HTTPField.Name(name))] = value }
    return fields
}
