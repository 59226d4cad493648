import FoundationEssentials
import Hummingbird
import Martlet
import MartletAccounts

// A `form_post` callback comes from the provider's site, so the browser sends no Lax cookie with it. It is answered by a
// redirect to the same path with the parameters sealed into a handle that lives for a minute; the cookies arrive with that.
extension AuthRoutes {
    static let handleParameter = "posted"
    static let handleLifetime: Double = 60

    func postedCallback(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try service.provider(context.parameters.get("provider") ?? "")
        guard request.mediaType == "application/x-www-form-urlencoded" else {
            throw AuthProblem(.badRequest, detail: "Send application/x-www-form-urlencoded.")
        }
        let body = try await request.boundedBody(upTo: 64 * 1024)
        let text = String(buffer: body)
        do {
            _ = try CallbackParameters(parsing: text)
        } catch {
            throw AuthProblem(error)
        }
        let stamped = "\(Int(service.now().timeIntervalSince1970)):\(text)"
        let handle = service.keyring.seal(Array(stamped.utf8), purpose: .formPostHandle, context: provider.id)
        return .moved(
            to: "/api/auth/oauth/\(provider.id)/callback".addingQuery([(Self.handleParameter, handle)]), after: request)
    }

    /// The parameters of a callback: of the query, or of the handle that a form post left.
    func callbackParameters(_ request: Request, _ provider: AuthProvider) throws(CallbackError) -> CallbackParameters {
        let parameters = try CallbackParameters(parsing: request.uri.query ?? "")
        guard let handle = parameters.values[Self.handleParameter], parameters.values.count == 1 else {
            return parameters
        }
        guard let opened = service.keyring.open(handle, purpose: .formPostHandle, context: provider.id),
            let colon = opened.firstIndex(of: UInt8(ascii: ":")),
            let time = Double(String(decoding: opened[..<colon], as: UTF8.self)),
            service.now().timeIntervalSince1970 - time <= Self.handleLifetime
        else { throw .stateMismatch }
        return try CallbackParameters(parsing: String(decoding: opened[opened.index(after: colon)...], as: UTF8.self))
    }
}
