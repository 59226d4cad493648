import FoundationEssentials

/// A recorded login, and how the vendor refuses a code.
struct Recording: Sendable {
    let clientID: String
    let clientSecret: String
    let redirectURI: String
    /// What came back to the redirection URI.
    let callback: Parameters
    /// What was understood of the person.
    let expected: JSON
    /// The metadata, if it was read.
    let metadata: JSON?
    let exchanges: [RecordedExchange]
    /// The answer to a code that is no good, if there is one.
    let refusal: RecordedExchange?
    /// The code of the callback, and its name there.
    let code: String
    let codeParameter: String

    /// Reads the first login of JSON Lines.
    init(_ lines: String, entry: SimulatedProvider.Entry) throws(SimulatedProvider.Problem) {
        let recordings = lines.split(whereSeparator: \.isNewline).compactMap { JSON(parsing: $0.utf8) }
        guard let login = recordings.first(where: { $0["expected"]?["ok"] != false }),
            let person = login["expected"], person["id"] != nil
        else { throw .init(description: "there is no recorded login") }
        expected = person
        let settings = login["configuration"]
        clientID = settings?["clientID"]?.plainText ?? "client-id"
        clientSecret = settings?["clientSecret"]?.plainText ?? ""
        redirectURI =
            login["redirectURI"]?.string ?? "https://app.example/api/auth/oauth/\(entry.id)/callback"
        callback = Parameters((login["callback"]?.members ?? []).map { ($0.name, $0.value.plainText) })
        let parameters = callback
        guard let codeParameter = entry.callbackCodeParameters.first(where: { parameters[$0] != nil }),
            let code = parameters[codeParameter]
        else { throw .init(description: "the recorded callback has no code") }
        (self.codeParameter, self.code) = (codeParameter, code)
        let read = Self.exchanges(of: login)
        metadata = read.first { $0.isMetadata }.flatMap { JSON(parsing: $0.answer.utf8) }
        exchanges = try Self.assigning(
            read, code: code, tokenEndpoint: entry.tokenEndpoint ?? metadata?["token_endpoint"]?.string,
            others: [.appToken: entry.appTokenEndpoint, .temporaryCredentials: entry.temporaryCredentialEndpoint])
        refusal = Self.refusal(in: recordings, exchanges)
    }

    private static func exchanges(of recording: JSON) -> [RecordedExchange] {
        (recording["exchanges"]?.values ?? []).compactMap { RecordedExchange($0) }
    }

    /// The exchanges with their roles. The code is in the first call that shows it, or goes to the token endpoint.
    private static func assigning(
        _ exchanges: [RecordedExchange], code: String, tokenEndpoint: String?,
        others: [RecordedExchange.Role: String?]
    ) throws(SimulatedProvider.Problem) -> [RecordedExchange] {
        var exchanges = exchanges
        let tokenPath = tokenEndpoint.flatMap(RecordedExchange.path)
        let others = others.mapValues { $0.flatMap(RecordedExchange.path) }
        for index in exchanges.indices {
            if exchanges[index].isMetadata { exchanges[index].role = .discovery }
            for (role, path) in others where exchanges[index].path == path { exchanges[index].role = role }
        }
        let place = exchanges.firstIndex { exchange in
            exchange.role == .profile && (exchange.path == tokenPath || exchange.name(of: code) != nil)
        }
        guard let place else { throw .init(description: "no recorded call has the code") }
        exchanges[place].role = .code
        return exchanges
    }

    /// The answer where a login failed when the code was shown.
    private static func refusal(in recordings: [JSON], _ exchanges: [RecordedExchange]) -> RecordedExchange? {
        guard let place = exchanges.firstIndex(where: { $0.role == .code }) else { return nil }
        let failures = recordings.filter { $0["expected"]?["ok"] == false }.map(Self.exchanges)
            .filter { $0.count == place + 1 }.compactMap(\.last)
        return failures.first { $0.path == exchanges[place].path && $0.answer != exchanges[place].answer }
    }

    /// The entry with what the recorded metadata adds.
    func completing(_ entry: SimulatedProvider.Entry) -> SimulatedProvider.Entry {
        var entry = entry
        entry.authorizationEndpoint = entry.authorizationEndpoint ?? metadata?["authorization_endpoint"]?.string
        entry.jwksURI = entry.jwksURI ?? metadata?["jwks_uri"]?.string
        if entry.signingAlgorithms.isEmpty {
            entry.signingAlgorithms = metadata?["id_token_signing_alg_values_supported"]?.texts ?? []
        }
        return entry
    }
}

extension RecordedExchange {
    /// Whether it is a provider's metadata (OpenID Connect Discovery section 4, RFC 8414 section 3).
    fileprivate var isMetadata: Bool {
        path.hasSuffix("/.well-known/openid-configuration") || path.contains("/.well-known/oauth-authorization-server")
    }
}
