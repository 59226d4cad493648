import FoundationEssentials
import Martlet
import MartletAccounts
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file of the service's secrets: one a line, newest first, readable by the service alone.
enum SecretsFile {
    /// Reads the secrets; makes the file with one new secret when there is none.
    ///
    /// - Throws: ``ConfigurationError`` if the file cannot be read or made, is open to others, or holds no usable secret.
    static func loadOrCreate(path: String, random: RandomSource = .system) throws(ConfigurationError) -> Keyring {
        if !FileManager.default.fileExists(atPath: path) { try create(path: path, random: random) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw problem(path, "the file cannot be read")
        }
        if let mode = permissions(path), mode & 0o077 != 0 {
            throw problem(path, "others may read this file; run: chmod 600 \(path)")
        }
        let secrets = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("#") }.map { Secret(String($0)) }
        do {
            return try Keyring(secrets: secrets)
        } catch {
            throw problem(path, "\(error); `martlet secret generate` makes a secret")
        }
    }

    private static func create(path: String, random: RandomSource) throws(ConfigurationError) {
        let text = Keyring.generateSecret(random: random).reveal() + "\n"
        let partial = "\(path).\(UUID().uuidString).partial"
        do {
            let folder = FilePath(path).removingLastComponent()
            if !folder.isEmpty {
                try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
            }
            defer { unlink(partial) }
            let file = try FileDescriptor.open(
                FilePath(partial), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
            try file.closeAfter {
                _ = try file.writeAll(text.utf8)
                // Else a loss of power could take it, and all that is sealed with it.
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
            // Of several that start at once, the first one's file is taken by all.
            if link(partial, path) != 0, !FileManager.default.fileExists(atPath: path) {
                // Not every file system knows links.
                guard rename(partial, path) == 0 else { throw Errno(rawValue: errno) }
            }
            let directory = try FileDescriptor.open(folder.isEmpty ? "." : folder, .readOnly)
            try directory.closeAfter { _ = fsync(directory.rawValue) }
        } catch {
            throw problem(path, "the file of secrets cannot be made: \(error)")
        }
    }

    private static func permissions(_ path: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.posixPermissions] as? Int
    }

    private static func problem(_ path: String, _ message: String) -> ConfigurationError {
        ConfigurationError(problems: [ConfigurationProblem(place: path, key: "secretsFile", message)])
    }
}
