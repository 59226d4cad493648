import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletSimulator
import MartletTesting
import NIOCore
import Synchronization
import Testing

/// Access tokens of providers for the application's backend, and what becomes of them when an account is unlinked.
@Suite struct AccessTokenTests {
    private static let tokens = "openid/token"

    /// Runs a test with somebody who signed in with `corp`, whose tokens are kept.
    private func run(
        _ test: @Sendable (_ deployment: Deployment, _ browser: Browser, _ user: String) async throws -> Void
    ) async throws {
        try await Deployment.run(.inProcess, Deployment.corp("keepTokens: true")) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("corp")
            try await test(deployment, browser, try await browser.userID())
        }
    }

    /// The status of the profile for an access token: 200 while the provider honours it.
    private func profile(_ token: JSONValue?, _ deployment: Deployment) async throws -> HTTPResponse.Status {
        try await deployment.provider.executeRequest(
            uri: "/openid/userinfo", method: .get,
            headers: [.authorization: "Bearer \(try #require(token?.string))"], body: nil
        ).status
    }

    // MARK: Who gets one

    @Test func givesATokenThatTheProviderHonours() async throws {
        try await run { deployment, browser, user in
            let answer = try await deployment.accessToken(of: user)
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.json.object?.count == 4)
            #expect(answer.json["tokenType"] == .string("Bearer"))
            #expect(answer.json["expiresAt"] == .string("2030-01-01T01:00:00.000Z"))
            #expect(answer.json["scopes"]?.array?.contains(.string("offline_access")) == true)
            #expect(try await profile(answer.json["accessToken"], deployment) == .ok)

            let bySession = try await browser.ask(
                .get, "/api/auth/oauth/corp/token", headers: [.authorization: "Bearer \(Deployment.serviceKey)"])
            #expect(bySession.json == answer.json)
        }
    }

    @Test func givesNobodyATokenWithoutAServiceKey() async throws {
        let settings = Deployment.corp("keepTokens: true", hasServiceKey: false)
        try await Deployment.run(.inProcess, settings) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("corp")
            for authorization in ["Bearer ", "Bearer", "Bearer \(Deployment.serviceKey)", nil] {
                let answer = try await deployment.accessToken(of: "1", authorization: authorization)
                #expect(answer.status == .notFound && answer.problemCode == "NOT_FOUND")
            }
        }
    }

    @Test(arguments: [
        nil, "", "Bearer", "Bearer ", "Bearer wrong", "Basic \(Deployment.serviceKey)", Deployment.serviceKey,
        "Bearer \(Deployment.serviceKey)x", "Bearer \(Deployment.serviceKey.dropLast())",
        "Bearer \(Deployment.serviceKey.uppercased())",
    ])
    func refusesAnotherKey(authorization: String?) async throws {
        try await run { deployment, _, user in
            let answer = try await deployment.accessToken(of: user, authorization: authorization)
            #expect(answer.status == .unauthorized && answer.problemCode == "UNAUTHORIZED")
            #expect(!String(buffer: answer.body).contains(Deployment.serviceKey))
        }
    }

    @Test func isNotHadByASessionAlone() async throws {
        try await run { _, browser, _ in
            let answer = try await browser.ask(.get, "/api/auth/oauth/corp/token")
            #expect(answer.status == .unauthorized)
        }
    }

    @Test func needsAUser() async throws {
        try await run { deployment, _, _ in
            let nobody = try await Browser(deployment).ask(
                .get, "/api/auth/oauth/corp/token", headers: [.authorization: "Bearer \(Deployment.serviceKey)"])
            #expect(nobody.status == .unauthorized && nobody.problemCode == "UNAUTHORIZED")
            #expect(try await deployment.accessToken(of: "999").problemCode == "OAUTH_BINDING_NOT_FOUND")
            for id in ["x", "01", "1.5", "99999999999999999999"] {
                #expect(try await deployment.accessToken(of: id).problemCode == "BAD_REQUEST")
            }
        }
    }

    @Test func givesNoTokenOfAProviderWhoseTokensAreNotKept() async throws {
        for settings in [Deployment.corp(), Deployment.corp("revokesOnUnlink: true")] {
            try await Deployment.run(.inProcess, settings) { deployment in
                let browser = Browser(deployment)
                try await browser.signIn("corp")
                let answer = try await deployment.accessToken(of: try await browser.userID())
                #expect(answer.status == .notFound && answer.problemCode == "OAUTH_BINDING_NOT_FOUND")
            }
        }
    }

    // MARK: Refreshing

    @Test func refreshesNothingThatStillLivesForAMinute() async throws {
        try await run { deployment, _, user in
            let asked = deployment.requestCount(Self.tokens)
            let first = try await deployment.accessToken(of: user)
            deployment.clock.advance(by: 3600 - 61)
            #expect(try await deployment.accessToken(of: user).json == first.json)
            #expect(deployment.requestCount(Self.tokens) == asked)
            deployment.clock.advance(by: 2)
            let second = try await deployment.accessToken(of: user)
            #expect(second.status == .ok && second.json["accessToken"] != first.json["accessToken"])
            #expect(deployment.requestCount(Self.tokens) == asked + 1)
        }
    }

    @Test func keepsTheRefreshTokenThatTheProviderRotated() async throws {
        try await run { deployment, _, user in
            var seen: Set<String> = []
            for _ in 0..<3 {
                deployment.clock.advance(by: 3600)
                let answer = try await deployment.accessToken(of: user)
                #expect(try await profile(answer.json["accessToken"], deployment) == .ok)
                seen.insert(try #require(answer.json["accessToken"]?.string))
            }
            #expect(seen.count == 3)
        }
    }

    @Test func refreshesOnceForManyCallsAtTheSameTime() async throws {
        try await run { deployment, _, user in
            let asked = deployment.requestCount(Self.tokens)
            deployment.clock.advance(by: 3600)
            let answers = try await withThrowingTaskGroup(of: JSONValue.self) { group in
                for _ in 0..<50 { group.addTask { try await deployment.accessToken(of: user).json } }
                return try await group.reduce(into: Set<JSONValue>()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            #expect(try await profile(answers.first?["accessToken"], deployment) == .ok)
            #expect(deployment.requestCount(Self.tokens) == asked + 1)
        }
    }

    @Test func takesTheTokensThatAnotherNodeRefreshed() async throws {
        try await run { deployment, _, user in
            deployment.clock.advance(by: 3600)
            let first = try await deployment.accessToken(of: user)
            try await deployment.changing { other in
                let answer = try await other.accessToken(of: user)
                #expect(answer.json == first.json)
            }
        }
    }

    @Test func saysThatARefreshWasRefusedAndGoesOnAfterIt() async throws {
        try await run { deployment, _, user in
            deployment.clock.advance(by: 3600)
            deployment.simulator.set(fault: .tokenError, dialect: "openid", step: .refresh)
            let refused = try await deployment.accessToken(of: user)
            #expect(refused.status == .badRequest && refused.problemCode == "OAUTH_TOKEN_EXCHANGE_FAILED")
            #expect(refused.json["accessToken"] == nil)
            deployment.simulator.clearFaults()
            #expect(try await deployment.accessToken(of: user).status == .ok)
        }
    }

    @Test func keepsARotatedRefreshTokenThoughTheIDTokenBesideItIsNotTrusted() async throws {
        try await run { deployment, _, user in
            deployment.clock.advance(by: 3600)
            deployment.simulator.set(fault: .refreshWrongIssuer, dialect: "openid", step: .refresh)
            let refused = try await deployment.accessToken(of: user)
            #expect(refused.problemCode == "OAUTH_TOKEN_EXCHANGE_FAILED" && refused.json["accessToken"] == nil)
            deployment.simulator.clearFaults()
            #expect(try await deployment.accessToken(of: user).status == .ok)
        }
    }

    @Test func keepsARotatedRefreshTokenThoughTheStoreCannotBeWrittenForAMoment() async throws {
        let store = FaultyStore()
        try await Deployment.run(.inProcess, Deployment.corp("keepTokens: true"), store: store) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("corp")
            let user = try await browser.userID()
            for failures in [1, 2, 0] {
                deployment.clock.advance(by: 3600)
                store.failNextWrites(failures)
                let answer = try await deployment.accessToken(of: user)
                #expect(try await profile(answer.json["accessToken"], deployment) == .ok)
            }
        }
    }

    @Test func revokesWhatAProviderGrantedWhileTheAccountWasUnlinked() async throws {
        try await run { deployment, browser, user in
            try await browser.open(try await browser.visitProviderToLink("github", as: "mei"))
            deployment.clock.advance(by: 3600)
            let userID = try #require(UserID(user))
            let unlinking = ObservedTransport(deployment, path: Self.tokens) { _ in
                _ = try? await deployment.store.unbind(providerID: "corp", of: userID)
            }
            try await deployment.changing(transport: unlinking) { node in
                let answer = try await node.accessToken(of: user)
                #expect(answer.status == .notFound && answer.problemCode == "OAUTH_BINDING_NOT_FOUND")
            }
            #expect(deployment.requestCount("openid/revoke") == 1)
        }
    }

    @Test func saysThatTheProviderCannotBeReached() async throws {
        try await run { deployment, _, user in
            deployment.clock.advance(by: 3600)
            try await deployment.changing(transport: UnreachableProviders()) { cutOff in
                let answer = try await cutOff.accessToken(of: user)
                #expect(answer.status == .serviceUnavailable && answer.problemCode == "OAUTH_PROVIDER_UNAVAILABLE")
            }
        }
    }

    @Test func saysThatThereIsNoRefreshToken() async throws {
        let settings = Deployment.corp("keepTokens: true").replacing(", offline_access", with: "")
        try await Deployment.run(.inProcess, settings) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("corp")
            let user = try await browser.userID()
            #expect(try await deployment.accessToken(of: user).status == .ok)
            deployment.clock.advance(by: 3600)
            let answer = try await deployment.accessToken(of: user)
            #expect(answer.problemCode == "OAUTH_TOKEN_EXCHANGE_FAILED")
            #expect(answer.json["detail"]?.string?.contains("gave no refresh token") == true)
        }
    }

    // MARK: Their end

    @Test func revokesTheTokensOfAnAccountThatIsUnlinked() async throws {
        try await run { deployment, browser, user in
            let token = try await deployment.accessToken(of: user).json["accessToken"]
            try await browser.open(try await browser.visitProviderToLink("github", as: "mei"))
            #expect(try await browser.change(.delete, "/api/auth/oauth/corp/unbind").status == .ok)
            #expect(deployment.requestCount("openid/revoke") == 1)
            #expect(try await profile(token, deployment) == .unauthorized)
            #expect(try await deployment.accessToken(of: user).problemCode == "OAUTH_BINDING_NOT_FOUND")
        }
    }

    @Test func revokesTheTokensOfAUserWhoIsDeleted() async throws {
        try await run { deployment, browser, user in
            let token = try await deployment.accessToken(of: user).json["accessToken"]
            #expect(try await browser.change(.delete, "/api/auth/account").status == .ok)
            #expect(deployment.requestCount("openid/revoke") == 1)
            #expect(try await profile(token, deployment) == .unauthorized)
        }
    }

    @Test func letsPeopleLeaveThoughTheProviderIsDown() async throws {
        try await run { deployment, browser, _ in
            try await browser.open(try await browser.visitProviderToLink("github", as: "mei"))
            let cookies = browser.cookies
            try await deployment.changing(transport: UnreachableProviders()) { cutOff in
                let browser = Browser(cutOff, cookies: cookies)
                let unlinked = try await browser.change(.delete, "/api/auth/oauth/corp/unbind")
                let left = try await browser.boundProviders()
                let deleted = try await browser.change(.delete, "/api/auth/account")
                let users = try await cutOff.store.userCount()
                #expect(unlinked.status == .ok && left == ["github"])
                #expect(deleted.status == .ok && users == 0)
            }
        }
    }

    @Test func letsPeopleLeaveThoughTheProviderRefusesToRevoke() async throws {
        try await run { deployment, browser, _ in
            deployment.simulator.set(fault: .serverError, dialect: "openid", step: .revoke)
            let deleted = try await browser.change(.delete, "/api/auth/account")
            let users = try await deployment.store.userCount()
            #expect(deleted.status == .ok && users == 0)
            #expect(deployment.requestCount("openid/revoke") == 1)
        }
    }

    @Test(arguments: [("revokesOnUnlink: true", 1), ("keepTokens: false", 0)])
    func keepsATokenForItsRevocationOnlyWhereThatIsDemanded(setting: String, revocations: Int) async throws {
        try await Deployment.run(.inProcess, Deployment.corp(setting)) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("corp")
            #expect(try await browser.change(.delete, "/api/auth/account").status == .ok)
            #expect(deployment.requestCount("openid/revoke") == revocations)
        }
    }
}

/// A store that cannot be written for a while.
private final class FaultyStore: TransactionalStore {
    private let base = MemoryStore()
    private let failures = Mutex(0)

    var clock: @Sendable () -> Date { base.clock }

    func failNextWrites(_ count: Int) {
        failures.withLock { $0 = count }
    }

    func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await base.read(operation)
    }

    func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let fails = failures.withLock { failures in
            defer { failures = max(0, failures - 1) }
            return failures > 0
        }
        if fails { throw .unavailable("not now") }
        return try await base.write(operation)
    }
}
