import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// What browsers keep for an hour and then ask for again.
@Suite struct AssetTests {
    static let assets = [
        (path: "/openapi.json", type: "application/json"),
        (path: "/auth/client.js", type: "text/javascript; charset=utf-8"),
        (path: "/auth/assets/landing.js", type: "text/javascript; charset=utf-8"),
        (path: "/auth/assets/pages.css", type: "text/css; charset=utf-8"),
        (path: "/auth/assets/icons/github.svg", type: "image/svg+xml; charset=utf-8"),
        (path: "/auth/assets/icons/google.svg", type: "image/svg+xml; charset=utf-8"),
        (path: "/favicon.ico", type: "image/svg+xml; charset=utf-8"),
    ]

    @Test(arguments: assets)
    func isServed(asset: (path: String, type: String)) async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).ask(.get, asset.path)
            #expect(answer.status == .ok && answer.headers[.contentType] == asset.type)
            #expect(answer.headers[.cacheControl] == "public, max-age=3600")
            #expect(answer.body.readableBytes > 0)
        }
    }

    @Test(arguments: assets)
    func isNotSentAgainToWhoHasIt(asset: (path: String, type: String)) async throws {
        for wire in Deployment.Wire.allCases {
            try await Deployment.run(wire) { deployment in
                let browser = Browser(deployment)
                let tag = try #require(try await browser.ask(.get, asset.path).headers[.eTag])
                #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 10)
                for condition in [tag, "W/\(tag)", "\"other\", \(tag)", "\"other\",\(tag)", "*"] {
                    let answer = try await browser.ask(.get, asset.path, headers: [.ifNoneMatch: condition])
                    #expect(answer.status == .notModified && answer.body.readableBytes == 0)
                    #expect(answer.headers[.eTag] == tag)
                    #expect(answer.headers[.cacheControl] == "public, max-age=3600")
                }
            }
        }
    }

    @Test(arguments: ["\"other\"", "W/\"other\"", "other", "", "\""])
    func isSentToWhoHasSomethingElse(condition: String) async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).ask(
                .get, "/auth/assets/pages.css", headers: [.ifNoneMatch: condition])
            #expect(answer.status == .ok && answer.body.readableBytes > 0)
        }
    }

    @Test func hasAnEntityTagOfItsContent() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            var tags: [String?] = []
            for asset in Self.assets { tags.append(try await browser.ask(.get, asset.path).headers[.eTag]) }
            #expect(Set(tags).count == Self.assets.count)
            let head = try await browser.ask(.head, Self.assets[0].path)
            #expect(head.status == .ok && head.headers[.eTag] == tags[0])
        }
    }

    @Test func isMissingForAProviderThatIsNotConfigured() async throws {
        try await Deployment.run { deployment in
            for name in ["nobody.svg", "github", "github.png", ".svg"] {
                let answer = try await Browser(deployment).ask(.get, "/auth/assets/icons/\(name)")
                #expect(answer.status == .notFound)
            }
        }
    }
}
