import CLibPQ
import Dispatch
import Martlet
public import MartletAccounts
import Synchronization

// Nodes tell each other whose sessions to forget: by NOTIFY in the transaction that changes them, and a connection that
// listens (https://www.postgresql.org/docs/current/sql-notify.html). A payload is the id of a user.
extension PostgresStore {
    static let newsChannel = "martlet_sessions"

    /// Hears what transactions of other nodes announce; see ``MartletAccounts/TransactionalStore/hear(_:)``.
    ///
    /// A connection of its own listens, and is made anew when it breaks. What is announced meanwhile is lost, which is
    /// told as ``MartletAccounts/NodeNews/missed``. Returns if the server has no announcements, as CockroachDB.
    public func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async {
        guard hasNews else { return }
        let connection = ConnectionActor(url, label: "martlet.postgres.news") {
            try $0.execute("LISTEN \(Self.newsChannel)")
        }
        var pause = Duration.milliseconds(100)
        while !Task.isCancelled {
            do {
                let socket = try await connection.run { $0.socket }
                pause = .milliseconds(100)
                heard(.missed)
                while !Task.isCancelled {
                    for payload in try await connection.run({ try $0.payloads() }) {
                        heard(Int64(payload).map { .changed(UserID(rawValue: $0)) } ?? .missed)
                    }
                    await InputWait(descriptor: socket)()
                }
            } catch {
                heard(.missed)
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
        await connection.disconnect()
    }

    /// Whether a server can announce anything.
    static func hasNews(_ connection: PostgresConnection) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            // Nobody's id.
            try connection.query("SELECT pg_notify('\(newsChannel)', '0')")
            return true
        } catch {
            guard error.saysThatThereIsNoSuchThing else { throw error }
            return false
        }
    }
}

extension PostgresTransaction {
    func announceChanges(of users: Set<UserID>) throws {
        guard hasNews else { return }
        for user in users.sorted() {
            try connection.query(
                "SELECT pg_notify('\(PostgresStore.newsChannel)', $1)", [.text(String(user.rawValue))])
        }
    }
}

extension PostgresConnection {
    /// The descriptor of the connection.
    var socket: CInt { library.socket(handle) }

    /// What was announced since the last call, on the one channel that is listened to. Does not wait.
    func payloads() throws(PostgresError) -> [String] {
        guard library.consumeInput(handle) == 1 else { throw .disconnected("the connection is broken") }
        var payloads: [String] = []
        while let notification = library.notification(handle) {
            payloads.append(String(cString: notification.pointee.payload))
            library.freeMemory(notification)
        }
        return payloads
    }
}

/// Waits once for input on a descriptor, without a thread.
private final class InputWait: Sendable {
    private let source: Mutex<any DispatchSourceRead>

    init(descriptor: CInt) {
        source = Mutex(DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global()))
    }

    /// Returns once there is something to be read, or the other side has closed, or the task is cancelled.
    func callAsFunction() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                source.withLock { source in
                    source.setEventHandler { self.end() }
                    source.setCancelHandler { continuation.resume() }
                    source.activate()
                }
            }
        } onCancel: {
            end()
        }
    }

    private func end() {
        source.withLock { $0.cancel() }
    }
}
