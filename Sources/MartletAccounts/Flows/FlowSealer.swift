public import FoundationEssentials
import Martlet

/// Seals flows into cookie texts and opens them again.
///
/// The text is bound to the flow's id and provider: a cookie moved under another flow's name does not open.
public struct FlowSealer: Sendable {
    private let keyring: Keyring
    private let now: @Sendable () -> Date

    /// Makes a sealer; all nodes of a service share the keyring's secrets.
    public init(keyring: Keyring, now: @escaping @Sendable () -> Date = { Date() }) {
        self.keyring = keyring
        self.now = now
    }

    /// The flow as a URL-safe text that only this service can read. A cookie holds about 4,000 characters, so the
    /// caller bounds the landing URL.
    ///
    /// - Throws: ``FlowError/invalid`` for a flow whose start is not a finite time.
    public func seal(_ flow: Flow) throws(FlowError) -> String {
        guard let text = flow.text else { throw .invalid }
        let context = Self.context(id: flow.id, providerID: flow.pending.providerID)
        return keyring.seal(Array(text.utf8), purpose: .flowCookie, context: context)
    }

    /// The flow of a cookie.
    ///
    /// - Parameters:
    ///   - text: the cookie's value.
    ///   - id: the flow's id, from a state that ``FlowStates/read(_:providerID:)`` accepted.
    ///   - providerID: the provider whose callback this is.
    /// - Throws: ``FlowError/invalid`` if the text was altered or is of another flow or provider;
    ///   ``FlowError/expired`` if the flow is older than ``Flow/lifetime``.
    public func open(_ text: String, id: FlowID, providerID: String) throws(FlowError) -> Flow {
        let context = Self.context(id: id, providerID: providerID)
        guard let bytes = keyring.open(text, purpose: .flowCookie, context: context),
            let flow = Flow(text: String(decoding: bytes, as: UTF8.self), id: id, providerID: providerID)
        else { throw .invalid }
        try checkAge(issuedAt: flow.startedAt, now: now())
        return flow
    }

    /// The id has a fixed length, so the two parts cannot run into each other.
    private static func context(id: FlowID, providerID: String) -> String {
        id.rawValue + providerID
    }
}
