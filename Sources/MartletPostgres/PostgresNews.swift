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
    /// A connection of its own listens, and is made anew when it breaks or its server hangs. What is announced meanwhile is lost, which is
    /// told as ``MartletAccounts/NodeNews/missed``. Returns if the server has no announcements, as CockroachDB.
    public func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async {
        await hear(checkingEvery: .seconds(5), heard)
    }

    /// - Parameter interval: after how long a silence the server is asked whether it still answers: one that hangs is as
    ///   silent as one that has no news.
    func hear(checkingEvery interval: DispatchTimeInterval, _ heard: @escaping @Sendable (NodeNews) -> Void) async {
        guard hasNews else { return }
        let listen: @Sendable (PostgresConnection) throws -> Void = { try $0.execute("LISTEN \(Self.newsChannel)") }
        let connection = ConnectionActor(url, label: "martlet.postgres.news", prepare: listen)
        var pause = Duration.milliseconds(100)
        while !Task.isCancelled {
            do {
                let socket = try await connection.run { $0.socket }
                pause = .milliseconds(100)
                heard(.missed)
                while !Task.isCancelled {
                    try await connection.run(listen)
                    for payload in try await connection.run({ try $0.payloads() }) {
                        heard(Int64(payload).map { .changed(UserID(rawValue: $0)) } ?? .missed)
                    }
                    await InputWait(descriptor: socket, atMost: interval)()
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

/// Waits once for input on a descriptor, for some time, without a thread.
private final class InputWait: Sendable {
    private let sources: Mutex<(input: any DispatchSourceRead, alarm: any DispatchSourceTimer)>

    init(descriptor: CInt, atMost time: DispatchTimeInterval) {
        let alarm = DispatchSource.makeTimerSource(queue: .global())
        alarm.schedule(deadline: .now() + time)
        sources = Mutex((DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global()), alarm))
    }

    /// Returns once there is something to be read, or the other side has closed, or the time is over, or the task is
    /// cancelled.
    func callAsFunction() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                sources.withLock { sources in
                    sources.input.setEventHandler { self.end() }
                    sources.input.setCancelHandler { continuation.resume() }
                    sources.alarm.setEventHandler { self.end() }
                    sources.input.activate()
                    sources.alarm.activate()
                }
            }
        } onCancel: {
            end()
        }
    }

    private func end() {
        sources.withLock { sources in
            sources.input.cancel()
            sources.alarm.cancel()
        }
    }
}
