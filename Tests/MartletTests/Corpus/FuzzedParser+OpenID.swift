import Crypto
import FoundationEssentials
import HTTPTypes
import MartletTesting

@testable import Martlet

extension FuzzedParser {
    private static let issuer = "https://id.example"
    private static let rule = IssuerRule(issuer: issuer, tenancy: nil)
    private static let tenancy = Tenancy(issuer: "https://id.example/{tenantid}/v2.0")
    private static let tenants = IssuerRule(issuer: tenancy.issuer, tenancy: tenancy)

    // MARK: JWT

    /// The input is a JWT, or three lines: header and claims as JSON, and the signature in base64, so that the fuzzer
    /// changes what is inside, too.
    static func acceptsJWT(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        guard let token = try? UnverifiedJWT(Secret(compactForm(input))) else { return false }
        if token.names(aKeyOf: keys) { _ = try? token.checkSignature(keys) }
        _ = try? token.checkSignature("a client secret of 32 bytes or more")
        try judgeMessages(token)
        let expectations = IDTokenExpectations(
            issuer: rule, audiences: ["client-1"], nonce: .exactly("nonce-1"), accessToken: "access-token-1",
            maxAge: nil, now: FixedClock.start, clockSkew: 60)
        var lenient = expectations
        lenient.issuer = tenants
        lenient.nonce = .native(nil)
        lenient.maxAge = 600
        let accepted = [expectations, lenient].compactMap { try? $0.judge(token) }
        for claims in accepted {
            try promise("an ID token names its subject", (1...255).contains(claims.subject.utf8.count))
            try promise("an ID token is of the issuer", claims.issuer.hasPrefix(issuer))
            try promise("an ID token has not ended", claims.expiresAt > FixedClock.start.addingTimeInterval(-60))
            try promise("an ID token is for the client", token.claims["aud"]?.serialized().contains("client-1") == true)
        }
        return !accepted.isEmpty
    }

    private static func judgeMessages(_ token: UnverifiedJWT) throws(BrokenPromise) {
        let logout = try? LogoutToken(token, rule, clientID: "client-1", now: FixedClock.start, clockSkew: 60)
        if let logout {
            try promise("a logout token says whose session ended", logout.subject ?? logout.sessionID != nil)
        }
        let notification = try? AccountNotification(
            appleEvents: token, rule, audiences: ["client-1"], now: FixedClock.start, clockSkew: 60)
        if let notification {
            try promise("a notification names a person", !notification.subject.isEmpty)
        }
    }

    private static func compactForm(_ input: [UInt8]) -> String {
        let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard input.first == UInt8(ascii: "{"), lines.count == 3 else { return String(decoding: input, as: UTF8.self) }
        let signature = String(decoding: lines[2], as: UTF8.self)
        return "\(Base64URL.encode(lines[0])).\(Base64URL.encode(lines[1])).\(signature)"
    }

    /// One key of each kind that is quick to verify by; the RSA one is a number of the right size.
    private static let keys = SigningKeys(
        keys: [
            SigningKeys.Key([
                "kty": .string("RSA"), "kid": .string("key-1"), "n": .string(modulus), "e": .string("AQAB"),
            ]),
            (try? P256.Signing.PrivateKey(rawRepresentation: Array(1...32)))
                .map { .init(id: "key-1", algorithm: nil, issuer: nil, material: .p256($0.publicKey)) },
            (try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(1...32)))
                .map { .init(id: "key-1", algorithm: nil, issuer: nil, material: .ed25519($0.publicKey)) },
        ].compactMap { $0 })

    private static let modulus = Base64URL.encode([0xC1] + SeededRandom().bytes(254) + [0x01])

    // MARK: Key sets

    static func acceptsKeySet(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        guard let set = try? SigningKeys.parse(OutboundResponse(status: 200, body: input)) else { return false }
        try promise("a key set has at most a hundred keys", set.keys.count <= 100)
        for algorithm in SignatureAlgorithm.allCases {
            let nameless = set.candidates(keyID: nil, algorithm: algorithm, issuer: issuer)
            try promise("without a key's name there is but one", nameless.count <= 1)
            for key in set.candidates(keyID: "key-1", algorithm: algorithm, issuer: nil).prefix(1) + nameless {
                try promise("an HMAC has no public key", !algorithm.usesClientSecret)
                let isValid = algorithm.isValid(Array(repeating: 1, count: 64), of: [1], by: key)
                try promise("a made-up signature is not valid", !isValid)
            }
        }
        return !set.keys.isEmpty
    }

    // MARK: Metadata

    static func acceptsMetadata(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        try judgeLifetime(input)
        let response = OutboundResponse(status: 200, body: input)
        let accepted = [rule, tenants].compactMap { try? ProviderMetadata.parse(response, rule: $0) }
        for metadata in accepted {
            try promise("metadata are of the issuer", metadata.issuer.hasPrefix(issuer))
            var provider = Provider.openID(id: "example", name: "Example", issuer: issuer)
            for isMultiTenant in [false, true] {
                provider.tenancy = isMultiTenant ? tenancy : nil
                let endpoints = ProviderEndpoints(provider, metadata: metadata, hasSecret: isMultiTenant, hasKey: true)
                _ = endpoints.deviceAuthentication
                let possible: [ClientAuthentication] =
                    [.privateKeyJWT, .none] + (isMultiTenant ? [.basic, .post, .secretJWT] : [])
                try promise("a client can do what is chosen", possible.contains(endpoints.clientAuthentication))
            }
        }
        return !accepted.isEmpty
    }

    /// The input as the answer's `Cache-Control`.
    private static func judgeLifetime(_ input: [UInt8]) throws(BrokenPromise) {
        var response = OutboundResponse(status: 200)
        response.headers[.cacheControl] = String(decoding: input.prefix(200), as: UTF8.self)
        try promise("a document is kept for minutes and at most a day", (300...86_400).contains(response.freshLifetime))
    }
}
