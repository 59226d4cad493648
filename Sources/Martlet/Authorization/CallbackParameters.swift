/// The parameters that came back to the redirect URI, each at most once.
///
/// Its textual form holds no values: the code is among them.
public struct CallbackParameters: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Name to value.
    public let values: [String: String]

    /// Reads the query of a redirect, or the body of a form POST (`application/x-www-form-urlencoded`).
    ///
    /// - Throws: ``CallbackError/malformed(_:)`` if an encoding is broken, ``CallbackError/repeated(_:)`` if a parameter
    ///   occurs twice (RFC 6749 §3.1 forbids it, and two readers of a pair may differ).
    public init(parsing text: some StringProtocol) throws(CallbackError) {
        guard text.utf8.count <= 64 * 1024 else { throw .malformed("it is longer than 64 KiB") }
        guard let pairs = FormEncoding.decode(String(text)) else { throw .malformed("a percent-encoding is broken") }
        var values: [String: String] = [:]
        for (name, value) in pairs {
            guard values.updateValue(value, forKey: name) == nil else { throw .repeated(name) }
        }
        self.values = values
    }

    /// Takes parameters that were parsed elsewhere.
    public init(_ values: [String: String]) {
        self.values = values
    }

    /// Which parameters there are, without their values.
    public var description: String {
        "CallbackParameters(\(values.keys.sorted().joined(separator: ", ")))"
    }

    /// A mirror without children, so that `dump` shows no code.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The first present and not empty of several names written `a | b`.
    func first(of names: String) -> String? {
        names.split(separator: "|").lazy.compactMap { name in
            values[String(name.filter { $0 != " " })].flatMap { $0.isEmpty ? nil : $0 }
        }.first
    }
}

/// Why a callback was not accepted.
public enum CallbackError: Error, Hashable, Sendable {
    /// The `state` is missing or not the one that was sent: begun elsewhere, or forged.
    case stateMismatch
    /// The person, or the provider for them, declined (`access_denied`, RFC 6749 §4.1.2.1).
    case accessDenied
    /// The provider answered another error; its description is the provider's text: escape it before showing it.
    case provider(error: String, description: String?)
    /// There is neither a code nor an error.
    case missingCode
    /// The `iss` is another provider's: a mix-up (RFC 9207).
    case issuerMismatch
    /// The provider advertises `iss` in its answers, and it is missing (RFC 9207 §2.4).
    case issuerMissing
    /// The flow was begun with another provider.
    case wrongProvider
    /// It does not prove that it comes from the provider and belongs to this login; the text says why.
    case unproven(String)
    /// A parameter occurs twice.
    case repeated(String)
    /// The parameters cannot be read; the text says why.
    case malformed(String)
}

extension CallbackError: CustomStringConvertible {
    /// What happened, in one sentence.
    public var description: String {
        switch self {
        case .stateMismatch: "The state is missing or does not belong to this browser's login."
        case .accessDenied: "The login was cancelled at the provider."
        case .provider(let error, _): "The provider answered the error \(error.oneShortLine)."
        case .missingCode: "The provider sent neither a code nor an error."
        case .issuerMismatch: "The answer was issued by another provider than the one asked."
        case .issuerMissing: "The answer does not say who issued it, as this provider promises to."
        case .wrongProvider: "The login was begun with another provider."
        case .unproven(let reason): "The callback is not to be trusted: \(reason)."
        case .repeated(let name): "The parameter \(String(name.prefix(40)).oneShortLine) occurs twice."
        case .malformed(let reason): "The parameters cannot be read: \(reason)."
        }
    }
}
