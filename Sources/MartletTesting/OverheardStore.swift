package import FoundationEssentials
package import MartletAccounts

/// A store whose news a test can follow: after whoever listens has taken them over.
package struct OverheardStore<Base: TransactionalStore>: TransactionalStore {
    private let base: Base
    /// What was heard.
    package let news: HeardNews = HeardNews()

    package init(_ base: Base) {
        self.base = base
    }

    package var clock: @Sendable () -> Date { base.clock }

    package func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async {
        await base.hear { [news] each in
            heard(each)
            news.add(each)
        }
        news.end()
    }

    package func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await base.read(operation)
    }

    package func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await base.write(operation)
    }
}

/// News in the order they came, each given once.
package struct HeardNews: Sendable {
    private let stream: AsyncStream<NodeNews>
    private let continuation: AsyncStream<NodeNews>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: NodeNews.self)
    }

    func add(_ news: NodeNews) {
        continuation.yield(news)
    }

    func end() {
        continuation.finish()
    }

    /// Waits for the first of some news, passing over others; nil if there will not be more.
    package func first(of expected: Set<NodeNews>) async -> NodeNews? {
        for await next in stream where expected.contains(next) { return next }
        return nil
    }
}
