import FoundationEssentials

extension Provider {
    /// The names of all fields, as a configuration writes them.
    package static var fieldNames: [String] { fields.map(\.name) }

    /// The paths of all fields, those inside others included.
    package static var fieldPaths: [[String]] {
        fields.flatMap { field in [[field.name]] + field.inner.map { [field.name, $0] } }
    }

    /// This provider with fields laid over it, objects merged member by member; null takes a field away.
    ///
    /// - Throws: `DecodingError` that names the field that is wrong.
    package func overridden(by overrides: JSONValue) throws -> Provider {
        let own = try JSONValue(parsing: JSONEncoder().encode(self))
        return try JSONDecoder().decode(Provider.self, from: Data(own.merging(overrides).serialized().utf8))
    }

    /// Whether a client of this provider proves itself by a secret.
    package var needsClientSecret: Bool {
        switch clientAuthentication {
        case .some(.none), .privateKeyJWT, .mutualTLS, .selfSignedMutualTLS:
            takes("$client.secret") || signing.map { $0 != .alipay } ?? false
        default: signedClientSecret == nil
        }
    }

    /// Whether a client of this provider needs ``apiKey``.
    package var needsAPIKey: Bool { takes("$client.apiKey") || signing == .tencentCloud }

    /// The authorization parameters that only the owner knows and has not given; one of several as `a | b`.
    package var missingAuthorizeParameters: [String] {
        requiredAuthorizeParameters.filter { names in
            !names.split(separator: "|").contains { authorizeParameters[$0.filter { $0 != " " }] != nil }
        }
    }

    /// Why a client is refused until ``insecureAllowHandleAsSubject`` is set; nil if it is not.
    package var handleAsSubjectProblem: String? {
        guard profile.idIsHandle, !insecureAllowHandleAsSubject else { return nil }
        return "\(name) knows people only by a handle, which can change and may pass to somebody else together with "
            + "the account that it stands for; set `insecureAllowHandleAsSubject: true` to accept that"
    }

    /// Whether some request takes in a value.
    private func takes(_ path: String) -> Bool {
        let calls = [appTokenRequest, subjectRequest, userInfoRequest, detailRequest, emailsRequest].compactMap { $0 }
        let templates =
            calls.flatMap { [$0.endpoint ?? ""] + $0.parameters.values + $0.headers.values }
            + [userInfoEndpoint ?? ""] + tokenRequest.parameters.values + tokenRequest.headers.values
        return templates.contains { FieldExpression($0).placeholders.contains(path) }
    }

    /// This provider with every `https://` endpoint moved under a base URL: `https://api.github.com/user` becomes
    /// `{base}/api.github.com/user`.
    ///
    /// For speaking to a simulator that serves every vendor's host under one address.
    ///
    /// - Parameter base: scheme and authority, without a slash at the end: `http://127.0.0.1:9090`.
    public func relocated(under base: String) -> Provider {
        mappingEndpoints { _, endpoint in
            endpoint.hasPrefix("https://") ? base + "/" + endpoint.dropFirst("https://".count) : endpoint
        }
    }
}
