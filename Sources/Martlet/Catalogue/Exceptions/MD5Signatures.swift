import Crypto
import FoundationEssentials
import HTTPTypes

// Signatures that vendors still make with MD5: it proves nothing to us, only to them.

extension OutboundRequest {
    /// Adds `timestamp` and `sign` to a call of JD's gateway: the upper-case MD5 of all parameters, sorted, name and value
    /// one after the other, between two client secrets.
    mutating func signForJOS(secret: Secret, at now: Date) {
        let time = [(name: "timestamp", value: now.chinaStandardTime)]
        let text = (parameters + time).filter { !$0.value.isEmpty }.sorted { $0.name < $1.name }
            .map { $0.name + $0.value }.joined()
        let sign = md5(secret.reveal() + text + secret.reveal()).uppercased()
        url = url.addingQuery(time + [(name: "sign", value: sign)])
    }

    /// Adds `sig` to a call of Odnoklassniki's API: the MD5 of all parameters but the token, sorted, and of the MD5 of
    /// token and client secret.
    mutating func signForOdnoklassniki(secret: Secret, accessToken: Secret?) {
        let text = parameters.filter { !["access_token", "session_key"].contains($0.name) }
            .map { "\($0.name)=\($0.value)" }.sorted().joined()
        let sessionSecret = md5((accessToken?.reveal() ?? "") + secret.reveal())
        url = url.addingQuery([(name: "sig", value: md5(text + sessionSecret))])
    }

    /// Puts a call of Ele.me's API into its envelope: `action` out of the JSON body, the other members as its parameters.
    mutating func signForEleme(clientID: String, secret: Secret, accessToken: Secret?, at now: Date) {
        var members = body.flatMap { try? JSONValue(parsing: $0.utf8) }?.object ?? [:]
        let action = members.removeValue(forKey: "action")?.string ?? ""
        let token = accessToken?.reveal() ?? ""
        let metas: [String: JSONValue] = ["app_key": .string(clientID), "timestamp": .seconds(now)]
        let values = members.merging(metas) { $1 }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.serialized())" }.joined()
        let envelope: JSONValue = [
            "nop": .string("1.0.0"), "id": .string(UUID().uuidString), "action": .string(action),
            "token": .string(token), "metas": .object(metas), "params": .object(members),
            "signature": .string(md5(action + token + values + secret.reveal()).uppercased()),
        ]
        headers[.contentType] = "application/json; charset=utf-8"
        body = envelope.serialized()
    }
}

/// The MD5 of a text, in lower-case hexadecimal digits.
private func md5(_ text: String) -> String {
    Insecure.MD5.hash(data: Array(text.utf8)).hexadecimal
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits for each byte.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
