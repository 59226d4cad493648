import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletServer
import MartletTesting
import NIOCore
import Testing

/// What a provider tells later of changes to a person's account (Sign in with Apple: server-to-server notifications).
@Suite struct AccountNotificationTests {
    private static let path = "/api/auth/oauth/apple/notifications"

    private func signIn(_ deployment: Deployment, as person: String = "mei") async throws -> Browser {
        let browser = Browser(deployment)
        let answer = try await browser.signIn("apple", idToken: try await deployment.appleToken(as: person))
        #expect(answer.status == .ok)
        return browser
    }

    private func tell(
        _ deployment: Deployment, _ type: String, of person: String = "mei"
    ) async throws -> HTTPResponse.Status {
        let payload = try await deployment.appleNotification(type, of: person)
        return try await deployment.post(json: ["payload": .string(payload)], to: Self.path).status
    }

    @Test func takesOverWhetherMailReachesThePerson() async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            let email = try await browser.session()?["user"]?["email"]
            for (type, isVerified) in [("email-disabled", false), ("email-enabled", true)] {
                #expect(try await tell(deployment, type) == .ok)
                let user = try await browser.session()?["user"]
                #expect(user?["emailVerified"] == .bool(isVerified))
                #expect(user?["email"] == email && user?["emailIsPrivateRelay"] == .bool(true))
            }
        }
    }

    @Test func endsTheSessionsOfAPersonWhoTookTheConsentBack() async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            let user = try await browser.userID()
            let other = try await signIn(deployment, as: "ada")
            #expect(try await tell(deployment, "consent-revoked") == .ok)
            #expect(try await browser.session() == nil)
            #expect(try await other.session() != nil)
            // The account stays linked: whoever consents again is the same user.
            #expect(try await signIn(deployment).userID() == user)
        }
    }

    @Test(arguments: ["account-delete", "account-deleted"])
    func removesAUserWhoHadNoOtherAccount(type: String) async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            let other = try await signIn(deployment, as: "ada")
            #expect(try await tell(deployment, type) == .ok)
            #expect(try await browser.session() == nil)
            #expect(try await other.session() != nil)
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test func unlinksTheAccountOfAUserWhoHasOthers() async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            try await browser.open(try await browser.visitProviderToLink("github", as: "mei"))
            let byGitHub = Browser(deployment)
            try await byGitHub.signIn("github", as: "mei")
            #expect(try await tell(deployment, "account-delete") == .ok)
            #expect(try await browser.session() == nil)
            #expect(try await byGitHub.boundProviders() == ["github"])
        }
    }

    @Test func forgetsTheTokensOfAPersonWhoTookTheConsentBack() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            #expect(try await browser.signIn("apple", as: "mei") == "/auth/login?oauth_success=1")
            let id = try #require(UserID(try await browser.userID()))
            #expect(try await deployment.store.keptTokens(of: id, providerID: "apple") != nil)
            #expect(try await tell(deployment, "consent-revoked") == .ok)
            #expect(try await deployment.store.keptTokens(of: id, providerID: "apple") == nil)
        }
    }

    @Test func doesNothingForANotificationThatWasObeyed() async throws {
        try await Deployment.run { deployment in
            _ = try await signIn(deployment)
            let payload = try await deployment.appleNotification("consent-revoked", of: "mei")
            #expect(try await deployment.post(json: ["payload": .string(payload)], to: Self.path).status == .ok)
            let browser = try await signIn(deployment)
            #expect(try await deployment.post(json: ["payload": .string(payload)], to: Self.path).status == .ok)
            #expect(try await browser.session() != nil)
        }
    }

    @Test func passesOverAPersonWhomNobodyKnowsAndAChangeThatNobodyKnows() async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            for type in ["email-disabled", "consent-revoked", "account-delete"] {
                #expect(try await tell(deployment, type, of: "lilei") == .ok)
            }
            let unknown = try await deployment.appleNotification("account-delete", of: "mei", fault: "unknownType")
            #expect(try await deployment.post(json: ["payload": .string(unknown)], to: Self.path).status == .ok)
            #expect(try await browser.session() != nil)
        }
    }

    @Test(arguments: ["wrongIss", "wrongAud", "wrongSignature", "algNone"])
    func refusesANotificationThatIsNotToBeTrusted(fault: String) async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            let payload = try await deployment.appleNotification("account-delete", of: "mei", fault: fault)
            let answer = try await deployment.post(json: ["payload": .string(payload)], to: Self.path)
            #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
            #expect(try await browser.session() != nil)
        }
    }

    @Test func refusesANotificationThatIsOlderThanADay() async throws {
        try await Deployment.run { deployment in
            let browser = try await signIn(deployment)
            let payload = try await deployment.appleNotification("account-delete", of: "mei")
            deployment.clock.advance(by: 86_400 + 61)
            #expect(try await deployment.post(json: ["payload": .string(payload)], to: Self.path).status == .badRequest)
            #expect(try await browser.session() != nil)
        }
    }

    @Test func takesNotificationsAboutTheOwnersApps() async throws {
        try await Deployment.run { deployment in
            try await deployment.changing(["apple"], { $0.nativeClientIDs = ["com.example.app"] }) { changed in
                let app = Browser(changed)
                let token = try await changed.appleToken(as: "mei", clientID: "com.example.app")
                #expect(try await app.signIn("apple", idToken: token).status == .ok)
                for (clientID, status) in [
                    ("com.example.other", HTTPResponse.Status.badRequest), ("com.example.app", .ok),
                ] {
                    let payload = try await changed.appleNotification(
                        "consent-revoked", of: "mei", clientID: clientID)
                    let answer = try await changed.post(json: ["payload": .string(payload)], to: Self.path)
                    #expect(answer.status == status)
                }
                #expect(try await app.session() == nil)
            }
        }
    }

    @Test func refusesThemForAProviderThatSendsNone() async throws {
        try await Deployment.run { deployment in
            for (provider, name) in [("google", "Google"), ("github", "GitHub")] {
                let answer = try await deployment.post(
                    json: ["payload": .string("x.y.z")], to: "/api/auth/oauth/\(provider)/notifications")
                #expect(answer.status == .badRequest)
                #expect(answer.json["detail"] == .string("\(name) sends no notifications."))
            }
        }
    }

    @Test(arguments: [
        "", "{", "[]", "{}", #"{"payload": 5}"#, #"{"payload": ""}"#, #"{"payload": "x.y.z"}"#, "payload=x",
    ])
    func refusesABodyThatCannotBeRead(body: String) async throws {
        try await Deployment.run { deployment in
            let answer = try await deployment.service.executeRequest(
                uri: Self.path, method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body))
            #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
        }
    }
}
