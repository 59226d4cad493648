import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletHummingbird
import NIOCore
import Testing

/// A provider that is switched off while people are on their way through it.
@Suite struct SwitchedOffProviderTests {
    @Test(arguments: Asking.allCases)
    func neitherBeginsNorFinishesALogin(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { before in
            let browser = Browser(before)
            let callback = try await browser.visitProvider("gitee")
            let cookies = browser.cookies
            try await before.switchingOff(["gitee"]) { after in
                let browser = Browser(after, cookies: cookies)
                for path in ["/api/auth/oauth/gitee/authorize", callback] {
                    asking.expect(try await browser.call(asking, .get, path), refuses: .providerNotFound)
                }
                #expect(try await after.store.userCount() == 0)
            }
        }
    }

    @Test(arguments: Asking.allCases)
    func neitherBeginsNorFinishesABinding(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { before in
            let browser = Browser(before)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            let cookies = browser.cookies
            try await before.switchingOff(["gitee"]) { after in
                let browser = Browser(after, cookies: cookies)
                for path in ["/api/auth/oauth/gitee/authorize?bind=1", callback] {
                    asking.expect(try await browser.call(asking, .get, path), refuses: .providerNotFound)
                }
                #expect(try await browser.boundProviders() == ["github"])
            }
        }
    }

    @Test(arguments: Asking.allCases)
    func bindsNoAccountThatWaits(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { before in
            try await Browser(before).signIn("github")
            let browser = Browser(before)
            let token = try await browser.earnBindingToken("openid")
            try await browser.signIn("github")
            let cookies = browser.cookies
            try await before.switchingOff(["openid"]) { after in
                let browser = Browser(after, cookies: cookies)
                asking.expect(try await browser.bind(token, asking), refuses: .bindingTokenInvalid)
                #expect(try await browser.boundProviders() == ["github"])
            }
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func canStillBeSeenAndUnbound(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { before in
            let browser = Browser(before)
            try await browser.signIn("github")
            try await browser.link("gitee", as: "lilei")
            let cookies = browser.cookies
            try await before.switchingOff(["gitee"]) { after in
                let browser = Browser(after, cookies: cookies)
                #expect(try await browser.boundProviders() == ["github", "gitee"])
                let status = try await browser.ask(.get, "/api/auth/oauth/gitee/status")
                #expect(status.json["bound"] == .bool(true))
                #expect(try await browser.change(.delete, "/api/auth/oauth/gitee/unbind").status == .ok)
                #expect(try await browser.boundProviders() == ["github"])
            }
        }
    }
}
