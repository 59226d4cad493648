import HTTPTypes

extension Microsoft {
    /// One of Microsoft's errors.
    private struct Trouble {
        var status = HTTPResponse.Status.badRequest
        let error: String
        /// The number behind `AADSTS`.
        let number: Int64
        var text: String
    }

    /// The error answer of the token endpoint and its neighbours, and Microsoft Graph's own.
    ///
    /// <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
    @Sendable static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        if call.path.hasPrefix("graph.microsoft.com/") { return graphReply(refusal) }
        let trouble = trouble(refusal)
        let digits = Digest.hexadecimal("microsoft", call.path, String(trouble.number), length: 32).lowercased()
        return Reply(
            trouble.status,
            .json([
                "error": .string(trouble.error),
                "error_description": .string("AADSTS\(trouble.number): \(trouble.text) Trace ID: \(digits)"),
                "error_codes": [.number(trouble.number)], "trace_id": .string(digits),
                "correlation_id": .string(digits),
                "error_uri": .string("https://login.microsoftonline.com/error?code=\(trouble.number)"),
            ]), headers: [.cacheControl: "no-store"])
    }

    private static func trouble(_ refusal: Refusal) -> Trouble {
        let text = refusal.explanation
        return switch refusal {
        case .notFound: Trouble(error: "invalid_tenant", number: 90_002, text: "The tenant was not found.")
        case .missing: Trouble(error: "invalid_request", number: 900_144, text: text)
        case .clientUnknown: Trouble(error: "unauthorized_client", number: 700_016, text: text)
        case .clientSecretWrong:
            Trouble(status: .unauthorized, error: "invalid_client", number: 7_000_215, text: text)
        case .codeUsed: Trouble(error: "invalid_grant", number: 54_005, text: text)
        case .codeExpired, .refreshTokenUnknown: Trouble(error: "invalid_grant", number: 70_008, text: text)
        case .verifierWrong: Trouble(error: "invalid_grant", number: 501_481, text: text)
        case .redirectMismatch: Trouble(error: "invalid_client", number: 500_112, text: text)
        case .grantTypeUnsupported: Trouble(error: "unsupported_grant_type", number: 70_003, text: text)
        case .failure:
            Trouble(status: .internalServerError, error: "server_error", number: 90_033, text: text)
        default: Trouble(error: "invalid_grant", number: 9_002_313, text: text)
        }
    }

    private static func graphReply(_ refusal: Refusal) -> Reply {
        let isForbidden = refusal == .scopeInsufficient
        let code = isForbidden ? "Authorization_RequestDenied" : "InvalidAuthenticationToken"
        return .json(
            isForbidden ? .forbidden : .unauthorized,
            ["error": ["code": .string(code), "message": .string(refusal.explanation)]])
    }
}
