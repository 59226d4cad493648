/// How one call to a provider is made: where it differs from `GET` with a Bearer token.
public struct ProviderCall: Hashable, Sendable {
    /// The URL; nil for the profile call, which has its own field in ``Provider``.
    public var endpoint: String?
    /// The HTTP method.
    public var method: Method = .get
    /// Where the parameters go.
    public var encoding: ParameterEncoding = .query
    /// The parameters; `{…}` in a value is filled as in a ``FieldExpression`` template, and a parameter that cannot be
    /// filled is left out.
    public var parameters: [String: String] = [:]
    /// Further header fields, filled like the parameters.
    public var headers: [String: String] = [:]
    /// Where the access token goes.
    public var accessToken: AccessTokenPlacement = AccessTokenPlacement()
    /// The member of the answer that holds the payload, where there is one; an answer without it is taken whole.
    public var envelope: String?

    /// Makes a call with the defaults.
    public init(endpoint: String? = nil) {
        self.endpoint = endpoint
    }

    init(_ endpoint: String? = nil, _ configure: (inout ProviderCall) -> Void) {
        self.endpoint = endpoint
        configure(&self)
    }

    /// An HTTP method that providers use.
    public enum Method: String, Hashable, Sendable, Codable, CaseIterable {
        /// GET
        case get = "GET"
        /// POST
        case post = "POST"
        /// DELETE
        case delete = "DELETE"
    }
}

/// Where a request's parameters go.
public enum ParameterEncoding: String, Hashable, Sendable, Codable, CaseIterable {
    /// In the query of the URL.
    case query
    /// In the body, form-encoded.
    case form
    /// In the body, as a JSON object.
    case json
}

/// Where an access token goes in a call.
public struct AccessTokenPlacement: Hashable, Sendable {
    /// Header, query or body parameter.
    public var location: Location = .header
    /// The header's or parameter's name.
    public var name: String = "Authorization"
    /// The word before the token in a header; nil for none.
    public var scheme: String? = "Bearer"

    /// `Authorization: Bearer …` (RFC 6750 §2.1).
    public init() {}

    /// A query parameter.
    public static func query(_ name: String = "access_token") -> AccessTokenPlacement {
        var placement = AccessTokenPlacement()
        placement.location = .query
        placement.name = name
        placement.scheme = nil
        return placement
    }

    /// A header of another name, with the bare token.
    public static func header(_ name: String) -> AccessTokenPlacement {
        var placement = AccessTokenPlacement()
        placement.name = name
        placement.scheme = nil
        return placement
    }

    /// Where.
    public enum Location: String, Hashable, Sendable, Codable, CaseIterable {
        /// In a header field.
        case header
        /// In the query of the URL.
        case query
        /// Nowhere: the call needs none.
        case none
    }
}
