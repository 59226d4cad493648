import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MartletSimulator
import NIOCore
import Synchronization
import Testing

@Suite struct FaultTests {
    private func tokenAnswer(
        _ visitor: Visitor, fault: String = "", scope: String = "openid email profile"
    ) async throws -> Answer {
        let code = try await visitor.code("openid/authorize", ["scope": scope, "nonce": "n"], fault: fault)
        return try await visitor.post(
            "openid/token",
            [
                "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
                "client_id": "app", "client_secret": "s3cret",
            ])
    }

    private func idToken(_ visitor: Visitor, fault: String) async throws -> IDTokenReader {
        let answer = try await tokenAnswer(visitor, fault: fault).json()
        return try IDTokenReader(try #require(answer["id_token"]?.string))
    }

    private func profile(_ visitor: Visitor, fault: String) async throws -> Answer {
        let access = try #require(try await tokenAnswer(visitor, fault: fault).json()["access_token"]?.string)
        return try await visitor.get("openid/userinfo", headers: Visitor.bearer(access))
    }

    @Test func changesTheState() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await visitor.signIn("openid/authorize", fault: "wrongState")["state"] == "s-changed")
            #expect(try await visitor.signIn("openid/authorize", fault: "missingState")["state"] == nil)
        }
    }

    @Test(arguments: [
        ("github", "github.com/login/oauth/authorize", "error"),
        ("qq", "graph.qq.com/oauth2.0/authorize", "usercancel"),
    ])
    func refusesInTheDialectsOwnWords(dialect: String, path: String, name: String) async throws {
        try await Bench().run { visitor async throws in
            for change in [["fault": "denied"], ["decision": "cancel"]] {
                let callback = try await visitor.signIn(path, change)
                #expect(callback[name] != nil)
                #expect(callback["code"] == nil)
                #expect(callback["state"] == "s")
            }
        }
    }

    @Test func answersWithServerErrorGarbageAndRedirect() async throws {
        try await Bench().run { visitor async throws in
            let error = try await tokenAnswer(visitor, fault: "serverError")
            #expect(error.status == 500)
            #expect(error.headers[.contentType] == "text/html")
            let garbage = try await tokenAnswer(visitor, fault: "garbage")
            #expect(garbage.status == 200)
            #expect(throws: (any Error).self) { try garbage.json() }
            let redirect = try await tokenAnswer(visitor, fault: "redirect")
            #expect(redirect.status == 302)
            #expect(redirect.headers[.location] == "http://localhost/elsewhere.example/token")
        }
    }

    @Test func answersWithMoreThanTwoMebibytes() async throws {
        try await Bench().run { visitor async throws in
            let answer = try await tokenAnswer(visitor, fault: "oversized")
            #expect(answer.text.utf8.count > 2 << 20)
            #expect(answer.headers[.contentLength] == nil)
        }
    }

    @Test func breaksTheSignature() async throws {
        try await Bench().run { visitor async throws in
            let keys = try await visitor.get("openid/jwks").json()
            #expect(try await !idToken(visitor, fault: "badSignature").isSigned(by: keys))
            #expect(try await idToken(visitor, fault: "unknownKid").header["kid"] == "unpublished")
            let unsigned = try await idToken(visitor, fault: "algNone")
            #expect(unsigned.header["alg"] == "none")
        }
    }

    @Test(arguments: [
        ("wrongNonce", "nonce", "n-changed"), ("wrongIssuer", "iss", "https://issuer.example"),
        ("wrongAudience", "aud", "app-of-somebody-else"),
    ])
    func changesAClaim(fault: String, claim: String, value: String) async throws {
        try await Bench().run { visitor async throws in
            let token = try await idToken(visitor, fault: fault)
            #expect(token.claims[claim]?.string == value)
            #expect(try token.isSigned(by: try await visitor.get("openid/jwks").json()))
        }
    }

    @Test func issuesAnExpiredIDToken() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let token = try await idToken(visitor, fault: "expiredIDToken")
            #expect(token.claims["exp"] == .number(Int64(bench.clock.now.timeIntervalSince1970) - 3600))
        }
    }

    @Test func leavesThingsOut() async throws {
        try await Bench().run { visitor async throws in
            let token = try await idToken(visitor, fault: "missingSubject")
            #expect(token.claims["sub"] == nil)
            #expect(try await profile(visitor, fault: "missingSubject").json()["sub"] == nil)
            #expect(try await idToken(visitor, fault: "missingEmail").claims["email"] == nil)
            #expect(try await profile(visitor, fault: "missingEmail").json()["email"] == nil)
            #expect(try await tokenAnswer(visitor, fault: "emptyAccessToken").json()["access_token"] == "")
        }
    }

    @Test func answersWithTheDialectsOwnErrors() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await tokenAnswer(visitor, fault: "tokenError").json()["error"] == "invalid_grant")
            #expect(try await profile(visitor, fault: "userInfoError").status == 401)
        }
    }

    @Test func answersWithSomebodyElsesProfile() async throws {
        try await Bench().run { visitor async throws in
            let right = try await profile(visitor, fault: "").json()["sub"]
            let wrong = try await profile(visitor, fault: "userInfoSubjectMismatch").json()["sub"]
            #expect(wrong != nil)
            #expect(wrong != right)
        }
    }

    @Test func strikesAtAnotherStepWhereOneIsNamed() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await tokenAnswer(visitor, fault: "garbage@userInfo").status == 200)
            let garbage = try await profile(visitor, fault: "garbage@userInfo")
            #expect(throws: (any Error).self) { try garbage.json() }
            let bad = try await visitor.post(
                "openid/authorize",
                [
                    "client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code",
                    "person": "ada", "fault": "wrongNonce@userInfo",
                ])
            #expect(bad.status == 400)
        }
    }

    @Test func setsFaultsForEveryCall() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            #expect(bench.simulator.set(fault: .serverError, dialect: "openid", step: .keys))
            #expect(!bench.simulator.set(fault: .algNone, dialect: "openid", step: .keys))
            #expect(!bench.simulator.set(fault: .slow, dialect: "unknown", step: .keys))
            #expect(try await visitor.get("openid/jwks").status == 500)
            #expect(try await visitor.get("www.googleapis.com/oauth2/v3/certs").status == 200)
            bench.simulator.clearFaults()
            #expect(try await visitor.get("openid/jwks").status == 200)
        }
    }

    @Test func setsFaultsOverHTTP() async throws {
        try await Bench().run { visitor async throws in
            let path = "simulator/faults/openid/token"
            let put = { (body: String) in try await visitor.send(.put, path, body: body).status }
            #expect(try await put(#"{"fault":"tokenError"}"#) == 204)
            #expect(try await put(#"{"fault":"wrongState"}"#) == 400)
            #expect(try await put(#"{"fault":"unheardOf"}"#) == 400)
            #expect(try await put("") == 400)
            #expect(try await visitor.get("simulator/faults").json()[0]?["fault"] == "tokenError")
            #expect(try await tokenAnswer(visitor).status == 400)
            #expect(try await visitor.send(.delete, path).status == 204)
            #expect(try await tokenAnswer(visitor).status == 200)
            #expect(try await visitor.send(.put, "simulator/faults/unknown/token", body: "{}").status == 404)
        }
    }

    @Test func answersLateByTheDelay() async throws {
        let waited = Mutex<[Duration]>([])
        let bench = try Bench(sleep: { duration in waited.withLock { $0.append(duration) } })
        try await bench.run { visitor async throws in
            bench.simulator.set(fault: .slow, dialect: "openid", step: .keys, delay: .milliseconds(300))
            #expect(try await visitor.get("openid/jwks").status == 200)
            #expect(try await tokenAnswer(visitor, fault: "slow").status == 200)
        }
        #expect(waited.withLock { $0 } == [.milliseconds(300), .seconds(2)])
    }

    @Test func givesUpAfterAMinute() async throws {
        let waited = Mutex<[Duration]>([])
        let bench = try Bench(sleep: { duration in waited.withLock { $0.append(duration) } })
        try await bench.run { visitor async throws in
            #expect(try await tokenAnswer(visitor, fault: "hang").status == 504)
        }
        #expect(waited.withLock { $0 } == [.seconds(60)])
    }

    @Test(.timeLimit(.minutes(1))) func stopsWaitingWhenTheClientGoesAway() async throws {
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        let (ended, ending) = AsyncStream<Void>.makeStream()
        let bench = try Bench(sleep: { _ in
            beginning.yield()
            let (never, _) = AsyncStream<Void>.makeStream()
            for await _ in never {}
            ending.yield()
        })
        bench.simulator.set(fault: .hang, dialect: "openid", step: .keys)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = bench.simulator.application(
            hostname: "127.0.0.1", port: 0, logger: .silent, onReady: { port.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            let bound = try #require(await ports.first { _ in true })
            #expect(bound > 0)
            let client = TestClient(host: "127.0.0.1", port: bound)
            client.connect()
            try await client.executeAndDontWaitForResponse(.init("/openid/jwks", method: .get))
            _ = await begun.first { _ in true }
            try await client.close(mode: .all)
            _ = await ended.first { _ in true }
            group.cancelAll()
        }
    }
}
