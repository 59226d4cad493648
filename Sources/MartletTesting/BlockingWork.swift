import Dispatch

/// Runs work that blocks for seconds on a thread of its own: tasks share few threads, and other tests wait for theirs.
func blockingly(_ work: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "martlet.test.blocking").async { continuation.resume(with: Result(catching: work)) }
    }
}
