import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

@Suite("The page of providers")
struct ProviderTableTests {
    private func row(_ configure: (inout Provider) -> Void) throws -> [String] {
        var provider = Provider(id: "one", name: "One|Two")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        configure(&provider)
        let line = try #require(ProviderTable.markdown([provider]).split(separator: "\n").last)
        return line.split(separator: " |", omittingEmptySubsequences: false).map {
            String($0.drop { $0 == "|" || $0 == " " })
        }
    }

    @Test
    func isWrittenForTheCatalogueThatThereIs() throws {
        var folder = URL(filePath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let page = try #require(
            FileManager.default.contents(atPath: folder.appending(path: "docs/providers.md").path()))
        #expect(String(decoding: page, as: UTF8.self) == ProviderTable.markdown(Catalogue.all), "run `make providers`")
    }

    @Test
    func saysWhatIsWrittenOfAProvider() throws {
        let cells = try row {
            $0.scopes = ["a", "b"]
            $0.revocationEndpoint = "https://id.example/revoke"
            $0.refreshEndpoint = "https://id.example/refresh"
            $0.documentation = "https://docs.example/login_(web)"
            $0.profile.emailVerified = "verified | confirmed"
        }
        #expect(
            cells == [
                "`one`", #"One\|Two"#, "OAuth 2.0", "`a` `b`", #"`verified \| confirmed`"#, "endpoint of its own",
                "yes",
                "[docs.example](<https://docs.example/login_(web)>)", "",
            ])
    }

    @Test
    func leavesEmptyWhatAProviderLacks() throws {
        let cells = try row {
            $0.tokenResponse.accessToken = nil
            $0.profile.email = nil
        }
        #expect(cells == ["`one`", #"One\|Two"#, "OAuth 2.0", "", "no email", "", "", "", ""])
    }

    @Test
    func callsOpenIDConnectWhatBringsAnIDToken() throws {
        #expect(try row { $0.issuer = "https://id.example" }[2] == "OAuth 2.0")
        let cells = try row {
            $0.issuer = "https://id.example"
            $0.scopes = ["openid"]
        }
        #expect(cells[2] == "OpenID Connect" && cells[4] == "`email_verified`" && cells[5] == "token endpoint")
    }

    @Test(arguments: [(nil, "none"), ("false", "none"), ("true", "documented: only verified addresses")])
    func saysWhatProvesAnEmail(proof: String?, words: String) throws {
        #expect(try row { $0.profile.emailVerified = proof.map { FieldExpression($0) } }[4] == words)
    }

    @Test
    func namesTheConditionsOfAListOfAddresses() throws {
        let cells = try row {
            $0.emailsRequest = ProviderCall(endpoint: "https://id.example/emails")
            $0.emails.verified = "state=confirmed"
        }
        #expect(cells[4] == "`primary` and `state=confirmed` in the list of addresses")
    }
}
