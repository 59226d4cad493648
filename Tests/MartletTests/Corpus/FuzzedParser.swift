/// A parser of what strangers send, with what must hold of every answer it gives.
///
/// The fuzzer (`Fuzz`) runs it on inputs it makes up, and ``CorpusTests`` on those that were kept.
enum FuzzedParser: String, CaseIterable, Sendable {
    /// A signed JWT: taken apart, its signature checked, its claims judged.
    case jwt
    /// A provider's key set.
    case jwks
    /// A provider's metadata.
    case metadata
    /// A token endpoint's answer in the dialect of any provider of the catalogue.
    case tokenResponse = "token-response"
    /// The parameters of a callback, of a query or a form body.
    case callback
    /// The cookies of a request, and the flows sealed in them.
    case cookies
    /// A `state` that comes back, and other ids and tokens.
    case state
    /// Where a person wants to land.
    case landing

    /// Runs the parser.
    ///
    /// - Returns: whether it accepted the input.
    /// - Throws: ``BrokenPromise`` if an answer is one that must never be given.
    func accepts(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        switch self {
        case .jwt: try Self.acceptsJWT(input)
        case .jwks: try Self.acceptsKeySet(input)
        case .metadata: try Self.acceptsMetadata(input)
        case .tokenResponse: try Self.acceptsTokenResponse(input)
        case .callback: try Self.acceptsCallback(input)
        case .cookies: try Self.acceptsCookies(input)
        case .state: try Self.acceptsState(input)
        case .landing: try Self.acceptsLanding(input)
        }
    }
}

/// A parser gave an answer that it must never give.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String
}

/// Says what must hold.
func promise(_ text: String, _ holds: Bool) throws(BrokenPromise) {
    guard holds else { throw BrokenPromise(description: "it must hold that \(text)") }
}
