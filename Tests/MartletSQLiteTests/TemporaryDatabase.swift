import FoundationEssentials
import Testing

/// A folder of its own for a database file, removed with the value.
final class TemporaryDatabase: Sendable {
    let folder: String
    let path: String

    init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID().uuidString)").path
        path = folder + "/inner/martlet.sqlite"
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The permission bits of a file of the database.
    func permissions(suffix: String = "") throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
        return try #require(attributes[.posixPermissions] as? Int)
    }
}
