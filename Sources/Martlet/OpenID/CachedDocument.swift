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

    private let now: @Sendable () -> Date
    private let fetch: @Sendable () async throws(OAuthError) -> Fetched
    private var kept: (Fetched, at: Date)?
    private var lastAttempt: Date?
    private var lastRefetch: Date?
    private var underWay: Task<Result<Fetched, OAuthError>, Never>?

    /// The shortest time between two fetches while a document is kept, in seconds.
    private let pause: Double = 60

    init(now: @escaping @Sendable () -> Date, fetch: @escaping @Sendable () async throws(OAuthError) -> Fetched) {
        self.now = now
        self.fetch = fetch
    }

    /// The document.
    func value() async throws(OAuthError) -> Value {
        guard let (document, time) = kept else { return try await refreshed() }
        let age = now().timeIntervalSince(time)
        if age >= document.lifetime * 0.8, lastAttempt.map({ now().timeIntervalSince($0) >= pause }) ?? true {
            if age < document.lifetime {
                _ = refresh()
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
        if underWay == nil, let lastRefetch, now().timeIntervalSince(lastRefetch) < pause { return document.value }
        lastRefetch = now()
        return (try? await refreshed()) ?? document.value
    }

    /// Waits for a fetch that is under way.
    func settled() async {
        _ = await underWay?.value
    }

    private func refreshed() async throws(OAuthError) -> Value {
        try await refresh().value.get().value
    }

    private func refresh() -> Task<Result<Fetched, OAuthError>, Never> {
        if let underWay { return underWay }
        lastAttempt = now()
        let fetch = self.fetch
        let task = Task { () async -> Result<Fetched, OAuthError> in
            let result: Result<Fetched, OAuthError>
            do throws(OAuthError) {
                result = .success(try await fetch())
            } catch {
                result = .failure(error)
            }
            self.finish(result)
            return result
        }
        underWay = task
        return task
    }

    private func finish(_ result: Result<Fetched, OAuthError>) {
        underWay = nil
        if case .success(let fetched) = result { kept = (fetched, at: now()) }
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
