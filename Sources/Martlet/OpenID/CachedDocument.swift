import FoundationEssentials
import HTTPTypes

/// A document of a provider that is fetched when it is first needed and again when it is old.
///
/// Fetches are joined into one. An old document is used on while the provider is down, and refreshed in the background
/// shortly before it is old, so that no login waits for it.
actor CachedDocument<Value: Sendable> {
    /// What a fetch gave, and for how many seconds it is fresh.
    struct Fetched: Sendable {
        var value: Value
        var lifetime: Double
    }

    private let role: OutboundRequest.Role
    private let now: @Sendable () -> Date
    private let fetch: @Sendable () async throws(OAuthError) -> Fetched
    private var kept: (Fetched, at: Date)?
    private var lastAttempt: Date?
    private var lastRefetch: Date?
    private var underWay: Task<Void, Never>?
    private var waiting: [UUID: CheckedContinuation<Result<Fetched, OAuthError>, Never>] = [:]

    /// The shortest time between two fetches while a document is kept, in seconds.
    private let pause: Double = 60

    /// - Parameter role: which document it is.
    init(
        role: OutboundRequest.Role, now: @escaping @Sendable () -> Date,
        fetch: @escaping @Sendable () async throws(OAuthError) -> Fetched
    ) {
        self.role = role
        self.now = now
        self.fetch = fetch
    }

    /// The document.
    func value() async throws(OAuthError) -> Value {
        guard let (document, time) = kept else { return try await refreshed() }
        let age = now().timeIntervalSince(time)
        if age >= document.lifetime * 0.8, !isRecent(lastAttempt) {
            if age < document.lifetime {
                refresh()
            } else {
                return (try? await refreshed()) ?? document.value
            }
        }
        return document.value
    }

    /// The document, fetched anew unless this was asked less than a minute ago: when it lacks something that is needed.
    func refetchedValue() async throws(OAuthError) -> Value {
        guard let (document, _) = kept else { return try await refreshed() }
        // A fetch under way is waited for: else of two logins right after a key rotation, the second would fail.
        if underWay == nil {
            if isRecent(lastRefetch) { return document.value }
            lastRefetch = now()
        }
        return (try? await refreshed()) ?? document.value
    }

    /// Whether a fetch is too near for another one. A time to come is of a clock that was set back.
    private func isRecent(_ time: Date?) -> Bool {
        time.map { (0..<pause).contains(now().timeIntervalSince($0)) } ?? false
    }

    /// Waits for a fetch that is under way.
    func settled() async {
        _ = await underWay?.value
    }

    /// What a fetch gives. Whoever is cancelled waits no longer, and the fetch goes on for the others.
    private func refreshed() async throws(OAuthError) -> Value {
        refresh()
        let id = UUID()
        let result: Result<Fetched, OAuthError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: .failure(.timedOut(role)))
                } else {
                    waiting[id] = continuation
                }
            }
        } onCancel: {
            Task { await self.leave(id) }
        }
        return try result.get().value
    }

    private func leave(_ id: UUID) {
        waiting.removeValue(forKey: id)?.resume(returning: .failure(.timedOut(role)))
    }

    private func refresh() {
        guard underWay == nil else { return }
        lastAttempt = now()
        let fetch = self.fetch
        underWay = Task {
            do throws(OAuthError) {
                self.finish(.success(try await fetch()))
            } catch {
                self.finish(.failure(error))
            }
        }
    }

    private func finish(_ result: Result<Fetched, OAuthError>) {
        underWay = nil
        if case .success(let fetched) = result { kept = (fetched, at: now()) }
        for continuation in waiting.values { continuation.resume(returning: result) }
        waiting = [:]
    }
}

extension OutboundResponse {
    /// How long the answer may be used, in seconds: `max-age` of `Cache-Control` (RFC 9111 §5.2.2.1), between five minutes
    /// and a day; an hour where the answer does not say.
    var freshLifetime: Double {
        let directives = (headers[.cacheControl] ?? "").lowercased().split(separator: ",")
            .map { $0.filter { $0 != " " && $0 != "\t" } }
        if directives.contains("no-store") || directives.contains("no-cache") { return 300 }
        let seconds = directives.lazy.compactMap { directive in
            directive.hasPrefix("max-age=") ? Double(directive.dropFirst("max-age=".count)) : nil
        }.first
        guard let seconds else { return 3600 }
        return seconds > 300 ? min(seconds, 86_400) : 300
    }
}
