import FoundationEssentials

/// Finds values in recorded answers, and signs their ID tokens anew.
struct RecordedIDToken: Sendable {
    /// For how many seconds an ID token is good.
    private static let lifetime: Int64 = 3600

    private let entry: SimulatedProvider.Entry
    private let recorded: CompactJWT?
    private let text: String?

    init(_ provider: SimulatedProvider) {
        entry = provider.entry
        let answer = provider.recording.exchanges.first { $0.role == .code }?.answer
        text = provider.entry.issuer == nil ? nil : answer.flatMap { Self.value(provider.entry.idTokenFields, in: $0) }
        recorded = text.flatMap(CompactJWT.init)
    }

    /// Whether logins bring an ID token.
    var isNeeded: Bool { recorded != nil }

    /// An answer with the recorded ID token replaced by one of this login.
    ///
    /// - Parameter secret: the key of HS256.
    func signing(
        _ answer: String, for grant: Grant, secret: String?, _ call: Call, _ engine: Engine
    ) throws(Refusal) -> String {
        guard let text, let recorded else { return answer }
        let now = Int64(engine.configuration.now().timeIntervalSince1970)
        let accessToken = Self.value(entry.accessTokenFields, in: answer)
        let claims = Misbehaviour.distort(
            claims: claims(recorded.claims, for: grant, accessToken: accessToken, base: call.base, now: now),
            by: call.fault, clientID: grant.clientID, now: now)
        let writer = JWTWriter(
            ring: engine.keys, algorithm: algorithm, secret: secret, fault: call.fault, base: call.base)
        return answer.replacing(text, with: try engine.signed(writer, claims: claims))
    }

    private func claims(_ recorded: JSON, for grant: Grant, accessToken: String?, base: String, now: Int64) -> JSON {
        let issuer = recorded["iss"]?.string.flatMap { $0.hasPrefix("https://") ? $0 : nil } ?? entry.issuer ?? ""
        var claims =
            recorded
            .setting("iss", .string(Self.relocated(issuer, under: base)))
            .setting("aud", recorded["aud"]?.values == nil ? .string(grant.clientID) : [.string(grant.clientID)])
            .setting("iat", .number(now)).setting("exp", .number(now + Self.lifetime)).setting("nbf", nil)
            .setting("auth_time", .number(Int64(grant.authenticatedAt.timeIntervalSince1970)))
            .setting("nonce", grant.nonce.map(JSON.string)).setting("c_hash", nil).setting("s_hash", nil)
        if claims["azp"] != nil { claims = claims.setting("azp", .string(grant.clientID)) }
        if claims["at_hash"] != nil {
            claims = claims.setting("at_hash", accessToken.map { .string(algorithm.leftHalfHash(of: $0)) })
        }
        return claims
    }

    /// The recorded token's algorithm where the provider may use it, else the first that it may.
    private var algorithm: SignatureAlgorithm {
        let allowed = entry.signingAlgorithms.compactMap(SignatureAlgorithm.init(rawValue:))
        let own = recorded?.algorithm
        if let own, allowed.isEmpty || allowed.contains(own) { return own }
        return allowed.first ?? .rs256
    }

    /// The first text under one of these names in an answer, at any depth of JSON or in a form.
    static func value(_ names: [String], in answer: String) -> String? {
        if let start = answer.firstIndex(of: "{"), let end = answer.lastIndex(of: "}"), start < end,
            let json = JSON(parsing: answer[start...end].utf8)
        {
            return names.lazy.compactMap { find($0, in: json) }.first
        }
        let form = Parameters(encoded: answer)
        return names.lazy.compactMap { form[$0] }.first
    }

    private static func find(_ name: String, in json: JSON) -> String? {
        if let text = json[name]?.string, !text.isEmpty { return text }
        let inner = json.members?.map(\.value) ?? json.values ?? []
        return inner.lazy.compactMap { find(name, in: $0) }.first
    }

    /// An address of the vendor as it is served here.
    static func relocated(_ address: String, under base: String) -> String {
        address.hasPrefix("https://") ? base + "/" + address.dropFirst("https://".count) : address
    }

    /// Metadata whose addresses are served here; lists are no addresses.
    static func relocated(_ metadata: JSON, under base: String) -> JSON {
        switch metadata {
        case .string(let text): .string(relocated(text, under: base))
        case .object(let members):
            .object(members.map { .init(name: $0.name, value: relocated($0.value, under: base)) })
        default: metadata
        }
    }
}
