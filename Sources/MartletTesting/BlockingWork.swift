import Dispatch

/// Runs work that blocks for seconds on a thread of its own: tasks share few threads, and other tests wait for theirs.
package func blockingly<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "martlet.test.blocking").async { continuation.resume(with: Result(catching: work)) }
    }
}
