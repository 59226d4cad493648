import FoundationEssentials
import Martlet
import Testing

@Suite("The catalogue")
struct CatalogueTests {
    @Test
    func listsItsEntriesByID() {
        let ids = Catalogue.all.map(\.id)
        #expect(ids == Set(ids).sorted())
        #expect(Set(ids).isSuperset(of: ["apple", "github", "qq", "wechat_work"]))
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

    @Test(arguments: Catalogue.all)
    func saysWhereAnApplicationIsRegistered(provider: Provider) throws {
        let registration = try #require(provider.registration)
        #expect(registration.page.hasPrefix("https://"))
        for words in [registration.clientID, registration.clientSecret, registration.redirectURI] {
            #expect(!words.isEmpty)
        }
        #expect([[], ["en", "zh-Hans"]].contains(registration.notes.keys.sorted()))
    }

    @Test(arguments: Catalogue.all)
    func namesScopesOnlyOfFieldsThatItHas(provider: Provider) {
        let fields: [String: FieldExpression?] = [
            "username": provider.profile.username, "name": provider.profile.name, "email": provider.profile.email,
            "avatar": provider.profile.avatar,
        ]
        for (field, scope) in provider.fieldScopes {
            #expect(fields[field] != nil && !scope.isEmpty, "\(field)")
        }
    }

    @Test
    func saysWhichParametersOnlyTheApplicationsOwnerKnows() {
        #expect(Provider.wechatWork.requiredAuthorizeParameters == ["agentid"])
        for provider in Catalogue.all {
            #expect(provider.missingAuthorizeParameters == provider.requiredAuthorizeParameters)
        }
    }

    @Test(arguments: Catalogue.all)
    func namesOnlyHTTPSEndpoints(provider: Provider) {
        #expect(!provider.endpoints.isEmpty)
        for (name, endpoint) in provider.endpoints {
            #expect(endpoint.hasPrefix("https://"), "\(name)")
            let placeholders = endpoint.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first }
            #expect(
                placeholders.allSatisfy {
                    ["domain", "tenant", "tenantid", "clientID"].contains($0) || $0.hasPrefix("$")
                }, "\(name)")
        }
    }

    /// An identity made by a handle changes hands, so an owner has to accept it; one made by an email never is.
    @Test(arguments: Catalogue.all)
    func saysWhereOnlyAHandleIdentifiesAPerson(provider: Provider) {
        let handles: Set = [
            "login", "username", "key", "name", "nick", "nickname", "screen_name", "preferred_username",
        ]
        let paths = provider.profile.id.source.split { "|{}@:/ ".contains($0) }
        let names = paths.map { String($0.split(separator: ".").last ?? "") }
        #expect(!names.isEmpty)
        #expect(!names.contains { $0.lowercased().contains("mail") })
        #expect(names.contains(where: handles.contains) == provider.profile.idIsHandle)
        #expect(!provider.insecureAllowHandleAsSubject)
    }

    @Test(arguments: Catalogue.all.filter(\.profile.idIsHandle))
    func identifiesNobodyByAHandleUnlessTheOwnerAcceptsIt(provider: Provider) throws {
        var provider = provider
        #expect(throws: OAuthError.self) { try OAuthClient(provider, clientID: "c", clientSecret: "s") }
        provider.insecureAllowHandleAsSubject = true
        _ = try OAuthClient(provider, clientID: "c", clientSecret: "s")
    }

    @Test(
        arguments: [
            (Provider.apple, "$idToken.email_verified"), (.google, "email_verified | verified_email"),
            (.microsoft, "$idToken.xms_edov"), (.github, nil), (.feishu, nil), (.linuxdo, nil),
        ] as [(Provider, String?)])
    func believesAnEmailOnlyByAVendorsProof(provider: Provider, proof: String?) {
        #expect(provider.profile.emailVerified?.source == proof)
    }

    /// What proves an address speaks of that; an entry whose vendor documents that all its addresses are proved says `true`.
    @Test(arguments: Catalogue.all)
    func takesNothingElseForAProof(provider: Provider) {
        let paths = provider.profile.emailVerified?.source.split(separator: "|") ?? []
        let words = ["verif", "valid", "confirm", "edov"]
        for path in paths where path.filter({ $0 != " " }) != "true" {
            #expect(words.contains { path.lowercased().contains($0) }, "\(path)")
        }
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
