import Crypto

/// How a provider signs its callbacks, where it does.
public enum CallbackSignature: String, Hashable, Sendable, Codable, CaseIterable {
    /// Shopify: `hmac`, an HMAC-SHA256 over the other parameters, keyed by the client secret, for the shop that is
    /// ``Provider/domain``
    /// (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant).
    case shopify

    /// Judges a callback.
    func check(_ callback: CallbackParameters, secret: Secret, domain: String?) throws(CallbackError) {
        var parameters = callback.values
        guard let code = parameters.removeValue(forKey: "hmac") else {
            throw .unproven("it is not signed")
        }
        let message = FormEncoding.encode(parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let expected = HMAC<SHA256>.authenticationCode(
            for: Array(message.utf8), using: SymmetricKey(data: Array(secret.reveal().utf8)))
        guard constantTimeEqual(code, expected.hexadecimal) else {
            throw .unproven("its signature is wrong")
        }
        guard parameters["shop"] == domain else { throw .unproven("it is of another shop") }
    }
}
