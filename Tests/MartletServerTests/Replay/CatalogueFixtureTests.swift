import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

/// Every entry of the catalogue is held by a fixture: a login and an error as the vendor documents them.
@Suite("The catalogue's fixtures")
struct CatalogueFixtureTests {
    @Test(arguments: CatalogueFixture.all)
    func replaysAsExpected(fixture: CatalogueFixture) async throws {
        for recording in try fixture.recordings() {
            let result = try await Replay().run(recording)
            #expect(result.matches == true, "\(result.json.serialized())")
        }
    }

    @Test(arguments: CatalogueFixture.all)
    func answersEveryRequestByItsURL(fixture: CatalogueFixture) async throws {
        for recording in try fixture.recordings() {
            let requests = try #require(try await Replay().run(recording).json["requests"]?.array)
            #expect(!requests.isEmpty)
            for request in requests {
                #expect(request["match"] == .string("url"), "\(request["method"] ?? .null) \(request["url"] ?? .null)")
            }
        }
    }

    @Test(arguments: CatalogueFixture.all)
    func beginsAtTheVendorWithTheCallersStateAndRedirectURI(fixture: CatalogueFixture) async throws {
        for recording in try fixture.recordings() {
            let result = try await Replay().run(recording)
            guard let provider = Catalogue.provider(fixture.id), provider.authorizationEndpoint != nil else { continue }
            let url = try #require(result.json["authorizationURL"]?.string)
            guard provider.flow == .authorizationCode, !provider.stateInRedirectURI else {
                // The state is in the query of the redirect URI, which OAuth 1.0a sends beforehand.
                let state = try #require(recording["callback"]?["state"]?.string)
                let header = result.json.value(at: "requests.0.headers.authorization")?.string ?? ""
                let sent = try #require(FormEncoding.percentDecode(url + header))
                #expect(sent.contains("/api/auth/oauth/\(fixture.id)/callback?state=\(state)"))
                continue
            }
            let query = try #require(url.split(separator: "#").first?.split(separator: "?", maxSplits: 1).last)
            let parameters = try #require(FormEncoding.decode(String(query)))
            #expect(url.hasPrefix("https://"))
            if let state = recording["callback"]?["state"]?.string {
                #expect(parameters.contains { $0.name == "state" && $0.value == state })
            }
            #expect(parameters.contains { $0.value.hasSuffix("/api/auth/oauth/\(fixture.id)/callback") })
        }
    }

    @Test(arguments: CatalogueFixture.all)
    func expectsAllSixFieldsOfAProfile(fixture: CatalogueFixture) throws {
        let fields: Set<String> = ["id", "username", "name", "email", "emailVerified", "avatar"]
        for recording in try fixture.recordings() where !recording.expectsAnError {
            let expected = try #require(recording["expected"]?.object)
            #expect(fields.subtracting(expected.keys).isEmpty)
            #expect(expected["id"]?.text?.isEmpty == false)
        }
    }

    /// A fixture that fails for want of an answer or a setting would tell nothing of the vendor's errors.
    @Test(arguments: CatalogueFixture.all)
    func findsTheErrorInTheVendorsAnswer(fixture: CatalogueFixture) async throws {
        for recording in try fixture.recordings() where recording.expectsAnError {
            let error = try await Replay().run(recording).json["error"]
            let code = try #require(error?["code"]?.string)
            #expect(
                ["OAUTH_TOKEN_EXCHANGE_FAILED", "OAUTH_USER_INFO_FAILED"].contains(code),
                "\(error?.serialized() ?? "")")
        }
    }

    @Test(arguments: CatalogueFixture.all)
    func belongsToAnEntryAndCitesTheVendor(fixture: CatalogueFixture) throws {
        #expect(Catalogue.provider(fixture.id) != nil)
        for recording in try fixture.recordings() {
            #expect(recording["provider"] == .string(fixture.id))
            #expect(recording["source"]?.string?.hasPrefix("https://") == true)
        }
    }

    @Test
    func holdsEveryEntryByALoginAndAnError() throws {
        let covered = try CatalogueFixture.all.filter { fixture in
            let recordings = try fixture.recordings()
            return recordings.contains { $0.expectsAnError } && recordings.contains { !$0.expectsAnError }
        }
        let missing = Set(Catalogue.all.map(\.id)).subtracting(covered.map(\.id)).sorted()
        #expect(missing.isEmpty, "without a login and an error: \(missing.joined(separator: ", "))")
    }
}

/// A file of recordings, named after the entry that it holds.
struct CatalogueFixture: Sendable, CustomTestStringConvertible {
    let id: String
    let path: String

    var testDescription: String { id }

    /// Every file of the folder, by name.
    static let all: [CatalogueFixture] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures").path()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map {
            CatalogueFixture(id: String($0.dropLast(5)), path: "\(folder)/\($0)")
        }
    }()

    /// The recordings, one to a line.
    func recordings() throws -> [JSONValue] {
        let data = try #require(FileManager.default.contents(atPath: path))
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: $0) }
    }
}

extension JSONValue {
    fileprivate var expectsAnError: Bool { self["expected"]?["ok"] == .bool(false) }
}
