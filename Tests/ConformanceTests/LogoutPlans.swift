import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletSimulator
import NIOCore
import Testing

@testable import EndToEndTests

/// Logout that begins here and goes on at the provider.
@Suite("RP-initiated logout") struct RPInitiatedLogoutPlan {
    @Test func `oidcc-client-test-rp-init-logout`() async throws {
        try await RelyingParty.run { party in
            let landing = try await party.signOutEverywhere()
            #expect(landing == "/auth/login?signed_out=1")
            #expect(try await party.browser.session() == nil)
            let request = try #require(party.requests("openid/end_session").first)
            #expect(request.query.contains { $0.name == "id_token_hint" })
        }
    }

    @Test func `oidcc-client-test-rp-init-logout-no-state`() async throws {
        try await refusesTheReturn(.missingState)
    }

    @Test func `oidcc-client-test-rp-init-logout-other-state`() async throws {
        try await refusesTheReturn(.wrongState)
    }

    private func refusesTheReturn(_ fault: Fault) async throws {
        try await RelyingParty.run { party in
            party.fails(fault, at: .logout)
            let landing = try await party.signOutEverywhere()
            #expect(landing == "/auth/login?oauth_error=OAUTH_STATE_INVALID")
            #expect(try await party.browser.session() == nil)
        }
    }
}

/// Logout that the provider tells of, server to server.
@Suite("Back-channel logout") struct BackChannelLogoutPlan {
    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout`() async throws {
        try await RelyingParty.run { party in
            try await party.expectsSuccess()
            let answer = try await party.tellOfLogout(nil)
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(try await party.browser.session() == nil)
        }
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-alg-none`() async throws {
        try await refuses(.algNone)
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg`() async throws {
        try await refuses(.wrongAlg)
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss`() async throws {
        try await refuses(.wrongIss)
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud`() async throws {
        try await refuses(.wrongAud)
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-no-event`() async throws {
        try await refuses(.missingEvents)
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event`() async throws {
        try await refuses(.wrongEvent)
    }

    @Test func `oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce`() async throws {
        try await refuses(.withNonce)
    }

    private func refuses(_ fault: LogoutTokenFault) async throws {
        try await RelyingParty.run { party in
            try await party.expectsSuccess()
            let answer = try await party.tellOfLogout(fault)
            #expect(answer.status == .badRequest)
            #expect(try await party.browser.session() != nil)
        }
    }
}

/// Logout that the provider tells of through frames in the person's browser.
@Suite("Front-channel logout") struct FrontChannelLogoutPlan {
    @Test func `oidcc-client-test-rp-frontchannel-rpinitlogout`() async throws {
        try await RelyingParty.run { party in
            try party.registerForFrames()
            let other = Browser(party.deployment)
            let elsewhere = RelyingParty(deployment: party.deployment, browser: other)
            try await elsewhere.expectsSuccess()
            try await party.expectsSuccess()
            let frames = try await party.framesAfterSigningOut()
            #expect(frames.count == 2)
            for frame in frames { try await party.show(frame) }
            #expect(try await party.browser.session() == nil)
            #expect(try await other.session() == nil)
        }
    }

    @Test func `oidcc-client-test-rp-frontchannel-opinitlogout`() async throws {
        try await RelyingParty.run { party in
            try party.registerForFrames()
            try await party.expectsSuccess()
            let page = try await party.deployment.provider.execute(
                uri: "/openid/end_session?logout_hint=ada", method: .get)
            let frames = RelyingParty.frames(in: String(buffer: page.body))
            #expect(frames.count == 1)
            for frame in frames { try await party.show(frame) }
            #expect(try await party.browser.session() == nil)
        }
    }
}

extension RelyingParty {
    /// Signs out here and follows the way through the provider.
    ///
    /// - Returns: where the browser ends.
    func signOutEverywhere() async throws -> String {
        try await expectsSuccess()
        let way = try await wayToTheProvidersLogout()
        let answer = try await deployment.provider.execute(uri: way, method: .get)
        return try await landing(after: try #require(answer.headers[.location]))
    }

    /// Signs out here, and asks where to sign out at the provider.
    private func wayToTheProvidersLogout() async throws -> String {
        let out = try await browser.change(.post, "/api/auth/logout")
        let next = try #require(out.json["providerLogoutURL"]?.string)
        let url = try await landing(after: next)
        return String(url.dropFirst(Deployment.simulatorOrigin.count))
    }

    /// Posts a logout token for the person, as the provider does.
    func tellOfLogout(_ fault: LogoutTokenFault?) async throws -> TestResponse {
        let token = try simulator.logoutToken(for: Self.clientID, person: "ada", fault: fault)
        return try await deployment.service.execute(
            uri: "/api/auth/oauth/rp/backchannel-logout", method: .post,
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: FormEncoding.encode([("logout_token", token)])))
    }

    /// Registers the client's address for frames.
    func registerForFrames() throws {
        var client = SimulatedClient(id: Self.clientID, secret: Self.clientSecret)
        client.frontchannelLogoutURI = deployment.serviceOrigin + "/api/auth/oauth/rp/frontchannel-logout"
        try simulator.register(client)
    }

    /// Signs out here and at the provider, and returns the frames of the provider's page.
    func framesAfterSigningOut() async throws -> [String] {
        let page = try await deployment.provider.execute(uri: try await wayToTheProvidersLogout(), method: .get)
        return Self.frames(in: String(buffer: page.body))
    }

    /// The addresses of a page's frames.
    static func frames(in page: String) -> [String] {
        page.split(separator: "<iframe").dropFirst().compactMap { frame in
            frame.split(separator: "src=\"").dropFirst().first.map {
                String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
            }
        }
    }

    /// Loads a frame as a browser does that sends another site's frame no cookies.
    func show(_ frame: String) async throws {
        let answer = try await deployment.service.execute(
            uri: String(frame.dropFirst(deployment.serviceOrigin.count)), method: .get)
        #expect(answer.status == .ok)
        #expect(
            answer.headers[.contentSecurityPolicy]
                == "default-src 'none'; frame-ancestors \(Deployment.simulatorOrigin)")
    }
}
