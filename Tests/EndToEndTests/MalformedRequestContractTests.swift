import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import NIOCore
import Testing

/// Requests that cannot be read are answered with a code, and never with a server's error.
@Suite struct MalformedRequestContractTests {
    private func expectRefusal(_ answer: TestResponse, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect((400..<500).contains(answer.status.code), "\(answer.status)", sourceLocation: sourceLocation)
        #expect(answer.problemCode != nil, sourceLocation: sourceLocation)
        #expect(answer.headers[.contentType] == "application/problem+json", sourceLocation: sourceLocation)
    }

    static let methods: [(path: String, allowed: Set<HTTPRequest.Method>)] = [
        ("/api/auth/oauth/github/authorize", [.get]), ("/api/auth/oauth/github/callback", [.get, .post]),
        ("/api/auth/oauth/bind", [.post]), ("/api/auth/oauth/github/unbind", [.delete]),
        ("/api/auth/oauth/bindings", [.get]), ("/api/auth/oauth/github/status", [.get]),
        ("/api/auth/sessions", [.get, .delete]), ("/api/auth/sessions/x", [.delete]), ("/api/auth/account", [.delete]),
        ("/health/alive", [.get]), ("/health/ready", [.get]), ("/openapi.json", [.get]), ("/", [.get]),
        ("/auth/login", [.get]), ("/auth/link", [.get]), ("/profile", [.get]), ("/auth/bind", [.post]),
        ("/profile/unbind", [.post]), ("/profile/end-session", [.post]), ("/profile/end-other-sessions", [.post]),
        ("/profile/delete-account", [.post]), ("/auth/client.js", [.get]), ("/auth/assets/pages.css", [.get]),
        ("/auth/assets/landing.js", [.get]), ("/auth/assets/icons/github.svg", [.get]), ("/favicon.ico", [.get]),
    ]

    @Test(arguments: methods, Deployment.Wire.allCases)
    func refusesOtherMethods(
        address: (path: String, allowed: Set<HTTPRequest.Method>), wire: Deployment.Wire
    ) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let allowed = address.allowed.map(\.rawValue).sorted().joined(separator: ", ")
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options, .trace]
            where !address.allowed.contains(method) {
                let answer = try await browser.change(method, address.path)
                #expect(answer.status == .methodNotAllowed)
                #expect(answer.problemCode == "METHOD_NOT_ALLOWED")
                #expect(answer.headers[.allow] == allowed)
            }
        }
    }

    @Test func showsABrowserAPageForAMethodThatAnAddressDoesNotTake() async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).open("/profile/unbind")
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "POST")
            #expect(String(buffer: answer.body).contains("<h1>Not possible this way</h1>"))
        }
    }

    static let types: [String?] = [
        nil, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/jsonp", "application/json-seq", "text/json", "application", ";", "application /json",
    ]

    @Test(arguments: types)
    func takesNothingButJSONToBind(type: String?) async throws {
        for wire in Deployment.Wire.allCases {
            try await Deployment.run(wire) { deployment in
                try await Browser(deployment).signIn("github")
                let browser = Browser(deployment)
                let token = try await browser.earnBindingToken("openid")
                try await browser.signIn("github")
                var headers: HTTPFields = [.accept: "application/json", .origin: deployment.serviceOrigin]
                headers[.contentLength] = "\(token.utf8.count + 19)"
                headers[.contentType] = type
                let answer = try await browser.send(
                    .post, "/api/auth/oauth/bind", headers: headers, body: #"{"bindingToken":"\#(token)"}"#)
                #expect(answer.status == .badRequest)
                #expect(answer.problemCode == "BAD_REQUEST")
                #expect(try await browser.boundProviders() == ["github"])
            }
        }
    }

    @Test(arguments: ["application/json; charset=utf-8", "Application/JSON", "application/json ;charset=utf-8"])
    func readsJSONHoweverItsTypeIsWritten(type: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.send(
                .post, "/api/auth/oauth/bind",
                headers: [.accept: "application/json", .origin: deployment.serviceOrigin, .contentType: type],
                body: #"{"bindingToken":"x"}"#)
            #expect(answer.problemCode == "OAUTH_BINDING_TOKEN_INVALID")
        }
    }

    static let bodies: [String] = [
        "", "{", "}", "[]", "null", "1", "\"x\"", "{}", #"{"bindingToken":1}"#, #"{"bindingToken":null}"#,
        #"{"bindingToken":["x"]}"#, #"{"bindingToken":{"x":1}}"#, #"{"BindingToken":"x"}"#, #"{"bindingToken":"x""#,
        "\u{0}", #"{"bindingToken":"\ud800"}"#, #"{"bindingToken":"x"}}"#, "bindingToken=x",
        String(repeating: "[", count: 10_000), String(repeating: #"{"a":"#, count: 3000), "1e99999", "NaN",
    ]

    @Test(arguments: bodies)
    func refusesABodyThatIsNotTheOneOfTheContract(body: String) async throws {
        for wire in Deployment.Wire.allCases {
            try await Deployment.run(wire) { deployment in
                let browser = Browser(deployment)
                try await browser.signIn("github")
                let answer = try await browser.change(.post, "/api/auth/oauth/bind", body: body)
                #expect(answer.status == .badRequest)
                #expect(answer.problemCode == "BAD_REQUEST")
            }
        }
    }

    @Test(arguments: [17 * 1024, 1 << 20, (1 << 20) + 1, 3 << 20], Deployment.Wire.allCases)
    func refusesABodyThatIsTooLong(count: Int, wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let text = String(repeating: "x", count: count)
            let bound = try await browser.change(.post, "/api/auth/oauth/bind", body: #"{"bindingToken":"\#(text)"}"#)
            #expect(bound.status == .badRequest)
            #expect(bound.problemCode == "BAD_REQUEST")
        }
    }

    @Test(arguments: [
        ("application/json", "{}"), ("text/plain", "state=x"), ("application/x-www-form-urlencodedx", "state=x"),
        ("application/x-www-form-urlencoded", String(repeating: "x", count: 65 * 1024)),
        ("application/x-www-form-urlencoded", "state=a&state=b"), ("application/x-www-form-urlencoded", "state=%zz"),
    ])
    func refusesAPostedCallbackThatIsNoForm(type: String, body: String) async throws {
        for wire in Deployment.Wire.allCases {
            try await Deployment.run(wire) { deployment in
                let answer = try await Browser(deployment).send(
                    .post, "/api/auth/oauth/github/callback",
                    headers: [.accept: "application/json", .contentType: type], body: body)
                #expect(answer.status == .badRequest)
                #expect(answer.problemCode == "BAD_REQUEST")
            }
        }
    }

    static let paths: [String] = [
        "/api/auth/oauth/%ff/status", "/api/auth/oauth//status", "/api/auth/oauth/..%2f..%2f/status",
        "/api/auth/oauth/github%00/status", "/api/auth/oauth/%zz/status", "/api/auth/oauth/GitHub/status",
        "/api/auth/oauth/github/status/more", "/api/auth/oauth", "/api/auth", "/api/auth/oauth/github",
        "/api/auth/oauth/\(String(repeating: "a", count: 8000))/status", "/api/auth/oauth/%0d%0aX-A:b/authorize",
        "/api/auth/oauth/github/authorize?bind=2", "/api/auth/oauth/github/authorize?bind=1&bind=1",
        "/api/auth/oauth/github/authorize?redirect_uri=%ff", "/api/auth/oauth/github/authorize?%",
        "/api/auth/oauth/github/callback?state[]=x&code=1", "/api/auth/oauth/github/callback?posted=x",
        "/api/auth/oauth/github/callback?posted=%00&state=x",
    ]

    @Test(arguments: paths, Deployment.Wire.allCases)
    func refusesAnAddressThatMeansNothing(path: String, wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            expectRefusal(try await browser.change(.get, path))
        }
    }

    static let cookies: [String] = [
        "martlet-session", "martlet-session=", "=", ";;;", "martlet-session=%%%; martlet-session=x", "\u{e9}=\u{e9}",
        "martlet-session=\"quoted", "martlet-binding=x; martlet-session=x", "martlet-flow-=x; martlet-flow-x=",
        "a=" + String(repeating: "b", count: 8000),
    ]

    @Test(arguments: cookies, Deployment.Wire.allCases)
    func takesBrokenCookiesForNone(cookie: String, wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            for path in ["/api/auth/oauth/bindings", "/api/auth/session"] {
                let answer = try await deployment.service.executeRequest(
                    uri: path, method: .get, headers: [.cookie: cookie, .accept: "application/json"], body: nil)
                #expect(answer.status == .unauthorized)
                #expect(answer.problemCode == "UNAUTHORIZED")
            }
        }
    }
}
