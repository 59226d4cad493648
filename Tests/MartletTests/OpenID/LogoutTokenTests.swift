import FoundationEssentials
import Martlet
import MartletTesting
import Testing

/// OpenID Connect Back-Channel Logout 1.0 §2.4, §2.6
@Suite("Logout tokens")
struct LogoutTokenTests {
    static let event = "http://schemas.openid.net/event/backchannel-logout"

    let signer: IDTokenSigner
    let world: OpenIDWorld

    init() throws {
        signer = try IDTokenSigner("ES256")
        world = try OpenIDWorld(signer)
    }

    private func token(
        _ changes: [String: JSONValue], header: [String: JSONValue] = ["typ": .string("logout+jwt")]
    ) throws -> Secret {
        let now = Int(world.clock.now.timeIntervalSince1970)
        let usual: [String: JSONValue] = [
            "iss": .string(OpenIDWorld.issuer), "sub": .string("248289761001"), "aud": .string("client-1"),
            "iat": .number(Decimal(now)), "exp": .number(Decimal(now + 120)), "jti": .string("token-1"),
            "sid": .string("session-1"), "events": .object([Self.event: [:]]),
        ]
        return try signer.sign(.object(usual.merging(changes) { $1 }.filter { $0.value != .null }), header: header)
    }

    private func time(_ offset: Int) -> JSONValue {
        .number(Decimal(Int(world.clock.now.timeIntervalSince1970) + offset))
    }

    private func refusal(of token: Secret) async throws -> IDTokenError {
        let error = try await failure { try await world.client.verify(logoutToken: token) }
        guard case .untrustedMessage(.logoutToken, let reason) = error else { throw error }
        return reason
    }

    @Test
    func sayWhichSessionHasEnded() async throws {
        let logout = try await world.client.verify(logoutToken: try token([:]))
        #expect(logout.id == "token-1")
        #expect(logout.subject == "248289761001")
        #expect(logout.sessionID == "session-1")
        #expect(logout.expiresAt == world.clock.now.addingTimeInterval(120))
    }

    @Test
    func mayNameThePersonOrTheSessionAlone() async throws {
        let person = try await world.client.verify(logoutToken: try token(["sid": .null]))
        #expect(person.subject == "248289761001" && person.sessionID == nil)
        let session = try await world.client.verify(logoutToken: try token(["sub": .null]))
        #expect(session.subject == nil && session.sessionID == "session-1")
    }

    @Test(arguments: ["JWT", "jwt", "logout+jwt", "application/logout+jwt", "LOGOUT+JWT", nil])
    func mayHaveTheTypeOfTheirKindOrNone(type: String?) async throws {
        _ = try await world.client.verify(logoutToken: try token([:], header: ["typ": JSONValue(type)]))
    }

    @Test(arguments: [
        JSONValue.string("client-1"), .array([.string("client-1")]), .array([.string("x"), .string("client-1")]),
    ])
    func mayBeForSeveralClients(audience: JSONValue) async throws {
        _ = try await world.client.verify(logoutToken: try token(["aud": audience]))
    }

    @Test(arguments: [
        ("iss", JSONValue.string("https://evil.example"), IDTokenError.wrongClaim("iss")),
        ("iss", .null, .missingClaim("iss")), ("aud", .string("client-2"), .wrongClaim("aud")),
        ("aud", .null, .missingClaim("aud")), ("aud", .array([]), .wrongClaim("aud")),
        ("iat", .null, .missingClaim("iat")), ("iat", .string("now"), .missingClaim("iat")),
        ("exp", .string("soon"), .wrongClaim("exp")), ("exp", .number(1), .expired),
        ("jti", .null, .missingClaim("jti")), ("jti", .string(""), .missingClaim("jti")),
        ("jti", .number(1), .missingClaim("jti")), ("events", .null, .missingClaim("events")),
        ("events", .string(event), .missingClaim("events")),
        ("events", .array([.string(event)]), .missingClaim("events")),
        ("events", .object([:]), .wrongClaim("events")),
        ("events", .object(["http://evil.example/event": .object([:])]), .wrongClaim("events")),
        ("events", .object([event: .null]), .wrongClaim("events")),
        ("events", .object([event: .string("")]), .wrongClaim("events")),
        ("events", .object([event: .bool(true)]), .wrongClaim("events")),
        ("nonce", .string("nonce-1"), .wrongClaim("nonce")), ("nonce", .string(""), .wrongClaim("nonce")),
    ])
    func areRefusedWithAWrongClaim(name: String, value: JSONValue, expected: IDTokenError) async throws {
        #expect(try await refusal(of: try token([name: value])) == expected)
    }

    @Test(arguments: [
        [("sub", JSONValue.null), ("sid", .null)], [("sub", .string("")), ("sid", .string(""))],
        [("sub", .number(1)), ("sid", .null)], [("sub", .null), ("sid", .array([]))],
    ])
    func areRefusedWhenTheyNameNobody(changes: [(String, JSONValue)]) async throws {
        let changes = Dictionary(changes, uniquingKeysWith: { $1 })
        #expect(try await refusal(of: try token(changes)) == .missingClaim("sub or sid"))
    }

    /// Seconds from now: `exp`, or where that is missing two minutes after `iat`.
    @Test(
        arguments: [
            ("exp", -59, nil), ("exp", -60, IDTokenError.expired), ("iat", 59, nil), ("iat", 60, .notYetValid),
        ] as [(String, Int, IDTokenError?)])
    func areJudgedByTheClock(claim: String, offset: Int, expected: IDTokenError?) async throws {
        let token = try token([claim: time(offset)])
        if let expected {
            #expect(try await refusal(of: token) == expected)
        } else {
            _ = try await world.client.verify(logoutToken: token)
        }
    }

    @Test
    func endTwoMinutesAfterTheyWereMadeWhereTheyDoNotSayWhen() async throws {
        let fresh = try await world.client.verify(logoutToken: try token(["exp": .null, "iat": time(-179)]))
        #expect(fresh.expiresAt == world.clock.now.addingTimeInterval(-59))
        #expect(try await refusal(of: try token(["exp": .null, "iat": time(-180)])) == .expired)
    }

    @Test(arguments: ["at+jwt", "secevent+jwt", "dpop+jwt", "id", ""])
    func areRefusedAsAnotherKindOfMessage(type: String) async throws {
        #expect(try await refusal(of: try token([:], header: ["typ": .string(type)])) == .headerNotAllowed)
    }

    @Test
    func areNoIDTokens() async throws {
        let idToken = try signer.sign(world.claims(nonce: nil))
        #expect(try await refusal(of: idToken) == .missingClaim("jti"))
    }

    @Test
    func areRefusedWithoutASignatureOfTheProvider() async throws {
        for algorithm in ["none", "HS256"] {
            let forged = try token([:], header: ["alg": .string(algorithm)])
            #expect(try await refusal(of: forged) == .algorithmNotAllowed)
        }
        let parts = try token([:]).reveal().split(separator: ".")
        let unsigned = IDTokenSigner.part(.object(["alg": .string("none")])) + ".\(parts[1])."
        #expect(try await refusal(of: Secret(unsigned)) == .algorithmNotAllowed)
        #expect(try await refusal(of: Secret("\(parts[0]).\(parts[1]).")) == .badSignature)
        #expect(try await refusal(of: "not a token") == .malformed)
        let stranger = try IDTokenSigner("ES256", keyID: "key-2").sign(world.claims(nonce: nil))
        #expect(try await refusal(of: stranger) == .unknownKey)
    }

    @Test
    func areRefusedInAnAlgorithmThatTheEntryDoesNotName() async throws {
        let world = try OpenIDWorld(signer) { $0.signingAlgorithms = [.rs256] }
        let token = try token([:])
        let error = try await failure { try await world.client.verify(logoutToken: token) }
        #expect(error == .untrustedMessage(.logoutToken, .algorithmNotAllowed))
        #expect(error.description == "The logout token is not to be trusted: its signature algorithm is not accepted.")
    }

    @Test
    func areNotForProvidersWithoutAnIssuer() async throws {
        let token = try token([:])
        let error = try await failure { try await Harness(.github).client.verify(logoutToken: token) }
        #expect(error == .misconfigured("github has no issuer whose signatures could be verified"))
    }
}

/// OpenID Connect RP-Initiated Logout 1.0 §2
@Suite("Signing out at the provider")
struct LogoutURLTests {
    private func client(_ configure: (inout Provider) -> Void = { _ in }) throws -> OAuthClient {
        try OpenIDWorld(
            keys: [], metadata: ["end_session_endpoint": .string("https://id.example/logout?x=1")], configure
        )
        .client
    }

    @Test
    func namesTheSessionAndTheWayBack() async throws {
        let url = try await client().logoutURL(
            idToken: "id.to.ken", postLogoutRedirectURI: "https://app.example/bye?a=1", state: "s&t")
        #expect(url.hasPrefix("https://id.example/logout?x=1&"))
        let expected = [
            "x": "1", "id_token_hint": "id.to.ken", "client_id": "client-1",
            "post_logout_redirect_uri": "https://app.example/bye?a=1", "state": "s&t",
        ]
        #expect(url.queryParameters == expected)
    }

    @Test
    func leavesOutWhatIsNotGiven() async throws {
        let bare = try await client().logoutURL(idToken: nil, postLogoutRedirectURI: nil, state: nil)
        #expect(bare.queryParameters == ["x": "1", "client_id": "client-1"])
        let noWayBack = try await client().logoutURL(idToken: nil, postLogoutRedirectURI: nil, state: "s")
        #expect(noWayBack.queryParameters["state"] == nil)
        let noState = try await client().logoutURL(idToken: nil, postLogoutRedirectURI: "https://a.example", state: nil)
        #expect(noState.queryParameters["state"] == nil)
    }

    @Test
    func goesWhereTheEntrySays() async throws {
        let client = try client { $0.endSessionEndpoint = "https://mine.example/logout" }
        let url = try await client.logoutURL(idToken: nil, postLogoutRedirectURI: nil, state: nil)
        #expect(url == "https://mine.example/logout?client_id=client-1")
        #expect(try await client.supportsLogout())
    }

    @Test
    func needsAProviderThatOffersIt() async throws {
        let client = try Harness(.github).client
        #expect(try await !client.supportsLogout())
        let error = try await failure {
            try await client.logoutURL(idToken: nil, postLogoutRedirectURI: nil, state: nil)
        }
        #expect(error == .unsupported(.endSession))
    }
}
