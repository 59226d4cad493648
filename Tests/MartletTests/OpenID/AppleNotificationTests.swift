import FoundationEssentials
import Martlet
import MartletTesting
import Testing

/// https://developer.apple.com/documentation/signinwithapple/processing-changes-for-sign-in-with-apple-accounts
@Suite("Apple's notifications")
struct AppleNotificationTests {
    let signer: IDTokenSigner
    let apple: Harness

    init() throws {
        signer = try IDTokenSigner("RS256")
        apple = try Harness(.apple, clientID: "com.example.web")
        let keys: JSONValue = ["keys": .array([try signer.jwk()])]
        apple.transport.on(.keys, .json(keys.serialized()))
    }

    private func time(_ offset: Int) -> JSONValue {
        .number(Decimal(Int(apple.clock.now.timeIntervalSince1970) + offset))
    }

    private func token(
        _ event: JSONValue, _ changes: [String: JSONValue] = [:], header: [String: JSONValue] = [:]
    ) throws -> Secret {
        let usual: [String: JSONValue] = [
            "iss": .string("https://appleid.apple.com"), "aud": .string("com.example.web"), "iat": time(0),
            "exp": time(86_400), "jti": .string("notification-1"), "events": .string(event.serialized()),
        ]
        return try signer.sign(.object(usual.merging(changes) { $1 }.filter { $0.value != .null }), header: header)
    }

    private func event(_ type: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let usual: [String: JSONValue] = [
            "type": .string(type), "sub": .string("820417.faa325acbc78e1be1668ba852d492d8a.0219"),
            "event_time": .number(1),
        ]
        return .object(usual.merging(more) { $1 }.filter { $0.value != .null })
    }

    private func refusal(_ token: Secret, audiences: [String] = []) async throws -> IDTokenError {
        let error = try await failure {
            try await apple.client.verify(notification: token, audiences: audiences)
        }
        guard case .untrustedMessage(.notification, let reason) = error else { throw error }
        return reason
    }

    @Test(arguments: [
        ("account-delete", AccountNotification.Change.accountDeleted), ("account-deleted", .accountDeleted),
        ("consent-revoked", .consentRevoked), ("email-disabled", .emailDisabled("a1b2@privaterelay.appleid.com")),
        ("email-enabled", .emailEnabled("a1b2@privaterelay.appleid.com")), ("something-new", .other("something-new")),
    ])
    func sayWhatChangedForWhom(type: String, change: AccountNotification.Change) async throws {
        let event = event(
            type, ["email": .string("a1b2@privaterelay.appleid.com"), "is_private_email": .string("true")])
        let notification = try await apple.client.verify(notification: try token(event))
        #expect(notification.change == change)
        #expect(notification.subject == "820417.faa325acbc78e1be1668ba852d492d8a.0219")
        #expect(notification.id == "notification-1")
        #expect(notification.issuedAt == apple.clock.now)
    }

    @Test
    func areReadFromAnObjectAsWell() async throws {
        let token = try token([:], ["events": event("consent-revoked")])
        #expect(try await apple.client.verify(notification: token).change == .consentRevoked)
    }

    @Test
    func nameAnUnknownChangeOnOneShortLine() async throws {
        let token = try token(event("a\r\nb" + String(repeating: "c", count: 1000)))
        guard case .other(let name) = try await apple.client.verify(notification: token).change else {
            throw TestFailure("it is known")
        }
        #expect(name.count == 300 && !name.contains { $0.isNewline })
    }

    @Test
    func mayBeForAnAppThatIsListed() async throws {
        let token = try token(event("consent-revoked"), ["aud": .string("com.example.app")])
        _ = try await apple.client.verify(notification: token, audiences: ["com.example.app"])
        #expect(try await refusal(token) == .wrongClaim("aud"))
        #expect(try await refusal(token, audiences: ["com.example.other"]) == .wrongClaim("aud"))
    }

    @Test(arguments: [
        ("iss", JSONValue.string("https://evil.example"), IDTokenError.wrongClaim("iss")),
        ("iss", .null, .missingClaim("iss")), ("aud", .null, .missingClaim("aud")),
        ("iat", .null, .missingClaim("iat")),
        ("jti", .null, .missingClaim("jti")), ("jti", .string(""), .missingClaim("jti")),
        ("events", .null, .missingClaim("events")), ("events", .string("{"), .wrongClaim("events")),
        ("events", .string("[]"), .wrongClaim("events")), ("events", .array([]), .wrongClaim("events")),
        ("events", .string(#"{"type":"account-delete"}"#), .wrongClaim("events")),
        ("events", .string(#"{"type":"account-delete","sub":""}"#), .wrongClaim("events")),
        ("events", .string(#"{"sub":"1"}"#), .wrongClaim("events")),
    ])
    func areRefusedWithAWrongClaim(name: String, value: JSONValue, expected: IDTokenError) async throws {
        #expect(try await refusal(try token(event("account-delete"), [name: value])) == expected)
    }

    @Test(
        arguments: [(59, nil), (60, IDTokenError.notYetValid), (-86_459, nil), (-86_460, .expired)]
            as [(Int, IDTokenError?)])
    func areJudgedByTheClock(offset: Int, expected: IDTokenError?) async throws {
        let token = try token(event("account-delete"), ["iat": time(offset)])
        if let expected {
            #expect(try await refusal(token) == expected)
        } else {
            _ = try await apple.client.verify(notification: token)
        }
    }

    @Test
    func areRefusedWithoutApplesSignature() async throws {
        let event = event("account-delete")
        #expect(try await refusal(try token(event, header: ["alg": .string("none")])) == .algorithmNotAllowed)
        #expect(try await refusal(try token(event, header: ["alg": .string("RS512")])) == .algorithmNotAllowed)
        #expect(try await refusal(try token(event, header: ["kid": .string("another")])) == .unknownKey)
        let parts = try token(event).reveal().split(separator: ".")
        let forged = IDTokenSigner.part(.object(["iss": .string("https://appleid.apple.com")]))
        #expect(try await refusal(Secret("\(parts[0]).\(forged).\(parts[2])")) == .badSignature)
    }

    @Test
    func areNoIDTokens() async throws {
        let token = try token(
            event("consent-revoked"), ["sub": .string("820417.faa325acbc78e1be1668ba852d492d8a.0219")])
        let error = try await failure { try await apple.client.tokens(nativeIDToken: token, nonce: nil) }
        #expect(error == .untrustedIDToken(.wrongClaim("events")))
    }

    @Test
    func comeFromNoOtherProvider() async throws {
        let error = try await failure { try await Harness(.google).client.verify(notification: "a.b.c") }
        #expect(error == .misconfigured("Google sends no notifications"))
    }
}
