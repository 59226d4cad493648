import FoundationEssentials
import Martlet
import Testing

@Suite("The catalogue")
struct CatalogueTests {
    @Test
    func listsItsEntriesByID() {
        let ids = [
            "apple", "dingtalk", "feishu", "gitee", "github", "google", "linuxdo", "microsoft", "oschina", "qq",
            "wechat_mini", "wechat_mp", "wechat_open", "wechat_work",
        ]
        #expect(Catalogue.all.map(\.id) == ids)
    }

    @Test(arguments: Catalogue.all)
    func findsAnEntryByItsID(provider: Provider) {
        #expect(Catalogue.provider(provider.id) == provider)
    }

    @Test(arguments: ["", "GitHub", "github ", "unknown"])
    func findsNothingUnderAnotherID(id: String) {
        #expect(Catalogue.provider(id) == nil)
    }

    @Test(arguments: Catalogue.all)
    func describesEachEntryCompletely(provider: Provider) throws {
        #expect(provider.id.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_-".contains($0) })
        #expect(!provider.name.isEmpty)
        let color = try #require(provider.color)
        #expect(color.count == 7 && color.hasPrefix("#") && color.dropFirst().allSatisfy(\.isHexDigit))
        #expect(try #require(provider.documentation).hasPrefix("https://"))
    }

    @Test
    func saysWhichParametersOnlyTheApplicationsOwnerKnows() {
        let demanding = Catalogue.all.filter { !$0.requiredAuthorizeParameters.isEmpty }
        #expect(demanding.map(\.id) == ["wechat_work"])
        #expect(demanding.first?.requiredAuthorizeParameters == ["agentid"])
    }

    @Test(arguments: Catalogue.all)
    func namesOnlyHTTPSEndpoints(provider: Provider) {
        #expect(!provider.endpoints.isEmpty)
        for (name, endpoint) in provider.endpoints {
            #expect(endpoint.hasPrefix("https://"), "\(name)")
            #expect(!endpoint.contains("{domain}"), "\(name)")
            #expect(!endpoint.contains("{tenant}") || provider.tenant != nil, "\(name)")
        }
    }

    /// An identity made by a handle or an email changes hands.
    @Test(arguments: Catalogue.all)
    func identifiesNobodyByAHandleOrAnEmail(provider: Provider) {
        let mutable = ["login", "username", "email", "name", "nick", "nickname", "preferred_username"]
        let paths = provider.profile.id.source.split(separator: "|").map { $0.filter { $0 != " " } }
        #expect(!paths.isEmpty)
        #expect(paths.allSatisfy { !mutable.contains($0) })
    }

    @Test(arguments: Catalogue.all)
    func believesAnEmailOnlyByAVendorsProof(provider: Provider) {
        let proofs = [
            "apple": "$idToken.email_verified", "google": "email_verified | verified_email",
            "microsoft": "$idToken.xms_edov",
        ]
        #expect(provider.profile.emailVerified?.source == proofs[provider.id])
    }

    @Test(arguments: Catalogue.all)
    func survivesItsTextualForm(provider: Provider) throws {
        let text = try JSONEncoder().encode(provider)
        #expect(try JSONDecoder().decode(Provider.self, from: text) == provider)
    }

    @Test(arguments: Catalogue.all)
    func movesEveryEndpointUnderASimulator(provider: Provider) {
        let moved = provider.relocated(under: "http://localhost:9000")
        #expect(moved.endpoints.count == provider.endpoints.count)
        for (before, after) in zip(provider.endpoints, moved.endpoints) {
            #expect(after.endpoint == "http://localhost:9000/" + before.endpoint.dropFirst(8))
        }
    }
}
