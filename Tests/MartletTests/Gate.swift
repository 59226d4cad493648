import Martlet
import Synchronization

/// A gate that holds back whoever wants to pass until it is opened: for tests of what happens meanwhile.
actor Gate {
    private var isOpen = false
    private var hasVisitor = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    /// Waits until the gate is open.
    func pass() async {
        hasVisitor = true
        for watcher in watchers { watcher.resume() }
        watchers = []
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
    }

    /// Waits until somebody wants to pass.
    func visitor() async {
        if !hasVisitor { await withCheckedContinuation { watchers.append($0) } }
    }

    /// Lets everybody pass from now on.
    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

/// A transport that holds every request back until it is told to answer.
final class HeldTransport: Transport {
    private let gate = Gate()
    private let requests = Mutex(0)
    private let response: OutboundResponse

    init(answer: OutboundResponse) {
        self.response = answer
    }

    /// How many requests came.
    var count: Int { requests.withLock { $0 } }

    /// Waits until the first request came.
    func waitForARequest() async {
        await gate.visitor()
    }

    /// Answers what waits and what comes.
    func release() {
        Task { await gate.open() }
    }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        requests.withLock { $0 += 1 }
        await gate.pass()
        return response
    }
}
