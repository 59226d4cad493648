import FoundationEssentials
public import Martlet

/// Values of types that only a client makes.
public enum SampleAuthorization {
    /// What a client would remember of a request to a provider: for tests of what comes after it.
    ///
    /// - Throws: `DecodingError` if it does not fit the library's type.
    public static func pending(providerID: String, state: String = "state") throws -> PendingAuthorization {
        let json = JSONValue.object([
            "providerID": .string(providerID), "redirectURI": .string("https://app.example/callback"),
            "state": .string(state), "codeVerifier": .string("verifier"), "scopes": .array([]),
            "requiresIssuerParameter": .bool(false),
        ])
        return try JSONDecoder().decode(PendingAuthorization.self, from: Data(json.serialized().utf8))
    }
}
