import Crypto
import CryptoExtras
import FoundationEssentials
import Martlet

/// What the benchmarks have in common: one OpenID provider, one client, one moment.
enum World {
    static let issuer = "https://id.example"
    static let clientID = "client-1"
    static let redirectURI = "https://app.example/api/auth/oauth/example/callback"
    static let now: @Sendable () -> Date = { Date(timeIntervalSince1970: 1_893_456_000) }

    static func client(transport: FixedAnswers) throws -> OAuthClient {
        try OAuthClient(
            .openID(id: "example", name: "Example", issuer: issuer), clientID: clientID, clientSecret: "secret",
            transport: transport, now: now)
    }

    /// The query of a callback that is the answer to a request.
    static func callback(to pending: PendingAuthorization) -> String {
        FormEncoding.encode([
            (name: "code", value: RandomSource.system.token()), (name: "state", value: pending.state),
            (name: "iss", value: issuer),
        ])
    }
}

/// A provider whose answers are in memory, by what they answer.
struct FixedAnswers: Transport {
    var bodies: [OutboundRequest.Role: String] = [:]

    /// An OpenID provider with a key set.
    static func openID(keys: JSONValue = ["keys": .array([])]) -> FixedAnswers {
        let metadata: JSONValue = [
            "issuer": .string(World.issuer), "authorization_endpoint": .string(World.issuer + "/authorize"),
            "token_endpoint": .string(World.issuer + "/token"), "jwks_uri": .string(World.issuer + "/keys"),
        ]
        return FixedAnswers(bodies: [.discovery: metadata.serialized(), .keys: keys.serialized()])
    }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        guard let body = bodies[request.role] else {
            throw .refused("there is no answer to a \(request.role.rawValue) request")
        }
        return OutboundResponse(status: 200, body: Array(body.utf8))
    }
}

/// An ID token of the size that large providers issue, and the provider that signed it.
struct SignedToken {
    enum Algorithm: String, CaseIterable {
        case es256 = "ES256"
        case rs256 = "RS256"
        case edDSA = "EdDSA"
    }

    static let nonce = RandomSource.system.token()
    private static let keyID = RandomSource.system.token(byteCount: 20)
    private static let claims: JSONValue = [
        "iss": .string(World.issuer), "azp": .string(World.clientID), "aud": .string(World.clientID),
        "sub": .string("110169484474386276334"), "email": .string("jane.doe@example.com"),
        "email_verified": .bool(true), "at_hash": .string(RandomSource.system.token(byteCount: 16)),
        "nonce": .string(nonce), "name": .string("Jane Doe"), "picture": .string("https://id.example/pictures/110169"),
        "given_name": .string("Jane"), "family_name": .string("Doe"),
        "iat": .number(1_893_455_990), "exp": .number(1_893_459_590),
    ]

    let text: Secret
    let transport: FixedAnswers

    init(_ algorithm: Algorithm) throws {
        let header: JSONValue = [
            "alg": .string(algorithm.rawValue), "kid": .string(Self.keyID), "typ": .string("JWT"),
        ]
        let signed = [header, Self.claims].map { Base64URL.encode(Array($0.serialized().utf8)) }.joined(separator: ".")
        let (signature, key) = try Self.sign(Array(signed.utf8), algorithm)
        let described: JSONValue = ["kid": .string(Self.keyID), "use": .string("sig")]
        self.text = Secret(signed + "." + Base64URL.encode(signature))
        self.transport = .openID(keys: ["keys": .array([described.merging(key)])])
    }

    /// A signature by a new key, and the public half as a key set holds it (RFC 7517, RFC 8037).
    private static func sign(_ message: [UInt8], _ algorithm: Algorithm) throws -> ([UInt8], JSONValue) {
        switch algorithm {
        case .es256:
            let key = P256.Signing.PrivateKey()
            let point = Array(key.publicKey.rawRepresentation)
            return (
                Array(try key.signature(for: message).rawRepresentation),
                [
                    "kty": .string("EC"), "crv": .string("P-256"), "x": .string(Base64URL.encode(point[..<32])),
                    "y": .string(Base64URL.encode(point[32...])),
                ]
            )
        case .rs256:
            let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            let numbers = try key.publicKey.getKeyPrimitives()
            let signature = try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
            return (
                Array(signature.rawRepresentation),
                [
                    "kty": .string("RSA"), "n": .string(Base64URL.encode(numbers.modulus)),
                    "e": .string(Base64URL.encode(numbers.publicExponent)),
                ]
            )
        case .edDSA:
            let key = Curve25519.Signing.PrivateKey()
            return (
                Array(try key.signature(for: message)),
                [
                    "kty": .string("OKP"), "crv": .string("Ed25519"),
                    "x": .string(Base64URL.encode(key.publicKey.rawRepresentation)),
                ]
            )
        }
    }
}
