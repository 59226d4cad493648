import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletServer
import MartletTesting
import NIOCore
import Synchronization
import Testing

/// Logins by the ID token that an app, or Google One Tap in a page, got from its platform.
@Suite struct IDTokenLoginTests {
    /// Expects that a token was refused and nobody is signed in.
    private func expect(
        _ answer: TestResponse, refuses code: String, status: HTTPResponse.Status = .badRequest, _ browser: Browser,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(answer.status == status, sourceLocation: sourceLocation)
        #expect(answer.problemCode == code, sourceLocation: sourceLocation)
        #expect(answer.headers[values: .setCookie].isEmpty, sourceLocation: sourceLocation)
        let session = try await browser.session()
        #expect(session == nil, sourceLocation: sourceLocation)
    }

    @Test(arguments: Deployment.Wire.allCases)
    func signsInByTheTokenOfAnApp(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let app = Browser(deployment)
            let answer = try await app.signIn("google", idToken: try await deployment.googleCredential())
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "no-store")
            let members = try #require(answer.json.object)
            #expect(Set(members.keys.map { $0 }) == ["success", "isNew", "user", "expiresAt"])
            #expect(members["success"] == .bool(true) && members["isNew"] == .bool(true))
            #expect(members["user"]?["emailVerified"] == .bool(true))
            #expect(members["user"]?["emailIsPrivateRelay"] == .bool(false))
            #expect(members["expiresAt"] == .string("2030-01-31T00:00:00.000Z"))
            #expect(try await app.session()?["user"] == members["user"])
        }
    }

    @Test func knowsTheAccountOfALoginInTheBrowser() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("google")
            let app = Browser(deployment)
            let answer = try await app.signIn("google", idToken: try await deployment.googleCredential())
            #expect(answer.json["isNew"] == .bool(false))
            #expect(try await app.userID() == (try await browser.userID()))
        }
    }

    @Test func signsInFromAPageOfTheSite() async throws {
        try await Deployment.run { deployment in
            for headers: HTTPFields in [[.origin: deployment.serviceOrigin], [.secFetchSite: "same-origin"]] {
                let browser = Browser(deployment)
                let answer = try await browser.signIn(
                    "google", idToken: try await deployment.googleCredential(), headers: headers)
                #expect(answer.status == .ok)
            }
        }
    }

    @Test(arguments: [
        HTTPFields([.init(name: .secFetchSite, value: "cross-site")]),
        HTTPFields([.init(name: .secFetchSite, value: "same-site")]),
        HTTPFields([.init(name: .origin, value: "https://evil.example")]),
        HTTPFields([.init(name: .origin, value: "null")]),
        HTTPFields([.init(name: .referer, value: "https://evil.example/page")]),
    ])
    func refusesAnotherSite(headers: HTTPFields) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let token = try await deployment.googleCredential()
            let answer = try await browser.signIn("google", idToken: token, headers: headers)
            try await expect(answer, refuses: "CSRF_REJECTED", status: .forbidden, browser)
            // Nobody's token is used up by it.
            #expect(try await browser.signIn("google", idToken: token).status == .ok)
        }
    }

    // MARK: Linking

    @Test func linksToTheSignedInUser() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github", as: "mei")
            let token = try await deployment.googleCredential()
            let page: HTTPFields = [.origin: deployment.serviceOrigin]
            let answer = try await browser.signIn("google", idToken: token, ["bind": .bool(true)], headers: page)
            #expect(answer.status == .ok)
            #expect(answer.json["success"] == .bool(true))
            #expect(answer.json["binding"]?["provider"] == .string("google"))
            #expect(answer.json.object?.count == 2 && answer.headers[values: .setCookie].isEmpty)
            #expect(try await browser.boundProviders() == ["github", "google"])

            let again = try await deployment.googleCredential()
            let other = Browser(deployment)
            try await other.signIn("github", as: "lilei")
            let refused = try await other.signIn("google", idToken: again, ["bind": .bool(true)], headers: page)
            #expect(refused.problemCode == "OAUTH_ALREADY_BIND")
            #expect(try await other.boundProviders() == ["github"])
        }
    }

    @Test func linksOnlyFromAPageOfTheSiteAndInASession() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let token = try await deployment.googleCredential()
            let bind: [String: JSONValue] = ["bind": .bool(true)]
            let nobody = try await browser.signIn(
                "google", idToken: token, bind, headers: [.origin: deployment.serviceOrigin])
            try await expect(nobody, refuses: "UNAUTHORIZED", status: .unauthorized, browser)
            try await browser.signIn("github", as: "mei")
            let silent = try await browser.signIn("google", idToken: token, bind)
            #expect(silent.status == .forbidden && silent.problemCode == "CSRF_REJECTED")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test func offersToLinkAnAccountThatMayNotSignInByItself() async throws {
        try await Deployment.run { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            let answer = try await browser.signIn("google", idToken: try await deployment.googleCredential())
            #expect(answer.status == .accepted)
            #expect(answer.json["success"] == .bool(false) && answer.json["provider"] == .string("google"))
            #expect(answer.json.object?.count == 3)
            let token = try #require(answer.json["bindingToken"]?.string)
            #expect(try await browser.session() == nil)

            // Of no use to another browser, which lacks the cookie beside it.
            let other = Browser(deployment)
            try await other.signIn("github")
            #expect(try await other.bind(token).problemCode == "OAUTH_BINDING_TOKEN_INVALID")
            try await browser.signIn("github")
            #expect(try await browser.bind(token).status == .ok)
            #expect(try await browser.boundProviders() == ["github", "google"])
        }
    }

    @Test func refusesADisabledUser() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("google")
            let id = try #require(UserID(try await browser.userID()))
            try await deployment.store.setEnabled(false, user: id)
            let app = Browser(deployment)
            let answer = try await app.signIn("google", idToken: try await deployment.googleCredential())
            try await expect(answer, refuses: "ACCOUNT_DISABLED", status: .forbidden, app)
        }
    }

    // MARK: Tokens

    @Test func takesATokenOnce() async throws {
        try await Deployment.run { deployment in
            let token = try await deployment.googleCredential()
            #expect(try await Browser(deployment).signIn("google", idToken: token).status == .ok)
            let thief = Browser(deployment)
            try await expect(try await thief.signIn("google", idToken: token), refuses: "OAUTH_STATE_INVALID", thief)
            // Remembered until the token ends, the clocks' difference included.
            deployment.clock.advance(by: 3599 + 59)
            let late = try await thief.signIn("google", idToken: token)
            #expect(["OAUTH_STATE_INVALID", "OAUTH_TOKEN_EXCHANGE_FAILED"].contains(late.problemCode))
            deployment.clock.advance(by: 120)
            let ended = try await thief.signIn("google", idToken: token)
            try await expect(ended, refuses: "OAUTH_TOKEN_EXCHANGE_FAILED", thief)
        }
    }

    /// Of a signature (r, s) on an elliptic curve, (r, n - s) is another one of the same text.
    @Test func takesATokenOnceWhateverItsSignature() async throws {
        let settings = Deployment.corp("nativeClientIDs: [corp-es256]").replacing(
            "clientID: corp", with: "clientID: corp-es256")
        try await Deployment.run(.inProcess, settings) { deployment in
            let answers = Mutex<[JSONValue]>([])
            let transport = ObservedTransport(deployment, path: "/openid/token") { response in
                if let answer = try? JSONValue(parsing: response.body) { answers.withLock { $0.append(answer) } }
            }
            try await deployment.changing(transport: transport) { node in try await Browser(node).signIn("corp") }
            let token = try #require(answers.withLock { $0.first?["id_token"]?.string })
            let parts = token.split(separator: ".").map { String($0) }
            let claims = try JSONValue(parsing: try #require(Base64URL.decode(parts[1])))
            let nonce = ["nonce": try #require(claims["nonce"])]
            let signature = try #require(Base64URL.decode(parts[2]))
            let other = "\(parts[0]).\(parts[1]).\(Base64URL.encode(Self.mirrored(signature)))"
            #expect(other != token)
            #expect(try await Browser(deployment).signIn("corp", idToken: token, nonce).status == .ok)
            let thief = Browser(deployment)
            let answer = try await thief.signIn("corp", idToken: other, nonce)
            try await expect(answer, refuses: "OAUTH_STATE_INVALID", thief)
        }
    }

    /// The other signature of P-256: with the order of its group (NIST SP 800-186 §3.2.1.3) less s.
    private static func mirrored(_ signature: [UInt8]) -> [UInt8] {
        let order: [UInt8] =
            [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0] + Array(repeating: 0xFF, count: 8) + [
                0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
            ]
        var difference = signature
        var borrow = 0
        for index in (0..<32).reversed() {
            let digit = Int(order[index]) - Int(signature[32 + index]) - borrow
            borrow = digit < 0 ? 1 : 0
            difference[32 + index] = UInt8(truncatingIfNeeded: digit)
        }
        return difference
    }

    @Test func takesATokenOnceOfManyAtTheSameTime() async throws {
        try await Deployment.run { deployment in
            let token = try await deployment.googleCredential()
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await deployment.post(
                            json: ["idToken": .string(token)], to: "/api/auth/oauth/google/id-token"
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .ok } == 1 && statuses.count { $0 == .badRequest } == 19)
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test func takesTokensOfTheOwnersAppsOnly() async throws {
        try await Deployment.run { deployment in
            let token = try await deployment.googleCredential(clientID: "com.example.app")
            let app = Browser(deployment)
            let answer = try await app.signIn("google", idToken: token)
            try await expect(answer, refuses: "OAUTH_TOKEN_EXCHANGE_FAILED", app)
            try await deployment.changing(["google"], { $0.nativeClientIDs = ["com.example.app"] }) { changed in
                let app = Browser(changed)
                #expect(try await app.signIn("google", idToken: token).status == .ok)
                let other = try await changed.googleCredential(clientID: "com.example.other")
                let stranger = Browser(changed)
                let refused = try await stranger.signIn("google", idToken: other)
                try await expect(refused, refuses: "OAUTH_TOKEN_EXCHANGE_FAILED", stranger)
            }
        }
    }

    @Test(arguments: [
        ("plain", "plain", true),
        // The SHA-256 of `plain`.
        ("a116c9ed46d6207734a43317d30fd88f52ac8634c37d904bbf4e41d865f90475", "plain", true),
        ("a116c9ed46d6207734a43317d30fd88f52ac8634c37d904bbf4e41d865f90475", "other", false),
        ("plain", nil, false), (nil, "plain", false), ("plain", "other", false), (nil, nil, true),
    ])
    func comparesTheNonce(inToken: String?, given: String?, isTaken: Bool) async throws {
        try await Deployment.run { deployment in
            let token = try await deployment.appleToken(nonce: inToken)
            let app = Browser(deployment)
            let nonce = given.map { ["nonce": JSONValue.string($0)] } ?? [:]
            let answer = try await app.signIn("apple", idToken: token, nonce)
            if isTaken {
                #expect(answer.status == .ok)
            } else {
                try await expect(answer, refuses: "OAUTH_TOKEN_EXCHANGE_FAILED", app)
            }
        }
    }

    @Test(arguments: [
        "badSignature", "algNone", "wrongAlg", "hs256WithPublicKey", "embeddedJWK", "jkuHeader", "unknownCrit",
        "unknownKid",
        "wrongIssuer", "missingIss", "missingAud", "missingSub", "missingExp", "missingIat", "expiredIDToken",
        "issuedInFuture", "twoAudiencesWithoutAzp", "wrongAzp",
    ])
    func refusesATokenThatIsNotToBeTrusted(fault: String) async throws {
        try await Deployment.run { deployment in
            let app = Browser(deployment)
            let token = try await deployment.googleCredential(fault: fault)
            let answer = try await app.signIn("google", idToken: token)
            try await expect(answer, refuses: "OAUTH_TOKEN_EXCHANGE_FAILED", app)
            #expect(try await deployment.store.userCount() == 0)
        }
    }

    // MARK: Apple

    @Test func takesTheNameThatAppleToldTheAppAndTheEmailOfTheToken() async throws {
        try await Deployment.run { deployment in
            let app = Browser(deployment)
            let user: JSONValue = [
                "name": ["firstName": .string("Mei"), "lastName": .string("Tanaka")],
                "email": .string("somebody@else.example"),
            ]
            let answer = try await app.signIn(
                "apple", idToken: try await deployment.appleToken(as: "mei"), ["user": user])
            #expect(answer.json["user"]?["name"] == .string("Mei Tanaka"))
            #expect(answer.json["user"]?["email"]?.string?.hasSuffix("@privaterelay.appleid.com") == true)
            #expect(answer.json["user"]?["emailIsPrivateRelay"] == .bool(true))
            let session = try await app.session()
            #expect(session?["user"]?["emailIsPrivateRelay"] == .bool(true))
        }
    }

    // MARK: What cannot be read

    @Test func refusesAProviderWithoutIDTokens() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await expect(try await browser.signIn("github", idToken: "x.y.z"), refuses: "BAD_REQUEST", browser)
            let unknown = try await browser.signIn("nobody", idToken: "x.y.z")
            try await expect(unknown, refuses: "OAUTH_PROVIDER_NOT_FOUND", browser)
        }
    }

    @Test(arguments: [
        ("application/json", ""), ("application/json", "{"), ("application/json", "[]"), ("application/json", "{}"),
        ("application/json", #"{"idToken": 5}"#), ("application/json", #"{"idToken": null}"#),
        ("application/x-www-form-urlencoded", "idToken=x"), ("text/plain", #"{"idToken": "x.y.z"}"#),
        ("", #"{"idToken": "x.y.z"}"#),
        ("application/json", #"{"idToken": ""# + String(repeating: "x", count: 70_000) + #""}"#),
    ])
    func refusesABodyThatCannotBeRead(type: String, body: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            var headers: HTTPFields = [.accept: "application/json"]
            if !type.isEmpty { headers[.contentType] = type }
            let answer = try await browser.send(
                .post, "/api/auth/oauth/google/id-token", headers: headers, body: body)
            try await expect(answer, refuses: "BAD_REQUEST", browser)
        }
    }

    @Test(arguments: ["", "x", "x.y", "x.y.z", "....", "\u{0}", "é"])
    func refusesATextThatIsNoToken(text: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let answer = try await browser.signIn("google", idToken: text)
            try await expect(answer, refuses: "OAUTH_TOKEN_EXCHANGE_FAILED", browser)
        }
    }

    @Test func saysWhenTheKeysCannotBeFetched() async throws {
        try await Deployment.run { deployment in
            let token = try await deployment.googleCredential()
            try await deployment.changing(transport: UnreachableProviders()) { cutOff in
                let browser = Browser(cutOff)
                let answer = try await browser.signIn("google", idToken: token)
                try await expect(
                    answer, refuses: "OAUTH_PROVIDER_UNAVAILABLE", status: .serviceUnavailable, browser)
            }
            // And nothing is used up by it.
            #expect(try await Browser(deployment).signIn("google", idToken: token).status == .ok)
        }
    }
}
