import FoundationEssentials
import Martlet

/// A flow as the pairs of a query, which is what its cookie holds: JSON would cost more than sealing it.
extension Flow {
    /// The text, without id and provider; nil for a start that is no finite time.
    var text: String? {
        let start = startedAt.timeIntervalSinceReferenceDate
        guard start.isFinite else { return nil }
        var pairs = pending.pairs + [("start", start.description)]
        if case .bind(let userID, let sessionID) = purpose {
            pairs += [("user", userID.description), ("session", sessionID.description)]
        }
        // The landing stands last and as it is: encoded once more, it could outgrow a cookie.
        return FormEncoding.encode(pairs) + "#" + landing
    }

    /// Reads a text; nil if something is missing.
    init?(text: String, id: FlowID, providerID: String) {
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "#")),
            let pairs = FormEncoding.decode(String(text[..<mark]))
        else { return nil }
        let values = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let start = values["start"].flatMap(Double.init),
            let purpose = FlowPurpose(values),
            let pending = PendingAuthorization(
                values, scopes: pairs.filter { $0.name == "scope" }.map(\.value), providerID: providerID)
        else { return nil }
        self.init(
            id: id, purpose: purpose, pending: pending, landing: String(text[text.utf8.index(after: mark)...]),
            startedAt: Date(timeIntervalSinceReferenceDate: start))
    }
}

extension FlowPurpose {
    fileprivate init?(_ values: [String: String]) {
        guard let user = values["user"] else {
            self = .signIn
            return
        }
        guard let userID = UserID(user), let sessionID = values["session"].flatMap(SessionID.init(_:)) else {
            return nil
        }
        self = .bind(userID: userID, sessionID: sessionID)
    }
}

extension PendingAuthorization {
    fileprivate var pairs: [(name: String, value: String)] {
        let values = [
            ("redirect", redirectURI), ("state", state), ("issuer", issuer), ("verifier", codeVerifier?.reveal()),
            ("nonce", nonce), ("issuerPromised", requiresIssuerParameter ? "1" : nil),
            ("maxAge", maxAge.map { String($0) }), ("token", temporaryToken), ("secret", temporarySecret?.reveal()),
        ]
        return values.compactMap { name, value in value.map { (name, $0) } } + scopes.map { ("scope", $0) }
    }

    fileprivate init?(_ values: [String: String], scopes: [String], providerID: String) {
        guard let redirectURI = values["redirect"], let state = values["state"] else { return nil }
        self.init(
            providerID: providerID, issuer: values["issuer"], redirectURI: redirectURI, state: state,
            codeVerifier: values["verifier"].map { Secret($0) }, nonce: values["nonce"], scopes: scopes,
            requiresIssuerParameter: values["issuerPromised"] != nil, maxAge: values["maxAge"].flatMap { Int($0) },
            temporaryToken: values["token"], temporarySecret: values["secret"].map { Secret($0) })
    }
}
