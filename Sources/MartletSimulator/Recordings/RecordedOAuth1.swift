import Crypto
import FoundationEssentials
import HTTPTypes

/// OAuth 1.0a at a recorded provider (RFC 5849): temporary credentials, verifiers, and requests signed with HMAC-SHA1.
struct RecordedOAuth1: Sendable {
    /// For how many seconds temporary credentials are good.
    private static let lifetime = 600
    /// How far a request's time may be from now, in seconds.
    private static let tolerance: TimeInterval = 300

    let id: String
    let clientSecret: String

    /// A request whose signature was verified.
    private struct SignedCall {
        let clientID: String
        let parameters: Parameters
    }

    /// What the browser brings is a temporary token; client and callback were given with it.
    func adapt(_ endpoint: inout AuthorizationEndpoint) {
        endpoint.needsResponseType = false
        endpoint.denial = []
        endpoint.additions = { _, request, _, _ in request.temporaryToken.map { [("oauth_token", $0)] } ?? [] }
        endpoint.resolve = { (sent, engine) throws(AuthorizationRequest.Problem) in
            guard let grant = sent["oauth_token"].flatMap({ engine.ledger.find($0, .ticket)?.grant }),
                grant.dialect == id, let callback = grant.redirectURI
            else { throw .init(text: "The parameter oauth_token must be a temporary token that is still good.") }
            return Parameters(
                [("client_id", grant.clientID), ("redirect_uri", callback)] + sent.items.map { ($0.name, $0.value) })
        }
    }

    /// Gives temporary credentials (RFC 5849 section 2.1), written as a recorded answer is.
    func temporaryCredentials(_ call: Call, _ engine: Engine, like answer: String) throws(Refusal) -> String {
        let signed = try verify(call, engine, token: nil)
        guard let callback = signed.parameters["oauth_callback"], AuthorizationRequest.isAbsolute(callback) else {
            throw .missing("oauth_callback")
        }
        var grant = engine.ownGrant(clientID: signed.clientID, dialect: id)
        grant.redirectURI = callback
        let secret = engine.randomText()
        grant.tokenSecret = secret
        let token = engine.ledger.issue(.ticket, for: grant, lifetime: Self.lifetime)
        let fresh = ["oauth_token": token, "oauth_token_secret": secret]
        return Parameters(Parameters(encoded: answer).items.map { ($0.name, fresh[$0.name] ?? $0.value) }).encoded
    }

    /// The grant behind a verifier (RFC 5849 section 2.3), with the recorded secret of the token that is to be given.
    func grant(_ call: Call, _ engine: Engine, _ answer: String) throws(Refusal) -> Grant {
        let signed = try verify(call, engine, token: .ticket)
        guard let verifier = signed.parameters["oauth_verifier"] else { throw .missing("oauth_verifier") }
        guard engine.ledger.peek([verifier])?.temporaryToken == signed.parameters["oauth_token"] else {
            throw .codeUnknown
        }
        var grant = try engine.ledger.redeem(code: verifier)
        grant.tokenSecret = Parameters(encoded: answer)["oauth_token_secret"]
        return grant
    }

    /// Judges a call for the profile, which is signed with the person's token.
    func judgeProfileCall(_ call: Call, _ engine: Engine) throws(Refusal) {
        _ = try verify(call, engine, token: .accessToken)
    }

    /// Judges a signed request (RFC 5849 section 3.2): its client, token, signature, time and nonce.
    ///
    /// - Parameter kind: what the token must be; `nil` where there is none.
    private func verify(_ call: Call, _ engine: Engine, token kind: Ledger.Kind?) throws(Refusal) -> SignedCall {
        let parameters = call.oauth1
        func required(_ name: String) throws(Refusal) -> String {
            guard let value = parameters[name], !value.isEmpty else { throw .missing(name) }
            return value
        }
        let clientID = try required("oauth_consumer_key")
        guard parameters["oauth_signature_method"] == "HMAC-SHA1", parameters["oauth_version"] ?? "1.0" == "1.0" else {
            throw .invalid("The signature must be one by HMAC-SHA1.")
        }
        var grant: Grant?
        if let kind {
            grant = engine.ledger.find(try required("oauth_token"), kind)?.grant
            guard grant?.dialect == id, grant?.clientID == clientID else {
                throw kind == .ticket ? .codeUnknown : .tokenUnknown
            }
        }
        guard try required("oauth_signature") == signature(of: call, parameters, tokenSecret: grant?.tokenSecret) else {
            throw .clientSecretWrong
        }
        try judgeFreshness(
            try required("oauth_timestamp"), nonce: try required("oauth_nonce"), of: clientID, engine)
        return SignedCall(clientID: clientID, parameters: parameters)
    }

    /// A request is good for some minutes, and once (RFC 5849 section 3.3).
    private func judgeFreshness(
        _ timestamp: String, nonce: String, of clientID: String, _ engine: Engine
    ) throws(Refusal) {
        let now = engine.configuration.now()
        guard let seconds = TimeInterval(timestamp), abs(seconds - now.timeIntervalSince1970) <= Self.tolerance else {
            throw .invalid("The oauth_timestamp is not now.")
        }
        let forgotten = now.addingTimeInterval(2 * Self.tolerance)
        guard engine.used.first("oauth_nonce", id, clientID, timestamp, nonce, until: forgotten) else {
            throw .invalid("The oauth_nonce was used before.")
        }
    }

    /// The signature that a request should have (RFC 5849 section 3.4).
    private func signature(of call: Call, _ parameters: Parameters, tokenSecret: String?) -> String {
        let signed = call.query.items + call.form.items + parameters.items
        let normalized = signed.filter { !["oauth_signature", "realm"].contains($0.name) }
            .map { (Parameters.encode($0.name), Parameters.encode($0.value)) }.sorted(by: <)
            .map { "\($0)=\($1)" }.joined(separator: "&")
        let base = [call.method.rawValue, (call.base + "/" + call.path).lowercasedAuthority, normalized]
        let key = [clientSecret, tokenSecret ?? ""].map(Parameters.encode).joined(separator: "&")
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Data(base.map(Parameters.encode).joined(separator: "&").utf8),
            using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }
}

extension String {
    /// An address with scheme and host in lower case (RFC 5849 section 3.4.1.2).
    fileprivate var lowercasedAuthority: String {
        let parts = split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return (parts.prefix(3).map { $0.lowercased() } + parts.dropFirst(3).map(String.init)).joined(separator: "/")
    }
}
