import HTTPTypes

extension Dialect {
    /// Every dialect, plain OpenID Connect last.
    static let all: [Dialect] = [
        GitHub.dialect, Google.dialect, Apple.dialect, Microsoft.dialect, Gitee.dialect, OSChina.dialect,
        LinuxDo.dialect, Feishu.dialect, WeChatOfficialAccount.dialect, WeChatOpenPlatform.dialect,
        WeChatMiniProgram.dialect, WeChatWork.dialect, DingTalk.dialect, QQ.dialect, OpenID.dialect,
    ]
}

extension Refusal {
    /// The error answer of RFC 6749 section 5.2: status 400, or 401 when the client or the token is refused.
    var standardReply: Reply {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        let status: HTTPResponse.Status
        switch self {
        case .clientUnknown, .clientSecretWrong, .assertionInvalid:
            status = .unauthorized
            headers[.wwwAuthenticate] = "Basic realm=\"simulator\""
        case .tokenMissing, .tokenUnknown:
            status = .unauthorized
            headers[.wwwAuthenticate] = "Bearer error=\"\(code)\""
        case .scopeInsufficient: status = .forbidden
        case .notFound: status = .notFound
        case .failure: status = .internalServerError
        default: status = .badRequest
        }
        return Reply(
            status, .json(["error": .string(code), "error_description": .string(explanation)]), headers: headers)
    }
}
