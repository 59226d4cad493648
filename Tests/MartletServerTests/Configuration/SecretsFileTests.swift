import Dispatch
import FoundationEssentials
import MartletAccounts
import Synchronization
import Testing

@testable import MartletServer

@Suite struct SecretsFileTests {
    private func withFolder(_ test: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/martlet-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try test(folder)
    }

    @Test func isMadeAtTheFirstStartForTheOwnerAlone() throws {
        try withFolder { folder in
            let path = folder + "/deep/secrets"
            let first = try SecretsFile.loadOrCreate(path: path)
            let second = try SecretsFile.loadOrCreate(path: path)
            let sealed = first.seal([1, 2, 3], purpose: .flowCookie, context: "c")
            #expect(second.open(sealed, purpose: .flowCookie, context: "c") == [1, 2, 3])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func isOneForAllThatStartAtOnce() throws {
        for _ in 0..<200 {
            let folder = FileManager.default.temporaryDirectory.path() + "/martlet-\(UInt64.random(in: 0 ... .max))"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let found = Mutex<[Result<Keyring, any Error>]>([])
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                let keyring = Result<Keyring, any Error> { try SecretsFile.loadOrCreate(path: folder + "/secrets") }
                found.withLock { $0.append(keyring) }
            }
            let keyrings = try found.withLock { try $0.map { try $0.get() } }
            let sealed = keyrings[0].seal([1, 2, 3], purpose: .flowCookie, context: "c")
            #expect(keyrings.allSatisfy { $0.open(sealed, purpose: .flowCookie, context: "c") == [1, 2, 3] })
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secrets"])
        }
    }

    @Test func isRefusedWhenOthersMayReadIt() throws {
        try withFolder { folder in
            let path = folder + "/secrets"
            _ = try SecretsFile.loadOrCreate(path: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            #expect { try SecretsFile.loadOrCreate(path: path) } throws: { "\($0)".contains("chmod 600") }
        }
    }

    @Test func isRefusedWithoutAUsableSecret() throws {
        try withFolder { folder in
            let path = folder + "/secrets"
            _ = try SecretsFile.loadOrCreate(path: path)
            try Data("# nothing\nweak\n".utf8).write(to: URL(filePath: path))
            #expect { try SecretsFile.loadOrCreate(path: path) } throws: {
                "\($0)".contains("secret generate") && !"\($0)".contains("weak")
            }
        }
    }
}
