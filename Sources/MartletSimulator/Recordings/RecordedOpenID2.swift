import Crypto
import FoundationEssentials

/// OpenID Authentication 2.0 at a recorded provider: assertions about the recorded identity, each good for one question
/// whether it is genuine (section 11.4.2).
struct RecordedOpenID2: Sendable {
    private static let namespace = "http://specs.openid.net/auth/2.0"
    private static let anyone = namespace + "/identifier_select"

    private let identity: String
    /// The person's id, which stands for a token: it can be looked up once the person has signed in.
    private let subject: String
    private let signed: String
    private let key = SymmetricKey(size: .bits256)

    init(_ recording: Recording) {
        identity = recording.callback["openid.claimed_id"] ?? ""
        subject = recording.expected["id"]?.plainText ?? ""
        signed = recording.callback["openid.signed"] ?? ""
    }

    /// What the browser brings is a `checkid_setup` request for any identity (section 9).
    func adapt(_ endpoint: inout AuthorizationEndpoint) {
        endpoint.needsResponseType = false
        endpoint.needs = ["openid.ns", "openid.mode", "openid.claimed_id", "openid.identity"]
        endpoint.denial = [("openid.ns", Self.namespace), ("openid.mode", "cancel")]
        endpoint.objection = Self.objection
        endpoint.additions = { _, request, call, engine in
            [
                ("openid.ns", Self.namespace), ("openid.mode", "id_res"),
                ("openid.op_endpoint", call.base + "/" + call.path), ("openid.claimed_id", identity),
                ("openid.identity", identity), ("openid.return_to", request.redirectURI),
                ("openid.response_nonce", engine.configuration.now().formatted(.iso8601) + engine.randomText(9)),
                ("openid.signed", signed),
            ]
        }
        endpoint.signature = { items in
            let message = Parameters(items)
            return message["openid.mode"] == "id_res" ? ("openid.sig", signature(of: message)) : nil
        }
    }

    @Sendable private static func objection(_ request: AuthorizationRequest, _ call: Call) -> String? {
        let parameters = request.parameters
        guard parameters["openid.ns"] == namespace, parameters["openid.mode"] == "checkid_setup" else {
            return "The parameter openid.mode must be checkid_setup, and openid.ns that of OpenID 2.0."
        }
        guard parameters["openid.claimed_id"] == anyone, parameters["openid.identity"] == anyone else {
            return "The parameters openid.claimed_id and openid.identity must be identifier_select."
        }
        return request.redirectURI.hasPrefix(request.clientID) ? nil : "The openid.return_to is not below openid.realm."
    }

    /// Whether a call is a client's question about an assertion, and no browser's.
    @Sendable static func isDirect(_ call: Call) -> Bool {
        call.form["openid.mode"] == "check_authentication"
    }

    /// Judges an assertion: whether it is one of this provider's own, word for word, and was not asked about before.
    func judge(_ call: Call, _ engine: Engine) throws(Refusal) {
        guard call.form["openid.sig"] == signature(of: call.form) else { throw .codeUnknown }
        let grant = try engine.ledger.redeem(code: try call.required("openid.assoc_handle"))
        engine.ledger.issue(subject, .accessToken, for: grant, lifetime: Engine.codeLifetime)
    }

    /// HMAC-SHA256 over what is signed, as name and value lines (section 6).
    private func signature(of message: Parameters) -> String {
        let lines = (message["openid.signed"] ?? "").split(separator: ",").map { name in
            "\(name):\(message["openid.\(name)"] ?? "")\n"
        }
        let code = HMAC<SHA256>.authenticationCode(for: Data(lines.joined().utf8), using: key)
        return Data(code).base64EncodedString()
    }
}
