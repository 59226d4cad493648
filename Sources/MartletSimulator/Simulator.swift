public import Hummingbird
public import Logging
import NIOCore

/// A provider server that speaks fourteen vendors' dialects of OAuth 2.0 and plain OpenID Connect, those of further
/// providers by their recordings (``SimulatedProvider``), and misbehaves on demand: for demonstrations, development and
/// tests.
///
/// The vendor's host is the first segment of the path: what a vendor serves at `https://api.github.com/user` is served
/// here at `{base}/api.github.com/user`. So a client is pointed at the simulator by one rule: replace `https://` by
/// `{base}/`. Plain OpenID Connect has the issuer `{base}/openid`, and Google's is `{base}/accounts.google.com`.
///
/// Clients need not be registered. Any client identifier is accepted, with any secret except `wrong`, and any http or
/// https redirection URI. A client of plain OpenID Connect that was registered, by ``register(_:)``, must do what it
/// stated.
///
/// An authorization URL shows a page on which a person chooses who they are and, if they like, a ``Fault``. Scripts do
/// without the page in two ways. They send its form: a POST to the authorization URL with the parameters of the
/// request, `person` (for example `ada`) or `decision=cancel`, and perhaps `fault` (`hang`, or `hang@userInfo` for a
/// step which is not the usual one). Or they add `prompt=none` and `login_hint=ada` to the authorization URL of any
/// dialect, which leads straight to the callback. Scripts that need many people take `person-1` to `person-1000000`: they
/// are not on the page, and have a verified email each.
///
/// Faults that strike every call are set by ``set(fault:dialect:step:delay:)``, or over HTTP by
/// `PUT {base}/simulator/faults/{dialect}/{step}` with the body `{"fault":"slow","delay":0.5}` (`delay` in seconds,
/// optional), and taken away by `DELETE`. Where two dialects share an address, a call that continues no login counts as
/// the first one's.
public struct Simulator: Sendable {
    let engine: Engine

    /// Makes a simulator with no codes, tokens or faults.
    public init(configuration: Configuration = .init()) {
        engine = Engine(configuration: configuration)
    }

    /// The provider ids of the dialects, plain OpenID Connect last.
    public static let dialects: [String] = Dialect.all.map(\.id)

    /// All routes. The base URL is `http://` and the authority of each request, unless the configuration names one.
    public func router() -> Router<BasicRequestContext> {
        let router = Router()
        let desk = Desk(engine: engine)
        EndpointRoutes(desk: desk).addRoutes(to: router)
        BrowserRoutes(desk: desk).addRoutes(to: router)
        ControlRoutes(engine: engine).addRoutes(to: router)
        return router
    }

    /// The simulator as a service.
    ///
    /// - Parameters:
    ///   - hostname: the address to listen at, for example `127.0.0.1`.
    ///   - port: the port to listen at; 0 takes a free one.
    ///   - logger: where the server logs.
    ///   - onReady: called with the port once the server listens.
    public func application(
        hostname: String, port: Int, logger: Logger,
        onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let keys = engine.keys
        var application = Application(
            router: router(),
            configuration: .init(address: .hostname(hostname, port: port), serverName: "simulator"),
            onServerRunning: { await onReady($0.localAddress?.port ?? port) },
            logger: logger)
        application.beforeServerStarts { _ = try keys.current() }
        return application
    }

    /// Makes a fault strike every call at a step of a dialect, until it is replaced or taken away.
    ///
    /// - Parameters:
    ///   - fault: what shall go wrong; `nil` takes away what was set.
    ///   - dialect: a provider id out of ``dialects``, or of a recorded provider.
    ///   - step: where it shall strike.
    ///   - delay: how late the answer of ``Fault/slow`` is.
    /// - Returns: whether there is such a dialect and the fault can strike at that step.
    @discardableResult
    public func set(
        fault: Fault?, dialect: String, step: Fault.Step, delay: Duration = .seconds(2)
    ) -> Bool {
        guard engine.dialects.contains(where: { $0.id == dialect }), fault?.steps.contains(step) ?? true else {
            return false
        }
        engine.faults.set(
            fault.map { Strike(fault: $0, delay: delay) }, at: FaultTable.Place(dialect: dialect, step: step))
        return true
    }

    /// Takes all faults away. Faults that were chosen for one login stay with it.
    public func clearFaults() {
        engine.faults.clear()
    }

    /// The last 1000 requests at vendors' addresses, oldest first.
    public var recordedRequests: [RecordedRequest] {
        engine.recorder.all
    }
}
