package import Martlet

/// A draft of a provider's entry, made of what the provider says of itself; what a person must decide is asked in comments.
package struct ProviderDraft: Sendable {
    private let found: DiscoveredProvider
    private let id: String
    private let name: String
    private let lines: [Line]

    /// A field of the entry.
    private struct Line: Sendable {
        let field: String
        /// The value; without one, the line is only a question.
        let value: Value?
        let question: String?

        /// Whether the value is the one that an OpenID provider has without it.
        var isStandard: Bool {
            if case .list(ProviderDraft.standardScopes)? = value { true } else { false }
        }
    }

    private static let standardScopes: [String] = ["openid", "profile", "email"]

    private enum Value: Sendable {
        case text(String)
        case list([String])
        /// A value in YAML and in Swift.
        case choice(String, String)
    }

    /// Drafts an entry.
    ///
    /// - Parameters:
    ///   - found: what the provider says of itself.
    ///   - id: the id in paths; by default made of the issuer's host.
    ///   - name: the name that people see; by default made of the same.
    package init(_ found: DiscoveredProvider, id: String? = nil, name: String? = nil) {
        let word = Self.word(of: found.issuer)
        self.found = found
        self.id = id ?? word
        self.name = name ?? word.prefix(1).uppercased() + word.dropFirst()
        self.lines = found.isOpenID ? Self.openID(found) : Self.oauth(found)
    }

    /// The draft as a part of a configuration file.
    package func yaml() -> String {
        var text = [
            "# Drafted from \(found.address)", "providers:", "  \(id):  # the id in paths",
            "    name: \(Self.yaml(name))",
        ]
        // An issuer alone is asked for these.
        text += lines.filter { !($0.field == "scopes" && $0.isStandard) }.map { line in
            let question = line.question.map { "  # \($0)" } ?? ""
            switch line.value {
            case nil: return "    # \(line.field): …\(question)"
            case .text(let value): return "    \(line.field): \(Self.yaml(value))\(question)"
            case .list(let values):
                return "    \(line.field): [\(values.map(Self.yaml).joined(separator: ", "))]\(question)"
            case .choice(let value, _): return "    \(line.field): \(value)\(question)"
            }
        }
        let secret = found.clientAuthentication == .none ? [] : ["    clientSecret: …  # or clientSecretFile"]
        return (text + ["    clientID: …"] + secret).joined(separator: "\n") + "\n"
    }

    /// The draft as an entry of the catalogue.
    package func swift() -> String {
        let documentation = found.metadata["service_documentation"]?.string ?? found.address
        let head = [
            "/// \(name): \(documentation)",
            "public static let \(identifier): Provider = Provider(\(Self.quoted(id)), \(Self.quoted(name))) {",
        ]
        let registration = "    $0.registration = Registration(page: \"\")  // where is an application registered?"
        let body = lines.map { line in
            let question = line.question.map { "  // \($0)" } ?? ""
            switch line.value {
            case nil: return "    // $0.\(line.field) = …\(question)"
            case .text(let value): return "    $0.\(line.field) = \(Self.quoted(value))\(question)"
            case .list(let values):
                return "    $0.\(line.field) = [\(values.map(Self.quoted).joined(separator: ", "))]\(question)"
            case .choice(_, let value): return "    $0.\(line.field) = \(value)\(question)"
            }
        }
        return (head + [registration] + body + ["}"]).joined(separator: "\n") + "\n"
    }

    // MARK: What is asked of whom

    private static func openID(_ found: DiscoveredProvider) -> [Line] {
        let standard = standardScopes
        let supported = strings("scopes_supported", found)
        let scopes = supported.isEmpty ? standard : standard.filter { $0 == "openid" || supported.contains($0) }
        let claims = strings("claims_supported", found)
        var lines = common(found) + [Line(field: "issuer", value: .text(found.issuer), question: nil)]
        lines.append(
            Line(
                field: "scopes", value: .list(scopes),
                question: scopes == standard ? nil : "it supports \(supported.joined(separator: ", "))"))
        if !claims.isEmpty, !claims.contains("email_verified") {
            lines.append(
                Line(
                    field: "profile.emailVerified", value: nil,
                    question: "no email_verified among its claims: what proves an address? Nothing, unless you know"))
        }
        let algorithms = strings("id_token_signing_alg_values_supported", found)
        if !algorithms.isEmpty, algorithms.allSatisfy({ $0.hasPrefix("HS") }), let algorithm = algorithms.first {
            lines.append(
                Line(
                    field: "signingAlgorithms", value: .choice("[\(algorithm)]", "[.\(algorithm.lowercased())]"),
                    question: "it signs with the client secret only, which must have 32 bytes or more"))
        }
        return lines + doubts(found)
    }

    private static func oauth(_ found: DiscoveredProvider) -> [Line] {
        let endpoints = [
            ("authorizationEndpoint", "authorization_endpoint"), ("tokenEndpoint", "token_endpoint"),
            ("revocationEndpoint", "revocation_endpoint"), ("introspectionEndpoint", "introspection_endpoint"),
            ("deviceAuthorizationEndpoint", "device_authorization_endpoint"),
            ("pushedAuthorizationRequestEndpoint", "pushed_authorization_request_endpoint"),
        ]
        var lines = common(found)
        lines += endpoints.compactMap { field, name in
            found.metadata[name]?.string.map { Line(field: field, value: .text($0), question: nil) }
        }
        let supported = strings("scopes_supported", found)
        lines.append(
            Line(
                field: "scopes", value: nil,
                question: "which read the profile?"
                    + (supported.isEmpty ? "" : " It supports \(supported.joined(separator: ", "))")))
        lines.append(
            Line(
                field: "userInfoEndpoint", value: found.metadata["userinfo_endpoint"]?.string.map { .text($0) },
                question: "where is the profile read?"))
        lines.append(
            Line(
                field: "profile.id", value: nil,
                question:
                    "which member of the profile is the person's immutable id? And name, email, emailVerified, avatar?")
        )
        if found.clientAuthentication != .post {
            lines.append(
                Line(
                    field: "clientAuthentication",
                    value: .choice(found.clientAuthentication.rawValue, Self.swift(found.clientAuthentication)),
                    question: nil))
        }
        return lines + doubts(found)
    }

    private static func common(_ found: DiscoveredProvider) -> [Line] {
        let documentation = found.metadata["service_documentation"]?.string
        return [
            Line(field: "color", value: nil, question: "the brand's colour, as #rrggbb?"),
            Line(
                field: "documentation", value: documentation.map { .text($0) },
                question: documentation == nil ? "the vendor's page that this follows?" : nil),
        ]
    }

    /// What speaks against the defaults.
    private static func doubts(_ found: DiscoveredProvider) -> [Line] {
        var lines: [Line] = []
        let challenges = strings("code_challenge_methods_supported", found)
        if !challenges.isEmpty, !challenges.contains("S256") {
            lines.append(
                Line(
                    field: "pkce", value: nil,
                    question: "it lists \(challenges.joined(separator: ", ")) and not S256: none, if S256 makes it fail"
                ))
        }
        let types = strings("response_types_supported", found)
        if !types.isEmpty, !types.contains("code") {
            lines.append(
                Line(
                    field: "authorizeParameters", value: nil,
                    question:
                        "it lists the response types \(types.joined(separator: ", ")) and not code, which is needed"))
        }
        let methods = strings("token_endpoint_auth_methods_supported", found)
        if !methods.isEmpty, ClientAuthentication.allCases.allSatisfy({ !methods.contains($0.rawValue) }) {
            lines.append(
                Line(
                    field: "clientAuthentication", value: nil,
                    question: "it lists only \(methods.joined(separator: ", ")), which this library does not know"))
        }
        return lines
    }

    /// A list of the metadata, of what can stand in a comment.
    private static func strings(_ name: String, _ found: DiscoveredProvider) -> [String] {
        (found.metadata[name]?.array ?? []).compactMap(\.string).map { $0.filter { !$0.isNewline } }
    }

    // MARK: Writing

    private static func yaml(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter ?? false
            && text.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || "_./:?=&~-".contains($0))
            }
        return isPlain && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
            ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }

    private static func swift(_ method: ClientAuthentication) -> String {
        switch method {
        case .post: ".post"
        case .basic: ".basic"
        case .secretJWT: ".secretJWT"
        case .privateKeyJWT: ".privateKeyJWT"
        case .mutualTLS: ".mutualTLS"
        case .selfSignedMutualTLS: ".selfSignedMutualTLS"
        case .none: "ClientAuthentication.none"
        }
    }

    /// The id as a name in Swift: `my-idp` → `myIdp`.
    private var identifier: String {
        let words = id.split { !$0.isLetter && !$0.isNumber }
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        let text = (words.first.map(String.init) ?? "provider") + rest.joined()
        return text.first?.isNumber ?? true ? "_\(text)" : text
    }

    /// The telling word of an issuer's host: `https://login.corp.example/x` → `corp`.
    private static func word(of issuer: String) -> String {
        let host = issuer.split(separator: "/").dropFirst().first?.prefix { $0 != ":" } ?? ""
        let labels = host.lowercased().split(separator: ".")
        guard labels.contains(where: { $0.contains(where: \.isLetter) }) else { return "provider" }
        let generic = ["www", "login", "auth", "accounts", "account", "id", "sso", "oauth", "api", "identity", "idp"]
        let telling = labels.dropLast(labels.count > 1 ? 1 : 0).filter { !generic.contains(String($0)) }
        let word = (telling.last ?? labels.first ?? "provider").filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
        }
        return word.isEmpty ? "provider" : String(word)
    }
}
