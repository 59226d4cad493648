import Synchronization

/// The logins of plain OpenID Connect, each with its `sid`. In memory and bounded: the oldest is dropped.
final class Sessions: Sendable {
    /// One login of a person at one client.
    struct Session: Sendable {
        /// The `sid` of ID tokens and logout tokens.
        let id: String
        let person: Person
        let clientID: String
        /// The fault that was chosen for the login.
        let fault: LoginFault?
        var isOver = false
    }

    private let sessions = Mutex<[Session]>([])
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Keeps a session.
    func add(_ session: Session) {
        sessions.withLock { sessions in
            sessions.append(session)
            if sessions.count > capacity { sessions.removeFirst(sessions.count - capacity) }
        }
    }

    /// The session of that `sid`, over or not.
    func find(_ id: String) -> Session? {
        sessions.withLock { sessions in sessions.last { $0.id == id } }
    }

    /// Ends all of a person's sessions.
    ///
    /// - Returns: those that were not over yet, oldest first.
    func end(of person: Person) -> [Session] {
        sessions.withLock { sessions in
            var ended: [Session] = []
            for index in sessions.indices where sessions[index].person == person && !sessions[index].isOver {
                ended.append(sessions[index])
                sessions[index].isOver = true
            }
            return ended
        }
    }
}
