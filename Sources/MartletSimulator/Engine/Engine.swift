import FoundationEssentials

/// What all dialects share: it authenticates clients, and issues, exchanges and judges codes and tokens.
struct Engine: Sendable {
    /// How long a code is good for, in seconds.
    static let codeLifetime = 600
    /// How long a refresh token is good for, in seconds.
    static let refreshLifetime = 30 * 86_400

    let configuration: Simulator.Configuration
    /// Every dialect, the recorded ones last.
    let dialects: [Dialect]
    let ledger: Ledger
    let devices: DeviceLedger
    let faults = FaultTable()
    let recorder = Recorder()
    let keys: KeyRing
    let clients = ClientRegistry()
    let metadata = MetadataChange()
    let pushed: PushedRequests
    let sessions: Sessions
    let used: UsedIdentifiers
    let nonces: ProofNonces
    let apple = AppleRegister()

    init(configuration: Simulator.Configuration) {
        self.configuration = configuration
        dialects = Dialect.all + configuration.recorded.map { RecordedDialect($0).dialect }
        ledger = Ledger(
            capacity: configuration.capacity, now: configuration.now, random: configuration.randomBytes)
        devices = DeviceLedger(
            capacity: min(configuration.capacity, 10_000), now: configuration.now, random: configuration.randomBytes)
        keys = KeyRing(configuration.keys)
        pushed = PushedRequests(
            capacity: min(configuration.capacity, 10_000), now: configuration.now, random: configuration.randomBytes)
        sessions = Sessions(capacity: min(configuration.capacity, 10_000))
        used = UsedIdentifiers(now: configuration.now)
        nonces = ProofNonces(secret: Base64URL.encode(configuration.randomBytes(32)))
    }

    /// An opaque random text.
    func randomText(_ count: Int = 16) -> String {
        Base64URL.encode(configuration.randomBytes(count))
    }

    /// The person of that short name: one of those who are configured, else one out of the crowd.
    func person(_ id: String?) -> Person? {
        configuration.people.first { $0.id == id } ?? id.flatMap(Person.init(outOfCrowd:))
    }

    /// Those who can sign in by a dialect.
    func people(of dialect: Dialect) -> [Person] {
        dialect.people ?? configuration.people
    }

    /// The person of that short name who can sign in by a dialect.
    func person(_ id: String?, in dialect: Dialect) -> Person? {
        dialect.people.map { people in people.first { $0.id == id } } ?? person(id)
    }

    /// The person of a grant as this call may see them.
    func person(of grant: Grant, in call: Call) throws(Refusal) -> Person {
        guard let person = grant.person else { throw .tokenUnknown }
        return call.fault == .missingEmail ? person.withoutEmail : person
    }
}

/// The tokens of one answer.
struct IssuedTokens {
    let access: String
    let refresh: String?
    let lifetime: Int
}

extension Engine {
    /// A client whose secret was judged.
    struct Client {
        let id: String
        /// Whether it showed a secret; a public client shows none.
        let isConfidential: Bool
        /// What it has registered, if it has.
        var registration: RegisteredClient?
    }

    /// Judges a client. Clients are not registered: any identifier will do, with any secret but `wrong`.
    func authenticate(
        _ call: Call, id idName: String = "client_id", secret secretName: String = "client_secret",
        allowsBasic: Bool = false, needsSecret: Bool = true
    ) throws(Refusal) -> Client {
        if allowsBasic, let basic = call.basic {
            return try judge(id: basic.user, secret: basic.password, needsSecret: needsSecret)
        }
        return try judge(id: try call.required(idName), secret: call[secretName], needsSecret: needsSecret)
    }

    private func judge(id: String, secret: String?, needsSecret: Bool) throws(Refusal) -> Client {
        guard !id.isEmpty else { throw .clientUnknown }
        let secret = secret.flatMap { $0.isEmpty ? nil : $0 }
        if secret == "wrong" || (needsSecret && secret == nil) { throw .clientSecretWrong }
        return Client(id: id, isConfidential: secret != nil)
    }

    /// Exchanges a code for the grant behind it (RFC 6749 section 4.1.3, RFC 7636 section 4.6).
    ///
    /// Where the vendor asks for the redirection URI again, it must be the same; elsewhere it may be left out.
    func redeem(
        code: String?, client: Client, call: Call, needsRedirectURI: Bool, redirectParameter: String = "redirect_uri"
    ) throws(Refusal) -> Grant {
        guard let code, !code.isEmpty else { throw .missing("code") }
        let grant = try ledger.redeem(code: code)
        guard grant.clientID == client.id, grant.dialect == call.dialect.id else { throw .codeUnknown }
        let redirectURI = call.value(redirectParameter)
        if needsRedirectURI || redirectURI != nil {
            guard redirectURI == grant.redirectURI else { throw .redirectMismatch }
        }
        try verify(call.value("code_verifier"), against: grant.challenge)
        return grant
    }

    private func verify(_ verifier: String?, against challenge: Challenge?) throws(Refusal) {
        guard let challenge else { return }
        guard let verifier, challenge.accepts(verifier) else { throw .verifierWrong }
    }

    /// Exchanges a refresh token for the grant behind it (RFC 6749 section 6).
    ///
    /// - Parameter rotates: whether the token is used up by this.
    func refresh(_ token: String?, clientID: String, call: Call, rotates: Bool) throws(Refusal) -> Grant {
        guard let token, !token.isEmpty else { throw .missing("refresh_token") }
        guard let known = ledger.peek([token]), known.clientID == clientID, known.dialect == call.dialect.id else {
            throw .refreshTokenUnknown
        }
        guard var grant = rotates ? try ledger.redeem(refreshToken: token) : ledger.find(token, .refreshToken)?.grant
        else { throw .refreshTokenUnknown }
        // An ID token of a refresh should carry no nonce (OpenID Connect Core section 12.2).
        grant.nonce = nil
        return grant
    }

    /// Issues the tokens of a grant; `lifetime` is the access token's, in seconds.
    func issueTokens(for grant: Grant, lifetime: Int, withRefresh: Bool) -> IssuedTokens {
        IssuedTokens(
            access: ledger.issue(.accessToken, for: grant, lifetime: lifetime),
            refresh: withRefresh
                ? ledger.issue(.refreshToken, for: grant, lifetime: Self.refreshLifetime) : nil,
            lifetime: lifetime)
    }

    /// The grant behind an access token that is still good in this dialect.
    func grant(accessToken: String?, call: Call) throws(Refusal) -> Grant {
        guard let accessToken, !accessToken.isEmpty else { throw .tokenMissing }
        guard let found = ledger.find(accessToken, .accessToken), found.grant.dialect == call.dialect.id else {
            throw .tokenUnknown
        }
        return found.grant
    }

    /// A grant that a client holds for itself (RFC 6749 section 4.4).
    func ownGrant(clientID: String, dialect: String, scopes: [String] = []) -> Grant {
        Grant(
            id: randomText(), dialect: dialect, clientID: clientID, person: nil, scopes: scopes,
            authenticatedAt: configuration.now())
    }
}
