import Synchronization

/// Work of which one piece at a time is done for each key: whoever asks meanwhile gets the same result.
package final class JoinedWork<Key: Hashable & Sendable, Value: Sendable, Failure: Error>: Sendable {
    private typealias Piece = Task<Result<Value, Failure>, Never>

    private let underWay: Mutex<[Key: Piece]> = Mutex([:])

    /// Nothing is under way.
    package init() {}

    /// Does the work, or waits for the one that is under way.
    package func run(
        _ key: Key, _ work: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let piece = underWay.withLock { pieces in
            if let piece = pieces[key] { return piece }
            let piece = Piece {
                let result: Result<Value, Failure>
                do throws(Failure) {
                    result = .success(try await work())
                } catch {
                    result = .failure(error)
                }
                self.underWay.withLock { $0[key] = nil }
                return result
            }
            pieces[key] = piece
            return piece
        }
        return try await piece.value.get()
    }
}
