import FoundationEssentials
import Hummingbird
import Logging
import Martlet
import MartletAccounts

/// An ID token that an app got from its platform.
struct NativeLogin: Sendable {
    let idToken: Secret
    /// The nonce that the app sent, or of which it sent the SHA-256.
    let nonce: String?
    /// What the platform told the app of the person beside the token, as JSON text (Sign in with Apple: `name`).
    let user: String?
}

extension AuthService {
    /// Signs in, or links, by an ID token that an app got from its platform. A token works once, until it ends.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/tokenExchangeFailed`` for a token that is not to be trusted.
    func finish(
        _ native: NativeLogin, purpose: FlowPurpose, provider: AuthProvider, request: Request, address: String?,
        _ logger: Logger
    ) async throws(AuthProblem) -> Finished {
        let client = provider.client
        let audiences = provider.nativeClientIDs
        let login = try await withinDeadline(provider, logger) {
            try await step(.tokenExchangeFailed) { () throws(OAuthError) in
                let tokens = try await client.tokens(
                    nativeIDToken: native.idToken, audiences: audiences, nonce: native.nonce, user: native.user)
                return ProvenLogin(tokens: tokens, profile: try await client.profile(tokens))
            }
        }
        guard let identity = login.tokens.identity else { throw AuthProblem(.internalError) }
        // Without the signature: of one by an elliptic curve, anybody can make a second.
        let signed = native.idToken.reveal().split(separator: ".").dropLast().joined(separator: ".")
        return try await finish(
            login, flowID: FlowID(digestOf: Secret(signed)), purpose: purpose,
            rememberedUntil: identity.expiresAt.addingTimeInterval(Double(client.provider.clockSkew)),
            provider: provider, request: request, address: address)
    }
}
