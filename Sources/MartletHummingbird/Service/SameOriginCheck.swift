import HTTPTypes
public import Hummingbird

/// Whether a request was made by the site itself: the defence of changes that a cookie authenticates.
public struct SameOriginCheck: Sendable {
    private let origin: String

    /// Makes a check.
    ///
    /// - Parameter origin: the site's scheme and authority, without a slash at the end.
    public init(origin: String) {
        self.origin = origin
    }

    /// Whether a request comes from the site: by Fetch Metadata (`Sec-Fetch-Site: same-origin`), else by `Origin`, else by
    /// `Referer`. A request that says nothing of where it comes from does not pass.
    public func passes(_ request: Request) -> Bool {
        if let site = request.headers.value(named: "Sec-Fetch-Site") { return site == "same-origin" }
        if let source = request.headers[.origin] { return source.lowercased() == origin }
        if let referrer = request.headers[.referer] {
            return referrer == origin || referrer.hasPrefix(origin + "/")
        }
        return false
    }

    /// Whether a request says nothing of where it comes from, as apps do and browsers do not.
    func isSilent(_ request: Request) -> Bool {
        request.headers.value(named: "Sec-Fetch-Site") == nil && request.headers[.origin] == nil
            && request.headers[.referer] == nil
    }

    /// Checks a change: same origin, and JSON or no body.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/csrfRejected`` or ``AuthErrorCode/badRequest``.
    public func require(_ request: Request) throws(AuthProblem) {
        guard passes(request) else {
            throw AuthProblem(
                .csrfRejected, detail: "Send Sec-Fetch-Site: same-origin or an Origin header of this site.")
        }
        let hasBody = request.headers[.contentLength].map { $0 != "0" } ?? (request.headers[.transferEncoding] != nil)
        guard !hasBody || request.headers[.contentType] == nil || request.mediaType == "application/json" else {
            throw AuthProblem(.badRequest, detail: "Send application/json, or no body.")
        }
    }
}
