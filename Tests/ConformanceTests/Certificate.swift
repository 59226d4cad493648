import Foundation

/// A TLS certificate of a client, made for these tests, and its key.
enum Certificate {
    /// Writes both to files, runs a test with their paths, and removes them.
    static func withFiles(_ test: (_ chain: String, _ key: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [("chain.pem", chain), ("key.pem", key)].map { (folder.appendingPathComponent($0), $1) }
        for (file, text) in files { try Data(text.utf8).write(to: file) }
        try await test(files[0].0.path, files[1].0.path)
    }

    private static let chain = """
        -----BEGIN CERTIFICATE-----
        MIIBcjCCARegAwIBAgIUK6x39kj0tTi/hxSO67/DD55ZsPwwCgYIKoZIzj0EAwIw
        DTELMAkGA1UEAwwCcnAwIBcNMjYxMTIxMTAwNDA5WhgPMjEyNjEwMjgxMDA0MDla
        MA0xCzAJBgNVBAMMAnJwMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECD6bb5Eo
        V8Lx8j8Bhe/XUEp1nufw4xfPHRqEi0i1gjLRW//mf03RhaeVrg4Yq3SKYmnN53L0
        c/ZbUJ7ZjMdVoKNTMFEwHQYDVR0OBBYEFE/DBYNlf73Vv4skqqlPu07XEAWzMB8G
        A1UdIwQYMBaAFE/DBYNlf73Vv4skqqlPu07XEAWzMA8GA1UdEwEB/wQFMAMBAf8w
        CgYIKoZIzj0EAwIDSQAwRgIhALdFj3WOoIaIRtEj6fEqBApHQhtVXWVD0LkuvbRy
        g+GiAiEA+QMKWMFbb2UAUoVaSucxOmkfH3XHf89YP38x1FJmWJ0=
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglx5sTZVqH3HNN2sM
        nxZ6JTDWCNvYRUV5u2bxk9g9dRmhRANCAAQIPptvkShXwvHyPwGF79dQSnWe5/Dj
        F88dGoSLSLWCMtFb/+Z/TdGFp5WuDhirdIpiac3ncvRz9ltQntmMx1Wg
        -----END PRIVATE KEY-----
        """
}
