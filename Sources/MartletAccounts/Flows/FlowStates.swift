public import FoundationEssentials
public import Martlet

/// Issues and reads `state` values (RFC 6749 §10.12): `id ‖ issued-at ‖ MAC`, URL-safe, 54 characters.
///
/// A state says by itself that this service made it, for which provider and when, so nothing is stored for it. Some
/// providers cut a state after 128 bytes; this one fits.
public struct FlowStates: Sendable {
    private static let timeByteCount = 8
    private static let macByteCount = 16

    private let keyring: Keyring
    private let now: @Sendable () -> Date
    private let random: RandomSource

    /// Makes an issuer; all nodes of a service share the keyring's secrets.
    public init(
        keyring: Keyring, now: @escaping @Sendable () -> Date = { Date() }, random: RandomSource = .system
    ) {
        self.keyring = keyring
        self.now = now
        self.random = random
    }

    /// A new flow id and the state that carries it.
    public func issue(providerID: String) -> (id: FlowID, state: String) {
        let id = FlowID(random: random)
        let seconds = UInt64(max(0, now().timeIntervalSince1970))
        let time = (0..<Self.timeByteCount).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) }
        let body = id.bytes + time
        let mac = keyring.mac(message(body, providerID), purpose: .flowState).prefix(Self.macByteCount)
        return (id, Base64URL.encode(body + mac))
    }

    /// The flow id of a state that came back.
    ///
    /// - Throws: ``FlowError/invalid`` for a state that this service did not make for this provider, and
    ///   ``FlowError/expired`` for one that it did, more than ``Flow/lifetime`` ago.
    public func read(_ state: String, providerID: String) throws(FlowError) -> FlowID {
        let bodyCount = FlowID.byteCount + Self.timeByteCount
        guard let bytes = Base64URL.decode(state), bytes.count == bodyCount + Self.macByteCount else {
            throw .invalid
        }
        let body = Array(bytes.prefix(bodyCount))
        let mac = Array(bytes.suffix(Self.macByteCount))
        guard keyring.isValidMAC(mac, for: message(body, providerID), purpose: .flowState),
            let id = FlowID(rawValue: Base64URL.encode(body.prefix(FlowID.byteCount)))
        else { throw .invalid }
        let seconds = body.suffix(Self.timeByteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        try checkAge(issuedAt: Date(timeIntervalSince1970: Double(seconds)), now: now())
        return id
    }

    /// The body has a fixed length, so that no other pair of body and provider makes the same message.
    private func message(_ body: [UInt8], _ providerID: String) -> [UInt8] {
        body + Array(providerID.utf8)
    }
}
