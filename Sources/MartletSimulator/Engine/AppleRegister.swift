import Synchronization

/// What the simulator remembers for Apple: the clients whose keys it was given, and who consented to which client.
final class AppleRegister: Sendable {
    /// A client that must sign its secrets with this key.
    struct Client: Sendable {
        let teamID: String
        let keyID: String
        let publicKey: PublicKey
    }

    private struct Consent: Hashable {
        let person: String
        let clientID: String
    }

    private struct State {
        var clients: [String: Client] = [:]
        var consents: Set<Consent> = []
    }

    private let state = Mutex(State())

    /// Registers a client, or forgets it.
    func set(_ client: Client?, clientID: String) {
        state.withLock { $0.clients[clientID] = client }
    }

    /// The client of that identifier, if it was registered.
    func client(_ clientID: String) -> Client? {
        state.withLock { $0.clients[clientID] }
    }

    /// Notes a person's consent.
    ///
    /// - Returns: whether it is the first, or the first since the last one ended.
    func consent(person: String, clientID: String) -> Bool {
        state.withLock { $0.consents.insert(Consent(person: person, clientID: clientID)).inserted }
    }

    /// Ends a person's consent.
    func endConsent(person: String, clientID: String) {
        state.withLock { _ = $0.consents.remove(Consent(person: person, clientID: clientID)) }
    }
}
