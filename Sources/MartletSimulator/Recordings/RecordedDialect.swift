import FoundationEssentials
import HTTPTypes

/// A provider's dialect, out of a recording.
struct RecordedDialect: Sendable {
    /// For how many seconds tokens are good.
    private static let lifetime = 3600

    private let entry: SimulatedProvider.Entry
    private let recording: Recording
    /// The name under which the code is exchanged.
    private let codeName: String
    private let variables: Variables
    private let signer: RecordedIDToken
    private let oauth1: RecordedOAuth1
    private let openID2: RecordedOpenID2

    init(_ provider: SimulatedProvider) {
        let (entry, recording) = (provider.entry, provider.recording)
        (self.entry, self.recording) = (entry, recording)
        codeName = recording.exchanges.first { $0.role == .code }?.name(of: recording.code) ?? entry.codeParameter
        signer = RecordedIDToken(provider)
        let tokens = recording.exchanges.filter { [.code, .appToken].contains($0.role) }
            .compactMap { RecordedIDToken.value(entry.accessTokenFields, in: $0.answer) }
        let state = recording.callback["state"] ?? ""
        variables = Variables(
            texts: [recording.code, state, recording.clientID, recording.clientSecret, recording.redirectURI] + tokens,
            names: entry.freshParameters)
        oauth1 = RecordedOAuth1(id: entry.id, clientSecret: recording.clientSecret)
        openID2 = RecordedOpenID2(recording)
    }

    var dialect: Dialect {
        let issuer = entry.issuer
        var dialect = Dialect(
            id: entry.id, title: entry.name, reference: entry.documentation, authorizations: [authorization],
            endpoints: endpoints, subjectFields: [], signsIDTokens: signer.isNeeded, people: [person], isRecorded: true,
            refuse: refuse)
        if let issuer { dialect.issuer = { RecordedIDToken.relocated(issuer, under: $0) } }
        return dialect
    }

    /// The person of the recording.
    private var person: Person {
        let expected = recording.expected
        let id = expected["id"]?.plainText ?? ""
        let username = expected["username"]?.string ?? id
        let email = expected["email"]?.string.map {
            Person.Email($0, isVerified: expected["emailVerified"] == true)
        }
        return Person(
            id: SimulatedProvider.personID, number: Int64(id) ?? 0, username: username,
            name: expected["name"]?.string ?? username, emails: email.map { [$0] } ?? [],
            note: "Known to \(entry.name) as \(id).")
    }

    // MARK: The browser

    private var authorization: AuthorizationEndpoint {
        let others = recording.callback.items.filter { item in
            !["state", "nonce", "iss", "hmac", recording.codeParameter].contains(item.name)
        }.map { ($0.name, $0.value) }
        var endpoint = AuthorizationEndpoint(
            path: browserPath, clientParameter: entry.authorizeClientParameter, usesPKCE: true,
            codeParameters: [recording.codeParameter])
        endpoint.redirectParameter = entry.redirectParameter
        switch entry.flow {
        case .authorizationCode: break
        case .oauth1:
            oauth1.adapt(&endpoint)
            return endpoint
        case .openID2:
            openID2.adapt(&endpoint)
            if let direct = endpoints(at: browserPath).first { endpoint.direct = (RecordedOpenID2.isDirect, direct) }
            return endpoint
        }
        endpoint.responseType = entry.responseType
        endpoint.scopeParameter = entry.scopeParameter
        endpoint.answersByFormPost = true
        endpoint.isOpenIDProvider =
            recording.metadata?["authorization_response_iss_parameter_supported"] == true
            || recording.callback["iss"] != nil
        if entry.declinesSilently { endpoint.denial = [] }
        if entry.signsCallback { endpoint.denial += others }
        endpoint.additions = { _, _, _, _ in others }
        let secret = recording.clientSecret
        if entry.signsCallback { endpoint.signature = { ("hmac", MAC.sha256(sorted: $0, key: secret)) } }
        return endpoint
    }

    private var browserPath: String { entry.authorizationEndpoint.flatMap(RecordedExchange.path) ?? "" }

    // MARK: The calls

    private struct Address: Hashable {
        let method: HTTPRequest.Method
        let path: String
    }

    private var endpoints: [Endpoint] {
        let keys = entry.jwksURI.flatMap(RecordedExchange.path).map { path in
            Endpoint(.get, path, .keys) { (_, engine) throws(Refusal) in try Self.keys(engine) }
        }
        return Set(recording.exchanges.map(\.path)).subtracting([browserPath]).flatMap { endpoints(at: $0) }
            + [keys].compactMap(\.self)
    }

    /// What is called at a path.
    private func endpoints(at path: String) -> [Endpoint] {
        var exchanges: [Address: [RecordedExchange]] = [:]
        for exchange in recording.exchanges where exchange.path == path {
            for method in exchange.method.map({ [$0] }) ?? [.get, .post] {
                exchanges[Address(method: method, path: exchange.path), default: []].append(exchange)
            }
        }
        return exchanges.map { address, exchanges in
            Endpoint(address.method, address.path, exchanges[0].step) { (call, engine) throws(Refusal) in
                try answer(call, engine, exchanges)
            }
        }
    }

    private static func keys(_ engine: Engine) throws(Refusal) -> Reply {
        do {
            return .json(try engine.keys.published())
        } catch {
            throw .failure
        }
    }

    private func answer(_ call: Call, _ engine: Engine, _ exchanges: [RecordedExchange]) throws(Refusal) -> Reply {
        let exchange = exchanges.first { $0.isMeant(by: call, variables) } ?? exchanges[0]
        switch exchange.role {
        case .discovery:
            guard let metadata = recording.metadata else { throw .failure }
            return .json(RecordedIDToken.relocated(metadata, under: call.base))
        case .appToken: return try appToken(call, engine, exchange)
        case .temporaryCredentials:
            try exchange.check(call, variables)
            return exchange.reply(try oauth1.temporaryCredentials(call, engine, like: exchange.answer))
        case .code: return try exchangeCode(call, engine, exchange)
        case .profile:
            if entry.flow == .oauth1 {
                try oauth1.judgeProfileCall(call, engine)
            } else {
                _ = try token(call, engine)
            }
            try exchange.check(call, variables)
            return exchange.reply
        }
    }

    private func appToken(_ call: Call, _ engine: Engine, _ exchange: RecordedExchange) throws(Refusal) -> Reply {
        try exchange.check(call, variables)
        guard let client = try client(of: call, exchange) else { throw .clientUnknown }
        let grant = engine.ownGrant(clientID: client, dialect: entry.id)
        return issue(exchange.answer, for: grant, engine, exchange)
    }

    private func exchangeCode(_ call: Call, _ engine: Engine, _ exchange: RecordedExchange) throws(Refusal) -> Reply {
        try exchange.check(call, variables)
        switch entry.flow {
        case .authorizationCode: break
        case .oauth1:
            return issue(exchange.answer, for: try oauth1.grant(call, engine, exchange.answer), engine, exchange)
        case .openID2:
            try openID2.judge(call, engine)
            return exchange.reply
        }
        let code = try call.required(codeName)
        let needsToken = recording.exchanges.contains { $0.role == .appToken }
        let owner = needsToken ? try token(call, engine).clientID : engine.ledger.peek([code])?.clientID ?? ""
        let client = Engine.Client(id: try client(of: call, exchange) ?? owner, isConfidential: true)
        let grant = try engine.redeem(
            code: code, client: client, call: call,
            needsRedirectURI: exchange.name(of: recording.redirectURI) != nil,
            redirectParameter: entry.redirectParameter)
        let answer = try signer.signing(exchange.answer, for: grant, secret: secret(of: call, exchange), call, engine)
        return needsToken ? exchange.reply : issue(answer, for: grant, engine, exchange)
    }

    /// The answer, whose access token is good from now on.
    private func issue(_ answer: String, for grant: Grant, _ engine: Engine, _ exchange: RecordedExchange) -> Reply {
        if let token = RecordedIDToken.value(entry.accessTokenFields, in: answer) {
            engine.ledger.issue(token, .accessToken, for: grant, lifetime: Self.lifetime)
        }
        return exchange.reply(answer)
    }

    /// The grant behind the token that a call has, wherever it is.
    private func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Grant {
        let grants = call.texts.lazy.compactMap { engine.ledger.find($0, .accessToken)?.grant }
        guard let grant = grants.first(where: { $0.dialect == entry.id }) else { throw .tokenUnknown }
        return grant
    }

    /// The client that a call names, where the vendor wants one; its secret may be anything but `wrong`.
    private func client(of call: Call, _ exchange: RecordedExchange) throws(Refusal) -> String? {
        guard secret(of: call, exchange) != "wrong" else { throw .clientSecretWrong }
        let name = exchange.name(of: recording.clientID) ?? entry.clientParameter
        return call.basic?.user ?? call.value(name)
    }

    private func secret(of call: Call, _ exchange: RecordedExchange) -> String? {
        let name = exchange.name(of: recording.clientSecret) ?? entry.secretParameter
        return call.basic?.password ?? call.value(name)
    }

    /// A code that is refused gets the recorded answer, anything else the one of RFC 6749 section 5.2.
    private var refuse: @Sendable (Refusal, Call) -> Reply {
        let refused = recording.refusal?.reply
        return { refusal, _ in
            switch refusal {
            case .codeUnknown, .codeUsed, .codeExpired, .redirectMismatch, .verifierWrong:
                refused ?? refusal.standardReply
            default: refusal.standardReply
            }
        }
    }
}

extension MAC {
    /// The code of parameters in alphabetical order, as a query, in hexadecimal.
    fileprivate static func sha256(sorted items: [(String, String)], key: String) -> String {
        let query = Parameters(items.sorted { $0.0 < $1.0 }).encoded
        return sha256(of: Data(query.utf8), key: key).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }
}

extension RecordedExchange {
    /// Which step of a login the call is, for faults.
    fileprivate var step: Fault.Step {
        switch role {
        case .discovery: .discovery
        case .temporaryCredentials: .par
        case .appToken, .code: .token
        case .profile: .userInfo
        }
    }

    /// The recorded answer.
    fileprivate var reply: Reply { reply(answer) }

    /// Another answer of the same status and type.
    fileprivate func reply(_ answer: String) -> Reply {
        Reply(status, .text(answer, type: type), headers: [.cacheControl: "no-store"])
    }
}
