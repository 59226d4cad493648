import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

/// Logouts that a provider tells of: server to server (OpenID Connect Back-Channel Logout 1.0), and by a frame in the
/// person's browser (Front-Channel Logout 1.0).
@Suite struct LogoutNoticeTests {
    private static let back = "/api/auth/oauth/openid/backchannel-logout"
    private static let front = "/api/auth/oauth/openid/frontchannel-logout"
    private static let issuer = "\(Deployment.simulatorOrigin)/openid"

    /// Signs somebody in with a new browser.
    ///
    /// - Returns: the browser, and the session's id at the provider.
    private func signIn(
        _ deployment: Deployment, with provider: String = "openid", as person: String = "ada"
    ) async throws -> (browser: Browser, sid: String) {
        let browser = Browser(deployment)
        try await browser.signIn(provider, as: person)
        let id = try #require(UserID(try await browser.userID()))
        deployment.clock.advance(by: 1)
        let newest = try await deployment.store.sessions(of: id, now: deployment.clock.now).first
        return (browser, try #require(newest?.providerSessionID))
    }

    private func tell(
        _ deployment: Deployment, of person: String? = nil, sid: String? = nil
    ) async throws -> HTTPResponse.Status {
        let token = try deployment.simulator.logoutToken(for: "martlet-demo", person: person, sid: sid)
        return try await deployment.post(form: [("logout_token", token)], to: Self.back).status
    }

    private func isSignedIn(_ browsers: Browser...) async throws -> [Bool] {
        var signedIn: [Bool] = []
        for browser in browsers { signedIn.append(try await browser.session() != nil) }
        return signedIn
    }

    // MARK: Back-channel

    @Test func endsTheSessionThatTheTokenNames() async throws {
        try await Deployment.run { deployment in
            let (phone, laptop) = (try await signIn(deployment), try await signIn(deployment))
            #expect(phone.sid != laptop.sid)
            #expect(try await tell(deployment, sid: phone.sid) == .ok)
            #expect(try await isSignedIn(phone.browser, laptop.browser) == [false, true])
        }
    }

    @Test func endsAllSessionsOfThePersonThatWereBegunThere() async throws {
        try await Deployment.run { deployment in
            let (phone, laptop) = (try await signIn(deployment), try await signIn(deployment))
            let other = try await signIn(deployment, as: "mei")
            try await phone.browser.open(try await phone.browser.visitProviderToLink("github", as: "ada"))
            let byGitHub = Browser(deployment)
            try await byGitHub.signIn("github")
            #expect(try await byGitHub.userID() == (try await phone.browser.userID()))
            #expect(try await tell(deployment, of: "ada") == .ok)
            let left = try await isSignedIn(phone.browser, laptop.browser, other.browser, byGitHub)
            #expect(left == [false, false, true, true])
        }
    }

    @Test func endsASessionOnlyIfPersonAndSessionBothFit() async throws {
        try await Deployment.run { deployment in
            let (phone, laptop) = (try await signIn(deployment), try await signIn(deployment))
            #expect(try await tell(deployment, of: "mei", sid: phone.sid) == .ok)
            #expect(try await tell(deployment, of: "ada", sid: "elsewhere") == .ok)
            #expect(try await isSignedIn(phone.browser, laptop.browser) == [true, true])
            #expect(try await tell(deployment, of: "ada", sid: phone.sid) == .ok)
            #expect(try await isSignedIn(phone.browser, laptop.browser) == [false, true])
        }
    }

    @Test func doesNothingForATokenThatWasObeyed() async throws {
        try await Deployment.run { deployment in
            let first = try await signIn(deployment)
            let token = try deployment.simulator.logoutToken(for: "martlet-demo", person: "ada")
            #expect(try await deployment.post(form: [("logout_token", token)], to: Self.back).status == .ok)
            #expect(try await isSignedIn(first.browser) == [false])
            let second = try await signIn(deployment)
            #expect(try await deployment.post(form: [("logout_token", token)], to: Self.back).status == .ok)
            #expect(try await isSignedIn(second.browser) == [true])
        }
    }

    @Test func obeysAnotherProvidersWordNowhereElse() async throws {
        try await Deployment.run(.inProcess, Deployment.corp()) { deployment in
            let session = try await signIn(deployment, with: "corp")
            // The same issuer and person, but another client's token, and another provider's address.
            #expect(try await tell(deployment, of: "ada") == .ok)
            let token = try deployment.simulator.logoutToken(for: "martlet-demo", person: "ada")
            let atCorp = try await deployment.post(
                form: [("logout_token", token)], to: "/api/auth/oauth/corp/backchannel-logout")
            #expect(atCorp.status == .badRequest)
            #expect(try await isSignedIn(session.browser) == [true])
        }
    }

    @Test func takesAnIDTokenForNoLogoutToken() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("google")
            let answer = try await deployment.post(
                form: [("logout_token", try await deployment.googleCredential())],
                to: "/api/auth/oauth/google/backchannel-logout")
            #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
            #expect(try await isSignedIn(browser) == [true])
        }
    }

    @Test(arguments: [
        ("application/json", #"{"logout_token": "TOKEN"}"#), ("text/plain", "logout_token=TOKEN"),
        ("", "logout_token=TOKEN"), ("application/x-www-form-urlencoded", ""),
        ("application/x-www-form-urlencoded", "logout_token="),
        ("application/x-www-form-urlencoded", "logout_token=x.y.z"),
        ("application/x-www-form-urlencoded", "logout_token=TOKEN&logout_token=TOKEN"),
        ("application/x-www-form-urlencoded", "logout_token=%zz"),
        ("application/x-www-form-urlencoded", "token=TOKEN"),
    ])
    func refusesALogoutThatCannotBeRead(type: String, body: String) async throws {
        try await Deployment.run { deployment in
            let session = try await signIn(deployment)
            let token = try deployment.simulator.logoutToken(for: "martlet-demo", person: "ada")
            let headers: HTTPFields = type.isEmpty ? [:] : [.contentType: type]
            let answer = try await deployment.service.executeRequest(
                uri: Self.back, method: .post, headers: headers,
                body: ByteBuffer(string: body.replacing("TOKEN", with: token)))
            #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(try await isSignedIn(session.browser) == [true])
        }
    }

    @Test func saysThatAProviderWithoutAnIssuerSendsNone() async throws {
        try await Deployment.run { deployment in
            let answer = try await deployment.post(
                form: [("logout_token", "x.y.z")], to: "/api/auth/oauth/github/backchannel-logout")
            #expect(answer.json["detail"] == .string("GitHub sends no logout tokens."))
        }
    }

    @Test func asksTheProviderToComeAgainWhenTheKeysCannotBeFetched() async throws {
        try await Deployment.run { deployment in
            try await deployment.changing(transport: UnreachableProviders()) { cutOff in
                let token = try cutOff.simulator.logoutToken(for: "martlet-demo", person: "ada")
                let answer = try await cutOff.post(form: [("logout_token", token)], to: Self.back)
                #expect(answer.status == .serviceUnavailable)
            }
        }
    }

    // MARK: Front-channel

    private func frame(
        _ deployment: Deployment, _ parameters: [(name: String, value: String)], at path: String = front
    ) async throws -> TestResponse {
        try await deployment.service.executeRequest(
            uri: "\(path)?\(FormEncoding.encode(parameters))", method: .get, headers: [.accept: "application/json"],
            body: nil)
    }

    @Test func endsTheSessionOfTheFrameAndNoOther() async throws {
        try await Deployment.run { deployment in
            let (phone, laptop) = (try await signIn(deployment), try await signIn(deployment))
            let answer = try await frame(deployment, [("iss", Self.issuer), ("sid", phone.sid)])
            #expect(answer.status == .ok)
            #expect(try await isSignedIn(phone.browser, laptop.browser) == [false, true])
        }
    }

    @Test func isContentWithASessionAlone() async throws {
        try await Deployment.run { deployment in
            let session = try await signIn(deployment)
            let answer = try await frame(deployment, [("sid", session.sid)])
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentSecurityPolicy]?.hasSuffix(Deployment.simulatorOrigin) == true)
            #expect(try await isSignedIn(session.browser) == [false])
            let elsewhere = try await frame(
                deployment, [("sid", session.sid)], at: "/api/auth/oauth/github/frontchannel-logout")
            #expect(elsewhere.status == .badRequest)
        }
    }

    @Test func isShownInAFrameOfTheIssuerOnly() async throws {
        try await Deployment.run { deployment in
            let answer = try await frame(deployment, [("iss", Self.issuer), ("sid", "unknown")])
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "no-store")
            let policy = "default-src 'none'; frame-ancestors \(Deployment.simulatorOrigin)"
            #expect(answer.headers[.contentSecurityPolicy] == policy)
            #expect(answer.headers[try #require(HTTPField.Name("X-Frame-Options"))] == nil)
            #expect(answer.headers[try #require(HTTPField.Name("X-Content-Type-Options"))] == "nosniff")
        }
    }

    @Test func refusesAFrameOfAnotherIssuerOrWithoutASession() async throws {
        try await Deployment.run { deployment in
            let session = try await signIn(deployment)
            let refused: [[(name: String, value: String)]] = [
                [], [("iss", Self.issuer)], [("iss", Self.issuer), ("sid", "")],
                [("iss", "https://evil.example"), ("sid", session.sid)],
                [("iss", Self.issuer + "/"), ("sid", session.sid)],
                [("iss", Self.issuer), ("sid", session.sid), ("sid", session.sid)],
            ]
            for parameters in refused {
                let answer = try await frame(deployment, parameters)
                #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
                #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            }
            #expect(try await isSignedIn(session.browser) == [true])
        }
    }

    @Test func endsNoSessionThatWasBegunWithAnotherProvider() async throws {
        try await Deployment.run(.inProcess, Deployment.corp()) { deployment in
            let session = try await signIn(deployment, with: "corp")
            #expect(try await frame(deployment, [("iss", Self.issuer), ("sid", session.sid)]).status == .ok)
            #expect(try await isSignedIn(session.browser) == [true])
        }
    }
}
