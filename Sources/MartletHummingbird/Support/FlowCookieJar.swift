import FoundationEssentials
import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

/// Begins flows in a browser and finds them again: the state in the URL, the rest sealed in one cookie per flow.
///
/// Nothing is kept on the server, so any node that shares the keyring can finish what another began.
struct FlowCookieJar: Sendable {
    let cookies: AuthCookies
    let sealer: FlowSealer
    let states: FlowStates

    init(cookies: AuthCookies, keyring: Keyring, random: RandomSource, now: @escaping @Sendable () -> Date) {
        self.cookies = cookies
        self.sealer = FlowSealer(keyring: keyring, now: now)
        self.states = FlowStates(keyring: keyring, now: now, random: random)
    }

    /// The cookies that begin a flow in this browser: the flow's own, and the removal of the oldest beyond the limit.
    ///
    /// Browsers send the oldest cookie first (RFC 6265 §5.4).
    func begin(_ flow: Flow, in request: Request) throws(FlowError) -> [Cookie] {
        let sealed = try sealer.seal(flow)
        let others = cookies.flowIDs(in: request)
        let removed = others.dropLast(AuthCookies.maximumFlows - 1).map { cookies.endedFlow($0) }
        return removed + [cookies.flow(flow.id, sealed: sealed)]
    }

    /// Finds the flow that a callback belongs to.
    ///
    /// - Throws: ``FlowError/invalid`` if the state is missing, forged, of another provider or of another browser;
    ///   ``FlowError/expired`` if it is genuine and too old.
    func find(state: String?, providerID: String, in request: Request) throws(FlowError) -> Flow {
        guard let state else { throw .invalid }
        let id = try states.read(state, providerID: providerID)
        guard let sealed = cookies.sealedFlow(id, in: request) else { throw .invalid }
        return try sealer.open(sealed, id: id, providerID: providerID)
    }
}
