public import FoundationEssentials
import HTTPTypes

extension OAuthClient {
    /// Begins a login on a device without a browser (RFC 8628 §3.1).
    ///
    /// Show the person ``DeviceAuthorization/userCode`` and ``DeviceAuthorization/verificationURI``, then call
    /// ``deviceTokens(for:sleep:)``.
    ///
    /// - Throws: ``OAuthError``; ``OAuthError/unsupported(_:)`` if the provider offers no device flow.
    public func deviceAuthorization(scopes: [String]? = nil) async throws(OAuthError) -> DeviceAuthorization {
        let endpoints = try await endpoints()
        guard let endpoint = endpoints.deviceAuthorization else { throw .unsupported(.deviceAuthorization) }
        let scopes = scopes ?? provider.scopes
        let parameters =
            scopes.isEmpty ? [] : [provider.scopeParameter(scopes)]
        let authenticator = authenticator(endpoints)
        let (request, response) = try await send { () throws(OAuthError) in
            try authenticator.authenticate(
                OutboundRequest(role: .deviceAuthorization, method: .post, url: endpoint), parameters, encoding: .form,
                method: endpoints.deviceAuthentication)
        }
        let secrets = authenticator.secrets(in: request)
        let judge = ResponseJudge(provider: provider, role: .deviceAuthorization, secrets: secrets)
        let answer = try judge.payload(response, envelope: nil)
        guard let deviceCode = answer["device_code"]?.string, let userCode = answer["user_code"]?.string,
            let uri = (answer["verification_uri"] ?? answer["verification_url"])?.string,
            let lifetime = answer["expires_in"]?.integer
        else { throw .malformed(.deviceAuthorization, reason: "a required member is missing") }
        return DeviceAuthorization(
            deviceCode: Secret(deviceCode), userCode: userCode, verificationURI: uri,
            verificationURIComplete: answer["verification_uri_complete"]?.string,
            expiresAt: now().addingTimeInterval(Double(lifetime)), interval: max(1, answer["interval"]?.integer ?? 5),
            scopes: scopes)
    }

    /// Waits until the person has allowed the device, and returns its tokens (RFC 8628 §3.4).
    ///
    /// Polls as slowly as the provider asks, five seconds slower after each `slow_down` and after each time-out.
    ///
    /// - Parameters:
    ///   - authorization: what ``deviceAuthorization(scopes:)`` returned.
    ///   - sleep: how to wait a number of seconds; by default `Task.sleep`.
    /// - Throws: ``OAuthError``; a rejection with the error `access_denied` or `expired_token` ends the flow.
    public func deviceTokens(
        for authorization: DeviceAuthorization,
        sleep: @Sendable (_ seconds: Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) async throws -> Tokens {
        var interval = authorization.interval
        while now() < authorization.expiresAt {
            try await sleep(interval)
            switch try await poll(authorization) {
            case .granted(let tokens): return tokens
            case .pending: continue
            case .slowDown: interval += 5
            }
        }
        throw OAuthError.rejected(
            Rejection(role: .token, status: 400, error: "expired_token", description: "the device code has ended"))
    }

    private enum PollAnswer {
        case granted(Tokens)
        case pending
        case slowDown
    }

    /// Asks once whether the person has allowed the device (RFC 8628 §3.5).
    private func poll(_ authorization: DeviceAuthorization) async throws(OAuthError) -> PollAnswer {
        let endpoint = try await tokenEndpoint()
        var tokens: Tokens
        do {
            tokens = try await ask(endpoint) { () throws(OAuthError) in
                try endpoint.grantRequest(
                    "urn:ietf:params:oauth:grant-type:device_code",
                    [("device_code", authorization.deviceCode.reveal())])
            }
        } catch .rejected(let rejection) where rejection.error == "authorization_pending" {
            return .pending
        } catch .rejected(let rejection) where rejection.error == "slow_down" {
            return .slowDown
        } catch .timedOut {
            return .slowDown
        }
        tokens.requestedScopes = authorization.scopes
        if provider.expectsIDToken(scopes: authorization.scopes) {
            tokens.identity = try await identity(in: tokens, nonce: .any)
        }
        return .granted(tokens)
    }
}

/// A device flow that has begun (RFC 8628 §3.2).
public struct DeviceAuthorization: Sendable {
    /// The code the device polls with.
    public let deviceCode: Secret
    /// The code the person types.
    public let userCode: String
    /// Where the person types it.
    public let verificationURI: String
    /// The same with the code filled in, for a QR code, where the provider offers it.
    public let verificationURIComplete: String?
    /// When the code ends.
    public let expiresAt: Date
    /// The shortest time between two polls, in seconds.
    public let interval: Int
    /// The scopes that were asked for.
    let scopes: [String]
}
