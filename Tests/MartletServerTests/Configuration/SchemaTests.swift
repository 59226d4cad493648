import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

/// The JSON Schema that editors use must know just the keys that the service reads.
@Suite struct SchemaTests {
    private let schema: JSONValue

    init() throws {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        schema = try JSONValue(parsing: Data(contentsOf: folder.appending(path: "docs/martlet.schema.json")))
    }

    @Test func namesEverySettingOfTheService() {
        #expect(schema["properties"]?.object.map { Set($0.keys) } == Set(ServerConfiguration.keys))
    }

    @Test func namesEverySettingOfAProvider() {
        let provider = schema.value(at: "$defs.Provider.properties")?.object ?? [:]
        #expect(Set(provider.keys) == Set(ProviderConfiguration.ownKeys + Provider.fieldNames).subtracting(["id"]))
    }

    @Test func offersEveryValueOfAChoice() {
        let values = { (name: String) in schema.value(at: "$defs.\(name).enum")?.array?.compactMap(\.string) }
        #expect(values("SignatureAlgorithm") == SignatureAlgorithm.allCases.map(\.rawValue))
        #expect(values("ClientAuthentication").map { Set($0) } == Set(ClientAuthentication.allCases.map(\.rawValue)))
    }

    @Test func namesEverySettingInsideAProvider() throws {
        let properties = try #require(schema.value(at: "$defs.Provider.properties"))
        for path in Provider.fieldPaths where path.count == 2 {
            let property = try #require(properties[path[0]])
            let reference = try #require((property["$ref"] ?? property["anyOf"]?.array?.first?["$ref"])?.string)
            let inner = schema.value(
                at: reference.dropFirst(2).split(separator: "/").joined(separator: ".") + ".properties")
            #expect(inner?[path[1]] != nil, "\(path)")
        }
    }
}
