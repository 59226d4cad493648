import FoundationEssentials
import Synchronization

/// The authorization requests that were pushed and are still to be used (RFC 9126).
final class PushedRequests: Sendable {
    /// For how many seconds a pushed request waits for the browser.
    static let lifetime = 60
    /// For how many seconds a person may look at the page.
    private static let patience = 600.0
    private static let prefix = "urn:ietf:params:oauth:request_uri:"

    /// What a client pushed.
    struct Pushed: Sendable {
        let clientID: String
        var parameters: Parameters
    }

    private struct Entry {
        let uri: String
        let pushed: Pushed
        var expires: Date
    }

    private let entries = Mutex<[Entry]>([])
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let random: @Sendable (Int) -> [UInt8]

    init(capacity: Int, now: @escaping @Sendable () -> Date, random: @escaping @Sendable (Int) -> [UInt8]) {
        self.capacity = capacity
        self.now = now
        self.random = random
    }

    /// Keeps a request and gives its `request_uri`.
    func add(_ pushed: Pushed) -> String {
        let uri = Self.prefix + Base64URL.encode(random(32))
        let expires = now().addingTimeInterval(Double(Self.lifetime))
        entries.withLock { entries in
            entries.append(Entry(uri: uri, pushed: pushed, expires: expires))
            if entries.count > capacity { entries.removeFirst(entries.count - capacity) }
        }
        return uri
    }

    /// The request behind an URI, which the browser has brought: there is time now to look at the page.
    func open(_ uri: String) -> Pushed? {
        let now = now()
        return entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.uri == uri && $0.expires > now }) else { return nil }
            entries[index].expires = now.addingTimeInterval(Self.patience)
            return entries[index].pushed
        }
    }

    /// Uses a request up.
    ///
    /// - Returns: whether it was still there.
    func consume(_ uri: String) -> Bool {
        entries.withLock { entries in
            let count = entries.count
            entries.removeAll { $0.uri == uri }
            return entries.count < count
        }
    }
}
