import FoundationEssentials
import HTTPTypes

/// How the requests to a vendor's API are signed, where the vendor has a way of its own.
public enum RequestSigning: String, Hashable, Sendable, Codable, CaseIterable {
    /// Alipay's gateway: RSA2 by the client's private key; its answers are verified by ``Provider/answerKey``
    /// (https://global.alipay.com/docs/ac/solution_api/infoshare).
    case alipay
    /// JD's gateway: MD5 over the sorted parameters between two client secrets.
    case jos
    /// Ele.me's gateway: a JSON envelope with an MD5 over action, token and sorted values.
    case eleme
    /// Odnoklassniki's API: `sig`, an MD5 keyed by token and client secret
    /// (https://apiok.ru/en/dev/methods/rest/users/users.getCallsLeft).
    case odnoklassniki
    /// Bilibili's API: HMAC-SHA256 over its `x-bili-…` header fields
    /// (https://open.bilibili.com/doc/4/8673959e-f7bb-56e6-6e68-d225f971b81b).
    case bilibili
    /// DingTalk's older sign-in: HMAC-SHA256 over the time. The code itself reads the profile; there are no tokens
    /// (https://open.dingtalk.com/document/orgapp/obtain-the-user-information-based-on-the-sns-temporary-authorization).
    case dingtalk
    /// Tencent Cloud's gateway: TC3-HMAC-SHA256 by ``Provider/apiKey`` and the client secret
    /// (https://www.tencentcloud.com/document/api/213/33224).
    case tencentCloud
    /// Ximalaya's API: `sig`, an MD5 of an HMAC-SHA1 keyed by the client secret and ``Provider/apiKey``
    /// (https://open.ximalaya.com/doc/detailApi?categoryId=6&articleId=69).
    case ximalaya

    /// Whether a code is not exchanged, but reads the profile itself.
    var replacesTokens: Bool { self == .dingtalk }

    /// Whether requests of a role are signed.
    func signs(_ role: OutboundRequest.Role) -> Bool {
        role.readsProfile || role == .token && [.alipay, .tencentCloud].contains(self)
    }
}

extension OAuthClient {
    /// A request with the signature that the provider wants: nothing may be added to it afterwards.
    func signed(
        _ request: OutboundRequest, accessToken: Secret?, tokenSecret: Secret?
    ) throws(OAuthError) -> OutboundRequest {
        var request = request
        if provider.flow == .oauth1, request.role.readsProfile {
            try oauth1Signer(token: accessToken, tokenSecret: tokenSecret).sign(&request, at: now(), random: random)
        }
        guard let signing = provider.signing, signing.signs(request.role) else { return request }
        switch signing {
        case .alipay: try alipay().sign(&request, at: now())
        case .jos: request.signForJOS(secret: try requiredSecret(), at: now())
        case .eleme:
            request.signForEleme(
                clientID: clientID, secret: try requiredSecret(), accessToken: accessToken, at: now())
        case .odnoklassniki: request.signForOdnoklassniki(secret: try requiredSecret(), accessToken: accessToken)
        case .bilibili:
            request.signForBilibili(clientID: clientID, secret: try requiredSecret(), at: now(), random: random)
        case .dingtalk: request.signForDingTalk(clientID: clientID, secret: try requiredSecret(), at: now())
        case .tencentCloud:
            guard let keyID = provider.apiKey else { throw .misconfigured("\(provider.id) needs apiKey") }
            try request.signForTencentCloud(keyID: keyID, secret: try requiredSecret(), at: now())
        case .ximalaya:
            request.signForXimalaya(
                secret: try requiredSecret(), serverKey: provider.apiKey, at: now(), random: random)
        }
        return request
    }

    /// An answer, or what is signed in it where the provider signs its answers.
    ///
    /// - Throws: ``OAuthError/untrustedMessage(_:_:)`` if the signature is missing or wrong.
    func opened(
        _ response: OutboundResponse, to request: OutboundRequest
    ) throws(OAuthError) -> OutboundResponse {
        guard provider.signing == .alipay, RequestSigning.alipay.signs(request.role) else { return response }
        return try alipay().open(response, to: request)
    }

    func requiredSecret() throws(OAuthError) -> Secret {
        guard let clientSecret else { throw .misconfigured("\(provider.id) needs a client secret") }
        return clientSecret
    }

    private func alipay() throws(OAuthError) -> AlipayGateway {
        guard let key, let answerKey = provider.answerKey else {
            throw .misconfigured("\(provider.id) needs a private key and answerKey")
        }
        return AlipayGateway(key: key, answerKey: try RSAPublicKey(answerKey))
    }

    /// Refuses, before any login, what the provider's flow and signatures need and do not have.
    static func checkExceptions(
        _ provider: Provider, clientSecret: Secret?, key: ClientKey?
    ) throws(OAuthError) {
        if provider.signing == .alipay {
            guard key?.algorithm == .rs256 else {
                throw .misconfigured("\(provider.id) needs an RSA private key that signs with RS256")
            }
            guard let answerKey = provider.answerKey else {
                throw .misconfigured("\(provider.id) needs answerKey, the public key by which its answers are verified")
            }
            _ = try RSAPublicKey(answerKey)
        }
        let usesSecret =
            provider.flow == .oauth1 || provider.callbackSignature != nil
            || provider.signing.map { $0 != .alipay } ?? false
        guard !usesSecret || clientSecret?.isEmpty == false else {
            throw .misconfigured("\(provider.id) needs a client secret")
        }
        if provider.flow == .oauth1, provider.temporaryCredentialRequest?.endpoint == nil {
            throw .misconfigured("\(provider.id) needs temporaryCredentialRequest.endpoint for OAuth 1.0a")
        }
        if provider.flow == .openID2, provider.claimedIDPrefix?.isEmpty ?? true {
            throw .misconfigured("\(provider.id) needs claimedIDPrefix for OpenID 2.0")
        }
    }
}

extension OutboundRequest {
    /// The parameters in the query and in a form body, in their order.
    var parameters: [(name: String, value: String)] {
        let query = url.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let isForm = headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        return (FormEncoding.decode(String(query)) ?? []) + (isForm ? FormEncoding.decode(body ?? "") ?? [] : [])
    }
}

extension Date {
    /// `2026-01-01 08:00:00` by China's clocks, which are eight hours ahead all year.
    var chinaStandardTime: String {
        String(addingTimeInterval(8 * 3600).formatted(.iso8601).map { $0 == "T" ? " " : $0 }.prefix(19))
    }
}
