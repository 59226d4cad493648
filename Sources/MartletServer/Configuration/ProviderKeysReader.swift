import Martlet

extension ConfigurationNode {
    /// Whether a provider's settings name a private key, whether or not it can be read.
    var hasPrivateKey: Bool { self["privateKey"] != nil || self["privateKeyFile"] != nil }
}

extension ProviderConfiguration {
    /// The settings about the client's key that the provider's other settings need, each with the reason.
    var missingKeySettings: [(name: String, reason: String)] {
        var missing: [(name: String, reason: String)] = []
        let signsSecret = provider.signedClientSecret != nil && (key != nil || clientSecret == nil)
        let needs: [(Bool, String)] = [
            (provider.clientAuthentication == .privateKeyJWT, "`clientAuthentication: private_key_jwt`"),
            (provider.signing == .alipay, "\(provider.name), whose requests are signed with it,"),
            (provider.signsAuthorizationRequests == true, "`signsAuthorizationRequests: true`"),
            (signsSecret, "\(provider.name), whose client secret is signed with it,"),
        ]
        if key == nil, let need = needs.first(where: \.0) {
            missing.append(("privateKeyFile", "\(need.1) needs it, or privateKey"))
        }
        guard signsSecret else { return missing }
        if key != nil, key?.keyID?.isEmpty ?? true {
            missing.append(("keyID", "the id that \(provider.name) gave the private key"))
        }
        if provider.signedClientSecret?.issuer.contains("{teamID}") ?? false, provider.teamID?.isEmpty ?? true {
            missing.append(("teamID", "the id of the team at \(provider.name) that owns the application"))
        }
        return missing
    }
}

extension ClientKey {
    /// Reads a provider's private key, in place or in a file; nil if there is none, or after a complaint.
    init?(_ node: ConfigurationNode, path: String, _ reader: inout ConfigurationReader) {
        let pem = reader.document(node["privateKey"], file: node["privateKeyFile"], key: "\(path).privateKey")
        let complaints = reader.problems.count
        let algorithm = node["keyAlgorithm"].map {
            reader.choice($0, key: "\(path).keyAlgorithm", default: SignatureAlgorithm.rs256)
        }
        guard reader.problems.count == complaints else { return nil }
        let keyID = reader.text(node["keyID"], key: "\(path).keyID")
        guard let pem else {
            for name in ["keyID", "keyAlgorithm"] where node[name] != nil && !node.hasPrivateKey {
                reader.complain(node[name], key: "\(path).\(name)", "is of no use without privateKey or privateKeyFile")
            }
            return nil
        }
        do throws(OAuthError) {
            try self.init(pem: Secret(pem), keyID: keyID, algorithm: algorithm)
        } catch {
            reader.complain(node["privateKeyFile"] ?? node["privateKey"], key: "\(path).privateKey", error.description)
            return nil
        }
    }
}

extension ClientCertificate {
    /// Reads a provider's TLS certificate and its key from two files; nil if there is none, or after a complaint.
    init?(_ node: ConfigurationNode, path: String, _ reader: inout ConfigurationReader) {
        let chain = reader.document(nil, file: node["clientCertificateFile"], key: "\(path).clientCertificate")
        let key = reader.document(nil, file: node["clientCertificateKeyFile"], key: "\(path).clientCertificateKey")
        let roots = reader.document(nil, file: node["trustRootsFile"], key: "\(path).trustRoots")
        guard let chain, let key else {
            Self.complainOfHalf(node, path: path, &reader)
            return nil
        }
        do throws(OAuthError) {
            try self.init(chain: chain, privateKey: Secret(key), trustRoots: roots)
        } catch {
            reader.complain(node["clientCertificateFile"], key: "\(path).clientCertificateFile", error.description)
            return nil
        }
    }

    private static func complainOfHalf(
        _ node: ConfigurationNode, path: String, _ reader: inout ConfigurationReader
    ) {
        let names = ["clientCertificateFile", "clientCertificateKeyFile"]
        let given = names.filter { node[$0] != nil }
        if given.count == 1, let name = names.first(where: { !given.contains($0) }) {
            reader.complain(node[given[0]], key: "\(path).\(name)", "is missing: \(given[0]) needs it")
        }
        if given.isEmpty, let roots = node["trustRootsFile"] {
            reader.complain(
                roots, key: "\(path).trustRootsFile",
                "is of no use without clientCertificateFile and clientCertificateKeyFile")
        }
    }
}
