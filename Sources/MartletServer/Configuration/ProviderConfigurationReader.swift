import FoundationEssentials
import Martlet

extension ProviderConfiguration {
    /// The keys a provider has here besides the fields of ``Provider``.
    static let ownKeys = [
        "clientCertificateFile", "clientCertificateKeyFile", "clientID", "clientSecret", "clientSecretFile", "enabled",
        "keepTokens", "keyAlgorithm", "keyID", "nativeClientIDs", "privateKey", "privateKeyFile", "prompt",
        "trustEmail",
        "trustRootsFile", "uses",
    ]

    /// Reads one provider; nil after a complaint.
    init?(_ entry: ConfigurationNode.Entry, allowsHTTP: Bool, _ reader: inout ConfigurationReader) {
        let path = "providers.\(entry.key)"
        guard Self.isValidID(entry.key) else {
            reader.complain(
                place: entry.keyPlace, key: path, "an id is 1 to 64 lower-case letters, digits, `_` and `-`")
            return nil
        }
        guard case .map = entry.node.content else {
            reader.complain(entry.node, key: path, "expected a map of settings, like `clientID: …`")
            return nil
        }
        let node = entry.node
        reader.rejectUnknownKeys(in: node, known: (Self.ownKeys + Provider.fieldNames).sorted(), path: path + ".")
        let provider = Self.provider(entry, path: path, &reader)
        let clientID = reader.text(node["clientID"], key: "\(path).clientID")
        if clientID?.isEmpty ?? true, node["clientID"].map({ $0.content != .null }) ?? true {
            reader.complain(
                place: node["clientID"]?.place ?? entry.keyPlace, key: "\(path).clientID",
                "is missing: the id that the provider gave your application")
        }
        let secret = reader.secret(
            node["clientSecret"], file: node["clientSecretFile"], key: "\(path).clientSecret")
        let key = ClientKey(node, path: path, &reader)
        let certificate = ClientCertificate(node, path: path, &reader)
        guard let provider else { return nil }
        self.init(
            id: entry.key, provider: provider, clientID: clientID ?? "", clientSecret: secret, key: key,
            certificate: certificate,
            isEnabled: reader.flag(node["enabled"], key: "\(path).enabled", default: true),
            trustsEmail: reader.flag(node["trustEmail"], key: "\(path).trustEmail", default: false),
            nativeClientIDs: reader.texts(node["nativeClientIDs"], key: "\(path).nativeClientIDs"),
            keepsTokens: reader.flag(node["keepTokens"], key: "\(path).keepTokens", default: false))
        check(entry, path: path, allowsHTTP: allowsHTTP, &reader)
    }

    /// The catalogue's entry, or a provider by discovery, or one declared here; with the overrides laid over it.
    private static func provider(
        _ entry: ConfigurationNode.Entry, path: String, _ reader: inout ConfigurationReader
    ) -> Provider? {
        let node = entry.node
        let name = node["uses"].flatMap { reader.text($0, key: "\(path).uses") } ?? entry.key
        let base: Provider
        if let known = Catalogue.provider(name) {
            base = known
        } else if node["uses"] != nil {
            reader.complain(
                node["uses"], key: "\(path).uses",
                "there is no catalogue entry \(name); `martlet providers list` shows them")
            return nil
        } else if case .scalar(let issuer, _)? = node["issuer"]?.content {
            base = .openID(id: entry.key, name: entry.key, issuer: issuer)
        } else if node["tokenEndpoint"] != nil {
            base = Provider(id: entry.key, name: entry.key)
        } else {
            reader.complain(
                place: entry.keyPlace, key: path,
                "\(name) is not in the catalogue; give it an `issuer`, or its endpoints, or `uses:` a catalogue entry")
            return nil
        }
        return merged(base, with: entry, path: path, &reader)
    }

    private static func merged(
        _ base: Provider, with entry: ConfigurationNode.Entry, path: String, _ reader: inout ConfigurationReader
    ) -> Provider? {
        var overrides = entry.node.json.object ?? [:]
        for key in ownKeys { overrides[key] = nil }
        overrides = overrides.filter { Provider.fieldNames.contains($0.key) && $0.key != "id" }
        if let scopes = overrides["scopes"]?.string {
            overrides["scopes"] = .array(scopes.split { $0 == "," || $0 == " " }.map { .string(String($0)) })
        }
        do {
            var provider = try base.overridden(by: .object(overrides))
            provider.id = entry.key
            if let prompt = entry.node["prompt"].flatMap({ reader.text($0, key: "\(path).prompt") }) {
                provider.authorizeParameters["prompt"] = prompt
            }
            return provider
        } catch let error as DecodingError {
            let (fields, message) = error.fieldAndMessage
            let key = ([path] + fields).joined(separator: ".")
            reader.complain(entry.node.nearest(to: fields), key: key, message)
        } catch {
            reader.complain(entry.node, key: path, "\(error)")
        }
        return nil
    }

    /// Checks what a client would refuse, at start instead of at the first login.
    private func check(
        _ entry: ConfigurationNode.Entry, path: String, allowsHTTP: Bool, _ reader: inout ConfigurationReader
    ) {
        // A key that cannot be read was complained of already.
        guard key != nil || !entry.node.hasPrivateKey else { return }
        let missing = missingKeySettings
        for (name, reason) in missing {
            reader.complain(place: entry.keyPlace, key: "\(path).\(name)", "is missing: \(reason)")
        }
        if let problem = provider.handleAsSubjectProblem {
            reader.complain(
                place: entry.keyPlace, key: "\(path).insecureAllowHandleAsSubject", "is not set: \(problem)")
            return
        }
        guard missing.isEmpty else { return }
        do throws(OAuthError) {
            _ = try OAuthClient(
                provider, clientID: clientID.isEmpty ? "missing" : clientID, clientSecret: clientSecret, key: key)
        } catch {
            reader.complain(entry.node, key: path, error.description)
            return
        }
        if provider.clientAuthentication?.usesCertificate ?? false, certificate == nil,
            entry.node["clientCertificateFile"] == nil, entry.node["clientCertificateKeyFile"] == nil
        {
            reader.complain(
                place: entry.keyPlace, key: "\(path).clientCertificateFile",
                "is missing: this client authentication needs clientCertificateFile and clientCertificateKeyFile")
        }
        if clientSecret == nil, key == nil, entry.node["clientSecretFile"] == nil, entry.node["clientSecret"] == nil,
            provider.needsClientSecret
        {
            reader.complain(
                place: entry.keyPlace, key: "\(path).clientSecret",
                "is missing: give clientSecret or clientSecretFile, or `clientAuthentication: none` for a public client"
            )
        }
        if keepsTokens, provider.flow != .authorizationCode {
            reader.complain(
                entry.node["keepTokens"], key: "\(path).keepTokens",
                "is of no use: a token of OAuth 1.0a needs its secret, which is not kept, and OpenID 2.0 has no tokens")
        }
        for (name, seconds) in [("clockSkew", provider.clockSkew), ("maxAge", provider.maxAge ?? 0)] where seconds < 0 {
            reader.complain(entry.node[name], key: "\(path).\(name)", "expected seconds, 0 or more")
        }
        for (name, endpoint) in provider.endpoints {
            guard let url = URL(string: endpoint), url.scheme?.lowercased() == "http" else { continue }
            let isLocal = url.host().map { Martlet.isLoopback(host: $0) } ?? false
            if !isLocal || !allowsHTTP {
                reader.complain(
                    entry.node.nearest(to: name.split(separator: ".").map(String.init)), key: "\(path).\(name)",
                    isLocal
                        ? "is plain http; set `insecureAllowHTTP: true` to allow it on this machine"
                        : "is plain http; a provider's endpoints must be https")
            }
        }
    }

    private static func isValidID(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
