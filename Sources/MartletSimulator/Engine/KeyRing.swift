import FoundationEssentials
import Synchronization

/// The simulator's keys, made when they are first needed unless they were given, and what is published of them.
final class KeyRing: Sendable {
    /// Where the fault `jkuHeader` points to.
    static let strangersKeysPath = "elsewhere.example/jwks"
    /// Where the fault `x5uHeader` points to.
    static let strangersCertificatePath = "elsewhere.example/certificate.pem"
    /// How many sets of keys are remembered after a rotation.
    private static let memory = 50

    private struct State {
        var keys: SigningKeys?
        /// Keys of before, oldest first; those that are still published come with `true`.
        var retired: [(keys: SigningKeys, isPublished: Bool)] = []
        var rotations = 0
        var stranger: SigningKeys?
        var settings = Simulator.KeySet()

        /// The keys, made now if there are none.
        mutating func current() throws -> SigningKeys {
            if let keys { return keys }
            let made = try SigningKeys()
            keys = made
            return made
        }
    }

    private let state: Mutex<State>

    init(_ keys: SigningKeys?) {
        state = Mutex(State(keys: keys))
    }

    /// The keys that sign now.
    func current() throws -> SigningKeys {
        try state.withLock { try $0.current() }
    }

    /// Makes new keys with new identifiers.
    ///
    /// - Parameter keepsOld: whether the old ones stay in the set.
    func rotate(keepsOld: Bool) throws {
        var made = try SigningKeys()
        try state.withLock { state in
            state.retired.append((try state.current(), keepsOld))
            if state.retired.count > Self.memory { state.retired.removeFirst() }
            state.rotations += 1
            made.generation = "-" + String(state.rotations + 1)
            state.keys = made
            if !keepsOld {
                for index in state.retired.indices { state.retired[index].isPublished = false }
            }
        }
    }

    /// Keys of somebody who only pretends to be the simulator.
    func stranger() throws -> SigningKeys {
        try state.withLock { state in
            if let stranger = state.stranger { return stranger }
            var made = try SigningKeys()
            made.generation = "-stranger"
            state.stranger = made
            return made
        }
    }

    /// How the set looks.
    var settings: Simulator.KeySet {
        get { state.withLock { $0.settings } }
        set { state.withLock { $0.settings = newValue } }
    }

    /// The set of keys as it is published (RFC 7517 section 5).
    func published() throws -> JSON {
        let (generations, settings) = try state.withLock { state in
            ([try state.current()] + state.retired.filter(\.isPublished).reversed().map(\.keys), state.settings)
        }
        let usable = try generations.flatMap { keys in try settings.algorithms.compactMap { try keys.jwk($0) } }
        let all = settings.unusable.map(\.jwk) + usable
        return ["keys": .array(settings.omitsKid ? all.map { $0.setting("kid", nil) } : all)]
    }

    /// The public keys that signed anything so far.
    func everUsed() throws -> [PublicKey] {
        let generations = try state.withLock { [try $0.current()] + $0.retired.map(\.keys) }
        return try generations.flatMap { keys in
            try SignatureAlgorithm.asymmetric.compactMap { try keys.jwk($0).flatMap(PublicKey.init(jwk:)) }
        }
    }
}
