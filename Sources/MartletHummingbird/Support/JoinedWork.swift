import Synchronization

/// Work of which one piece at a time is done for each key: whoever asks meanwhile gets the same result.
final class JoinedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Piece = Task<Result<Value, AuthProblem>, Never>

    private let underWay: Mutex<[Key: Piece]> = Mutex([:])

    /// Does the work, or waits for the one that is under way.
    func run(
        _ key: Key, _ work: @escaping @Sendable () async throws(AuthProblem) -> Value
    ) async throws(AuthProblem) -> Value {
        let piece = underWay.withLock { pieces in
            if let piece = pieces[key] { return piece }
            let piece = Piece {
                let result: Result<Value, AuthProblem>
                do throws(AuthProblem) {
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
