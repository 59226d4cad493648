import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletTesting
import NIOCore
import Testing

/// What the six addresses of the contract answer when all is well.
@Suite struct ContractShapeTests {
    @Test(arguments: Deployment.Wire.allCases)
    func sendsTheBrowserToTheProvider(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let answer = try await Browser(deployment).open("/api/auth/oauth/github/authorize")
            #expect(answer.status == .found)
            let location = try #require(answer.headers[.location])
            for parameter in [
                "client_id=", "redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fapi%2Fauth%2Foauth%2Fgithub%2Fcallback",
                "scope=", "state=", "code_challenge=", "code_challenge_method=S256", "response_type=code",
            ] { #expect(location.contains(parameter)) }
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func tellsAProgramTheAddressInstead(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            for query in ["", "?bind=1"] {
                let answer = try await browser.change(.get, "/api/auth/oauth/gitee/authorize\(query)")
                #expect(answer.status == .ok)
                #expect(answer.json.object?.count == 1)
                #expect(answer.json["url"]?.string?.hasPrefix("\(Deployment.simulatorOrigin)/gitee.com/") == true)
            }
        }
    }

    @Test(arguments: [
        ("github", "", "/auth/login?oauth_success=1"), ("github", "?redirect_uri=%2Fin", "/in?oauth_success=1"),
        ("openid", "?bind=0", "/auth/login?oauth_success=1"),
    ])
    func landsAfterALogin(provider: String, query: String, landing: String) async throws {
        for wire in Deployment.Wire.allCases {
            try await Deployment.run(wire) { deployment in
                let browser = Browser(deployment)
                let answer = try await browser.open(
                    try await browser.visitProvider(provider, as: "ada", query: query))
                #expect(answer.status == .found)
                #expect(answer.headers[.location] == landing)
            }
        }
    }

    @Test(arguments: [("bind=1", "/profile?bind_success=1"), ("bind=1&redirect_uri=%2Fin", "/in?bind_success=1")])
    func landsAfterABinding(query: String, landing: String) async throws {
        for wire in Deployment.Wire.allCases {
            try await Deployment.run(wire) { deployment in
                let browser = Browser(deployment)
                try await browser.signIn("github")
                #expect(try await browser.link("gitee", as: "lilei", query: query) == landing)
                #expect(try await browser.boundProviders() == ["github", "gitee"])
            }
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func listsBindings(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            deployment.clock.advance(by: 0.25)
            try await browser.link("gitee", as: "lilei")
            let answer = try await browser.ask(.get, "/api/auth/oauth/bindings")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType]?.hasPrefix("application/json") == true)
            #expect(answer.headers[.cacheControl] == "no-store")
            let bindings = try #require(answer.json["bindings"]?.array)
            #expect(answer.json.object?.count == 1 && bindings.count == 2)
            for binding in bindings {
                let members = try #require(binding.object)
                #expect(
                    Set(members.keys.map { $0 }) == ["id", "provider", "username", "email", "avatar", "boundAt"])
                guard case .number? = members["id"] else {
                    Issue.record("an id is not a number")
                    continue
                }
            }
            #expect(
                bindings[0]["username"] == .string("ada-lovelace") && bindings[0]["email"] == .string("ada@example.com")
            )
            #expect(bindings[0]["avatar"]?.string?.hasPrefix("https://") == true)
            #expect(
                bindings.map { $0["boundAt"] } == [
                    .string("2030-01-01T00:00:00.000Z"), .string("2030-01-01T00:00:00.250Z"),
                ])
        }
    }

    @Test func writesWhatAProviderDoesNotSayAsNull() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github", as: "sam")
            let binding = try await browser.ask(.get, "/api/auth/oauth/bindings").json["bindings"]?.array?.first
            #expect(binding?["email"] == .null)
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func tellsWhetherAProviderIsBound(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let bound = try await browser.ask(.get, "/api/auth/oauth/github/status")
            let list = try await browser.ask(.get, "/api/auth/oauth/bindings").json["bindings"]?.array
            let id = try #require(list?.first?["id"])
            #expect(bound.status == .ok)
            #expect(bound.json == ["bound": .bool(true), "binding": ["id": id, "username": .string("ada-lovelace")]])
            let free = try await browser.ask(.get, "/api/auth/oauth/gitee/status")
            #expect(free.status == .ok)
            #expect(free.json == ["bound": .bool(false)])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func unbinds(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            try await browser.link("gitee", as: "lilei")
            let answer = try await browser.change(.delete, "/api/auth/oauth/github/unbind")
            #expect(answer.status == .ok)
            #expect(answer.json == ["success": .bool(true)])
            #expect(try await browser.boundProviders() == ["gitee"])
            #expect(try await browser.session() != nil)

            let other = Browser(deployment)
            try await other.signIn("gitee", as: "lilei")
            #expect(try await other.session()?["user"] == browser.session()?["user"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func bindsByABindingToken(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            let token = try await browser.earnBindingToken("openid")
            try await browser.signIn("github")
            let answer = try await browser.bind(token)
            #expect(answer.status == .ok)
            #expect(
                answer.json == [
                    "success": .bool(true),
                    "binding": ["provider": .string("openid"), "username": .string("ada-lovelace")],
                ])
            #expect(try await browser.boundProviders() == ["github", "openid"])
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test func refreshesABindingThatIsBoundOnceMore() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            #expect(try await browser.link("github", as: "ada") == "/profile?bind_success=1")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }
}
