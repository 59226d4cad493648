import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletSimulator
import NIOCore
import Testing

@testable import EndToEndTests

/// The service as the relying party of a certification module: one browser, and the simulator's plain OpenID Connect as
/// the provider under the name `rp`.
struct RelyingParty {
    /// How the provider brings its answer to the callback.
    enum Mode: String, CaseIterable, Sendable {
        case query
        case formPost = "form_post"
    }

    static let clientID = "rp"
    static let clientSecret = "a-client-secret-of-more-than-32-bytes"
    static let serviceKey = "a-service-key-of-more-than-thirty-two-bytes"
    static let issuer = Deployment.simulatorOrigin + "/openid"
    static let signedIn = "/auth/login?oauth_success=1"

    let deployment: Deployment
    let browser: Browser

    var simulator: Simulator { deployment.simulator }

    /// Runs a module.
    ///
    /// - Parameters:
    ///   - mode: how the provider answers.
    ///   - settings: further settings of the provider, a line each.
    ///   - test: the module.
    static func run(
        _ mode: Mode = .query, _ settings: [String] = [], _ test: @Sendable (RelyingParty) async throws -> Void
    ) async throws {
        let lines =
            [
                "insecureAllowHTTP: true", "serviceKey: \(serviceKey)", "providers:", "  rp:", "    issuer: \(issuer)",
                "    clientID: \(clientID)", "    clientSecret: \(clientSecret)",
                "    responseMode: \(mode.rawValue)",
            ] + settings.map { "    " + $0 }
        try await Deployment.run(.inProcess, lines.joined(separator: "\n") + "\n") { deployment in
            try await test(RelyingParty(deployment: deployment, browser: Browser(deployment)))
        }
    }

    // MARK: The person's way

    /// A login from the button to the page where it ends.
    ///
    /// - Returns: that page's address.
    func signIn() async throws -> String {
        try await land(try await decide(at: try await begin()))
    }

    /// Presses the button.
    ///
    /// - Returns: where the service sends the browser.
    func begin() async throws -> String {
        try await landing(after: "/api/auth/oauth/rp/authorize")
    }

    /// Lets the person allow, or the module's fault happen, at the provider.
    func decide(at authorizationURL: String) async throws -> TestResponse {
        let path = String(authorizationURL.dropFirst(Deployment.simulatorOrigin.count))
        return try await deployment.provider.executeRequest(
            uri: path + "&prompt=none&login_hint=ada", method: .get, headers: [:], body: nil)
    }

    /// Brings the provider's answer to the callback, by the redirect or by the form.
    ///
    /// - Returns: where the browser ends.
    func land(_ answer: TestResponse) async throws -> String {
        if let callback = answer.headers[.location] {
            return try await landing(after: callback)
        }
        let form = try PostedForm(page: String(buffer: answer.body))
        let posted = try await browser.send(
            .post, form.action, headers: [.contentType: "application/x-www-form-urlencoded", .accept: "text/html"],
            body: FormEncoding.encode(form.fields))
        #expect(posted.status == .seeOther)
        return try await landing(after: try #require(posted.headers[.location]))
    }

    /// Opens an address of the service that redirects, and returns where to.
    func landing(after address: String) async throws -> String {
        let answer = try await browser.open(address)
        return try #require(answer.headers[.location])
    }

    // MARK: What a module expects

    /// The login succeeds, and somebody is signed in.
    func expectsSuccess(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let landing = try await signIn()
        let session = try await browser.session()
        #expect(landing == Self.signedIn, sourceLocation: sourceLocation)
        #expect(session != nil, sourceLocation: sourceLocation)
    }

    /// The login is refused with a code, and nobody is signed in.
    ///
    /// - Parameter unasked: endpoints that must not be asked after the refusal.
    func expectsRefusal(
        _ code: String = "OAUTH_TOKEN_EXCHANGE_FAILED", unasked: [String] = ["openid/userinfo"],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let asked = unasked.map { requests($0).count }
        let landing = try await signIn()
        let session = try await browser.session()
        #expect(landing == "/auth/login?oauth_error=\(code)", sourceLocation: sourceLocation)
        #expect(session == nil, sourceLocation: sourceLocation)
        #expect(unasked.map { requests($0).count } == asked, sourceLocation: sourceLocation)
    }

    /// The requests that the provider got at a path.
    func requests(_ path: String) -> [RecordedRequest] {
        simulator.recordedRequests.filter { $0.path == path }
    }
}
