import FoundationEssentials
import MartletAccounts
import SystemPackage

/// The file of a database.
enum SQLiteFile {
    /// Makes an empty file that only its owner may read and write, and the folders above it, unless it is there already.
    ///
    /// SQLite gives its `-wal` and `-shm` files the permissions of the database file.
    ///
    /// - Throws: ``StoreError/unavailable(_:)``.
    static func prepare(path: String) throws(StoreError) {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else { return }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do {
            if !files.fileExists(atPath: folder) {
                try files.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw .unavailable("the folder of the database file cannot be made")
        }
        do {
            // Never in the place of a file that another process has made meanwhile.
            try FileDescriptor.open(
                path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite
            ).close()
        } catch Errno.fileExists {
            return
        } catch {
            throw .unavailable("the database file cannot be made")
        }
    }
}
