public import HTTPTypes
public import Martlet
import Synchronization

/// A transport that answers from a script and records what it was asked: no test needs a network.
///
/// Rules are tried in the order in which they were added; the first that fits answers. A request that none fits is
/// refused, so that a test never passes by an answer it did not mean.
public final class ScriptedTransport: Transport {
    /// Answers a request, or throws as a transport does.
    public typealias Answer = @Sendable (OutboundRequest) throws(TransportError) -> OutboundResponse

    private struct Rule: Sendable {
        let fits: @Sendable (OutboundRequest) -> Bool
        let answer: Answer
    }

    private struct State: Sendable {
        var rules: [Rule] = []
        var requests: [OutboundRequest] = []
    }

    private let state = Mutex(State())

    /// Makes a transport without rules.
    public init() {}

    /// Makes a transport that answers every request by a function.
    public convenience init(_ answer: @escaping Answer) {
        self.init()
        add(Rule(fits: { _ in true }, answer: answer))
    }

    /// All requests so far, in order, those refused included.
    public var requests: [OutboundRequest] { state.withLock { $0.requests } }

    /// The requests of one role so far, in order.
    public func requests(_ role: OutboundRequest.Role) -> [OutboundRequest] {
        requests.filter { $0.role == role }
    }

    /// Answers the requests of a role by a function.
    public func on(_ role: OutboundRequest.Role, answer: @escaping Answer) {
        add(Rule(fits: { $0.role == role }, answer: answer))
    }

    /// Answers the requests of a role with these responses, one after the other; the last is then repeated.
    public func on(_ role: OutboundRequest.Role, _ responses: OutboundResponse...) {
        on(role, answer: Self.inTurn(responses))
    }

    /// Answers the requests whose URL begins so by a function.
    public func on(urlPrefix: String, answer: @escaping Answer) {
        add(Rule(fits: { $0.url.hasPrefix(urlPrefix) }, answer: answer))
    }

    /// Answers the requests whose URL begins so with these responses, one after the other; the last is then repeated.
    public func on(urlPrefix: String, _ responses: OutboundResponse...) {
        on(urlPrefix: urlPrefix, answer: Self.inTurn(responses))
    }

    /// Records the request and answers it by the first rule that fits.
    ///
    /// - Throws: what the rule throws; ``Martlet/TransportError/refused(_:)`` if no rule fits.
    public func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let rule = state.withLock { state in
            state.requests.append(request)
            return state.rules.first { $0.fits(request) }
        }
        guard let rule else { throw .refused("the script has no answer for a \(request.role.rawValue) request") }
        return try rule.answer(request)
    }

    private func add(_ rule: Rule) {
        state.withLock { $0.rules.append(rule) }
    }

    private static func inTurn(_ responses: [OutboundResponse]) -> Answer {
        let turn = Turn(responses)
        return { (_) throws(TransportError) in try turn.next() }
    }

    private final class Turn: Sendable {
        private let remaining: Mutex<[OutboundResponse]>

        init(_ responses: [OutboundResponse]) {
            self.remaining = Mutex(responses)
        }

        func next() throws(TransportError) -> OutboundResponse {
            let response = remaining.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
            guard let response else { throw .refused("the script has no response left") }
            return response
        }
    }
}

extension OutboundResponse {
    /// An answer with a JSON body and its content type.
    public static func json(_ text: String, status: Int = 200, headers: HTTPFields = [:]) -> OutboundResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        return OutboundResponse(status: status, headers: headers, body: Array(text.utf8))
    }
}
