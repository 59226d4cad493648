import FoundationEssentials
import HTTPTypes

/// What OpenID Authentication 2.0 says in its messages.
private enum OpenID2 {
    static let namespace = "http://specs.openid.net/auth/2.0"
    /// What an assertion must have signed (§10.1).
    static let signedFields: Set<String> = [
        "op_endpoint", "return_to", "response_nonce", "assoc_handle", "claimed_id", "identity",
    ]
    /// How old an assertion may be, in seconds: longer than a login lasts.
    static let lifetime: TimeInterval = 600

    static func returnTo(_ pending: PendingAuthorization) -> String {
        pending.redirectURI.addingQuery([("state", pending.state)])
    }
}

extension OAuthClient {
    /// Sends the person to choose an identity (OpenID Authentication 2.0 §9). The state travels in the query of `return_to`.
    func openID2Request(
        redirectURI: String, state: String, scopes: [String]
    ) throws(OAuthError) -> AuthorizationRequest {
        guard let endpoint = provider.authorizationEndpoint else {
            throw .misconfigured("\(provider.name) has no authorization endpoint")
        }
        let pending = PendingAuthorization(
            providerID: provider.id, issuer: nil, redirectURI: redirectURI, state: state, codeVerifier: nil, nonce: nil,
            scopes: scopes, requiresIssuerParameter: false)
        let realm = redirectURI.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
        let anyone = OpenID2.namespace + "/identifier_select"
        let url = endpoint.addingQuery([
            ("openid.ns", OpenID2.namespace), ("openid.mode", "checkid_setup"), ("openid.claimed_id", anyone),
            ("openid.identity", anyone), ("openid.return_to", OpenID2.returnTo(pending)),
            ("openid.realm", realm.joined(separator: "/") + "/"),
        ])
        return AuthorizationRequest(url: url, pending: pending)
    }

    /// Judges an assertion whose state was judged (§11.1 to §11.3): it must be this provider's, for this login, and about
    /// one of this provider's identities. The provider itself vouches for its signature when it is exchanged.
    func validateOpenID2(
        _ callback: CallbackParameters, for pending: PendingAuthorization
    ) throws(CallbackError) -> AuthorizationResponse {
        func value(_ name: String) -> String? { callback.values["openid.\(name)"] }
        switch value("mode") {
        case "id_res": break
        case "cancel": throw .accessDenied
        case "error": throw .provider(error: "error", description: value("error"))
        case let mode?: throw .provider(error: mode, description: nil)
        case nil: throw .missingCode
        }
        guard value("ns") == OpenID2.namespace else { throw .unproven("it is not of OpenID 2.0") }
        guard value("op_endpoint") == provider.authorizationEndpoint else {
            throw .unproven("it is of another provider")
        }
        guard value("return_to") == OpenID2.returnTo(pending) else { throw .unproven("it is for another address") }
        guard value("identity") == value("claimed_id"), subject(claimed: value("claimed_id")) != nil else {
            throw .unproven("it is about an identity that is not the provider's")
        }
        let signed = Set((value("signed") ?? "").split(separator: ",").map(String.init))
        guard signed.isSuperset(of: OpenID2.signedFields), signed.allSatisfy({ value($0) != nil }),
            let signature = value("sig")
        else { throw .unproven("it is not wholly signed") }
        guard let made = value("response_nonce").flatMap({ try? Date(String($0.prefix(20)), strategy: .iso8601) }),
            case let age = now().timeIntervalSince(made), age <= OpenID2.lifetime, age >= -Double(provider.clockSkew)
        else { throw .unproven("it was not made now") }
        return AuthorizationResponse(code: Secret(signature), pending: pending, parameters: callback)
    }

    /// Asks the provider whether the assertion is its own; it says so only once (§11.4.2).
    func exchangeOpenID2(_ response: AuthorizationResponse) async throws(OAuthError) -> Tokens {
        guard let endpoint = provider.tokenEndpoint else { throw .unsupported(.token) }
        var assertion = response.parameters.values.filter { $0.key.hasPrefix("openid.") }
        assertion["openid.mode"] = "check_authentication"
        let (_, answer) = try await send { () throws(OAuthError) in
            var request = OutboundRequest(role: .token, method: .post, url: endpoint)
            request.add(assertion.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, encoding: .form)
            return request
        }
        guard answer.status == 200 else {
            throw .rejected(Rejection(role: .token, status: answer.status, error: nil, description: nil))
        }
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        guard lines.filter({ $0.hasPrefix("is_valid:") }) == ["is_valid:true"],
            lines.filter({ $0.hasPrefix("ns:") }) == ["ns:\(OpenID2.namespace)"]
        else { throw .untrustedMessage(.assertion, .badSignature) }
        guard let claimed = assertion["openid.claimed_id"], let subject = subject(claimed: claimed) else {
            throw .untrustedMessage(.assertion, .wrongClaim("claimed_id"))
        }
        var tokens = Tokens(
            accessToken: nil, raw: ["claimed_id": .string(claimed), "id": .string(subject)])
        tokens.requestedScopes = response.pending.scopes
        return tokens
    }

    /// What follows the prefix of a claimed identifier: letters and digits only.
    private func subject(claimed: String?) -> String? {
        guard let prefix = provider.claimedIDPrefix, let claimed, claimed.hasPrefix(prefix) else { return nil }
        let id = claimed.dropFirst(prefix.count)
        return !id.isEmpty && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? String(id) : nil
    }
}
