import Synchronization

/// A registered client, and its keys as they can be used.
struct RegisteredClient: Sendable {
    let settings: SimulatedClient
    let keys: [PublicKey]

    /// Judges what a client states about itself.
    init(_ settings: SimulatedClient) throws(SimulatedClient.Problem) {
        guard !settings.id.isEmpty else { throw .init(description: "The client identifier is empty.") }
        keys = try Self.keys(settings.jwks)
        self.settings = settings
        let needsSecret: Bool =
            switch settings.authMethod {
            case .clientSecretBasic, .clientSecretPost, .clientSecretJWT: true
            case .privateKeyJWT, .some(.none), nil: false
            }
        let hashes = [settings.idTokenSignedResponseAlg, settings.userinfoSignedResponseAlg].contains(.hs256)
        if needsSecret || hashes, (settings.secret ?? "").isEmpty {
            throw .init(description: "The client needs a secret.")
        }
        if settings.authMethod == .privateKeyJWT || settings.requireSignedRequestObject, keys.isEmpty {
            throw .init(description: "The client needs a usable key in jwks.")
        }
        let uris =
            (settings.redirectURIs ?? []) + (settings.postLogoutRedirectURIs ?? [])
            + [settings.backchannelLogoutURI, settings.frontchannelLogoutURI].compactMap(\.self)
        guard uris.allSatisfy(AuthorizationRequest.isAbsolute) else {
            throw .init(description: "Every URI must be an absolute http or https URI without a fragment.")
        }
    }

    private static func keys(_ text: String?) throws(SimulatedClient.Problem) -> [PublicKey] {
        guard let text else { return [] }
        guard let keys = JSON(parsing: text.utf8)?["keys"]?.values else {
            throw .init(description: "The value of jwks is not a JSON Web Key Set.")
        }
        return keys.compactMap(PublicKey.init(jwk:))
    }

    /// Whether the client may prove itself in this way.
    func allows(_ method: SimulatedClient.AuthMethod) -> Bool {
        if let only = settings.authMethod { return only == method }
        switch method {
        case .clientSecretBasic, .clientSecretPost, .clientSecretJWT: return settings.secret != nil
        case .privateKeyJWT: return !keys.isEmpty
        case .none: return settings.secret == nil && keys.isEmpty
        }
    }
}

/// The clients of plain OpenID Connect that were registered.
final class ClientRegistry: Sendable {
    private let clients = Mutex<[String: RegisteredClient]>([:])

    /// Registers a client, in place of one with the same identifier.
    func register(_ client: RegisteredClient) {
        clients.withLock { $0[client.settings.id] = client }
    }

    /// Forgets a client.
    ///
    /// - Returns: whether there was such a client.
    func forget(_ id: String) -> Bool {
        clients.withLock { $0.removeValue(forKey: id) != nil }
    }

    /// The client of that identifier, if it was registered.
    func find(_ id: String?) -> RegisteredClient? {
        id.flatMap { id in clients.withLock { $0[id] } }
    }

    /// The registered clients, by identifier.
    var all: [RegisteredClient] {
        clients.withLock { $0.values.sorted { $0.settings.id < $1.settings.id } }
    }
}
