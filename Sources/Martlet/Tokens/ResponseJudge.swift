/// Reads a provider's answer: finds the payload, and the error where there is one, in whatever dialect.
struct ResponseJudge: Sendable {
    let provider: Provider
    let role: OutboundRequest.Role
    /// Texts that an error must not repeat: looked for only when there is an error.
    let secrets: @Sendable () -> [String]

    init(
        provider: Provider, role: OutboundRequest.Role, secrets: @escaping @autoclosure @Sendable () -> [String] = []
    ) {
        self.provider = provider
        self.role = role
        self.secrets = secrets
    }

    /// The payload of a successful answer.
    func payload(_ response: OutboundResponse, envelope: String?) throws(OAuthError) -> JSONValue {
        guard !(300..<400).contains(response.status) else {
            throw .malformed(role, reason: "it is a redirect, which is never followed with credentials")
        }
        let body = decode(response.body)
        if let rejection = rejection(status: response.status, body: body) { throw .rejected(rejection) }
        guard let body else { throw .malformed(role, reason: "it is not JSON") }
        if let envelope, let inner = body.value(at: envelope), inner.object != nil { return inner }
        return body
    }

    /// Judges an answer whose body does not matter (RFC 7009 §2.2).
    func acknowledge(_ response: OutboundResponse) throws(OAuthError) {
        guard !(300..<400).contains(response.status) else {
            throw .malformed(role, reason: "it is a redirect, which is never followed with credentials")
        }
        if let rejection = rejection(status: response.status, body: decode(response.body)) {
            throw .rejected(rejection)
        }
    }

    private func rejection(status: Int, body: JSONValue?) -> Rejection? {
        let told = body.flatMap { toldError(in: $0) }
        guard !(200..<300).contains(status) || told != nil else { return nil }
        return Rejection(
            role: role, status: status, error: told?.error, description: told?.description, secrets: secrets())
    }

    private func toldError(in body: JSONValue) -> (error: String?, description: String?)? {
        let sources = ProfileSources(userInfo: body)
        let saysSuccess = provider.failures.contains { rule in
            rule.code.text(in: sources).map(rule.success.contains) ?? false
        }
        if !saysSuccess, let error = body["error"], error != .null, error != .string("") {
            let description = body["error_description"]?.text ?? error["message"]?.text ?? body["error_message"]?.text
            return (error.text ?? error["code"]?.text ?? error["type"]?.text ?? "error", description)
        }
        for rule in provider.failures {
            guard let code = rule.code.text(in: sources), !rule.success.contains(code) else { continue }
            return (code, rule.description?.text(in: sources))
        }
        return nil
    }

    /// JSON, JSONP (`callback( {…} );`) or, from endpoints that speak OAuth, a form.
    private func decode(_ body: [UInt8]) -> JSONValue? {
        let prefix = (provider.answerPrefix ?? "").utf8
        let answer = body.starts(with: prefix) ? body.dropFirst(prefix.count) : body[...]
        let text = answer.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        switch text.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "n"): return try? JSONValue(parsing: text)
        case UInt8(ascii: "c"):
            if let open = text.firstIndex(of: UInt8(ascii: "(")), let close = text.lastIndex(of: UInt8(ascii: ")")),
                open < close, text[..<open].elementsEqual("callback".utf8)
            {
                return try? JSONValue(parsing: text[text.index(after: open)..<close])
            }
        default: break
        }
        guard [.token, .deviceAuthorization, .temporaryCredentials].contains(role), text.contains(UInt8(ascii: "=")),
            !text.contains(UInt8(ascii: "<")), let pairs = FormEncoding.decode(String(decoding: text, as: UTF8.self))
        else { return nil }
        return .object(Dictionary(pairs.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 }))
    }
}
