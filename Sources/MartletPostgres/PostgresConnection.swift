import CLibPQ
import Martlet

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection to a server, whose calls block. Only ever used on one thread at a time: see ``ConnectionActor``.
///
/// https://www.postgresql.org/docs/current/libpq.html
final class PostgresConnection {
    let library: LibPQ
    let handle: OpaquePointer
    /// The statements that the server has prepared on this connection, and their names.
    private var prepared: [String: String] = [:]
    /// How long the answer to a statement is waited for; nil for as long as it takes. It is longer than the server's own
    /// limit: beyond it, the server hangs, or waits for a standby that is gone.
    var answerTimeout: Duration? = .seconds(6)

    /// Connects.
    ///
    /// - Parameter url: a connection URI or `key=value` text, as libpq reads it.
    /// - Throws: ``PostgresError/disconnected(_:)``.
    init(_ url: Secret) throws(PostgresError) {
        let library = try LibPQ.loaded
        let settings = Self.defaults + [("dbname", url.reveal())]
        let handle = withPointers(to: settings.map { Array($0.0.utf8CString) } + [nil]) { names in
            withPointers(to: settings.map { Array($0.1.utf8CString) } + [nil]) { values in
                library.connect(names, values, 1)
            }
        }
        guard let handle else { throw .disconnected("there is no memory for a connection") }
        guard library.status(handle) == LibPQ.connectionOK else {
            let message = library.errorMessage(handle).map { String(cString: $0) } ?? ""
            library.finish(handle)
            throw .disconnected(ConnectionTrouble.text(for: message))
        }
        self.library = library
        self.handle = handle
        // Notices would go to the standard error output.
        _ = library.setNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit {
        library.finish(handle)
    }

    /// What the connection string does not say otherwise: a dead server is noticed within seconds, and of several servers
    /// the one that can be written to is used.
    private static let defaults: [(String, String)] = [
        ("connect_timeout", "3"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "5000"), ("target_session_attrs", "read-write"), ("fallback_application_name", "martlet"),
        ("client_encoding", "UTF8"),
    ]

    /// Whether the connection was not seen to be broken.
    var isUsable: Bool { library.status(handle) == LibPQ.connectionOK }

    /// Whether a transaction is open or failed.
    var isInTransaction: Bool { library.transactionStatus(handle) != LibPQ.transactionIdle }

    /// Runs one or more statements without parameters.
    func execute(_ sql: String) throws(PostgresError) {
        _ = try answer(library.sendQuery(handle, sql))
    }

    /// Runs an operation in a transaction; an error undoes all of it.
    func transaction<Value>(_ begin: String, _ operation: () throws -> Value) throws -> Value {
        try execute(begin)
        let value: Value
        do {
            value = try operation()
        } catch {
            // A connection that cannot even do this is not used again.
            try? execute("ROLLBACK")
            throw error
        }
        try commit()
        return value
    }

    private func commit() throws(PostgresError) {
        let result: PostgresResult
        do throws(PostgresError) {
            result = try answer(library.sendQuery(handle, "COMMIT"))
        } catch {
            throw error.leavesACommitOpen ? .outcomeUnknown : error
        }
        guard library.commandStatus(result.handle).map({ String(cString: $0) }) == "COMMIT" else { throw .unreadable }
    }

    /// Runs a statement, prepared on first use, and returns its rows.
    @discardableResult
    func query(_ sql: String, _ values: [PostgresValue] = []) throws(PostgresError) -> [PostgresRow] {
        try rows(of: run(sql, values))
    }

    /// Runs a statement, prepared on first use, and returns how many rows it changed.
    func change(_ sql: String, _ values: [PostgresValue] = []) throws(PostgresError) -> Int {
        let result = try run(sql, values)
        return library.changedRows(result.handle).flatMap { Int(String(cString: $0)) } ?? 0
    }

    private func run(_ sql: String, _ values: [PostgresValue]) throws(PostgresError) -> PostgresResult {
        // The server's own answer to such a text, which C would cut off there.
        guard values.allSatisfy({ $0.text?.utf8.contains(0) != true }) else { throw .refused(sqlState: "22021") }
        let name = try statement(sql)
        let texts = values.map { $0.text.map { Array($0.utf8CString) } }
        return try answer(
            withPointers(to: texts) { library.sendPrepared(handle, name, Int32(values.count), $0, nil, nil, 0) })
    }

    /// The name under which a statement is prepared.
    private func statement(_ sql: String) throws(PostgresError) -> String {
        if let name = prepared[sql] { return name }
        let name = "martlet_\(prepared.count)"
        _ = try answer(library.sendPrepare(handle, name, sql, 0, nil))
        prepared[sql] = name
        return name
    }

    /// The answer to what was sent; to several statements, the last one's.
    func answer(_ wasSent: CInt) throws(PostgresError) -> PostgresResult {
        guard wasSent == 1 else { throw .disconnected("the connection is broken") }
        let deadline = answerTimeout.map { ContinuousClock.now + $0 }
        var last: OpaquePointer?
        while true {
            while library.isBusy(handle) == 1 {
                guard waitsForInput(until: deadline) else {
                    library.clear(last)
                    AbandonedStatements.cancel(on: handle, library)
                    throw .disconnected("the server does not answer in time")
                }
                // What failed is in the result.
                if library.consumeInput(handle) == 0 { break }
            }
            guard let next = library.nextResult(handle) else { return try judged(last) }
            library.clear(last)
            last = next
        }
    }

    /// Returns once the server may have sent something, or false once the deadline has passed.
    ///
    /// It never waits for long: what TLS has read and libpq has not taken yet does not show on the socket.
    private func waitsForInput(until deadline: ContinuousClock.Instant?) -> Bool {
        if let deadline, deadline <= .now { return false }
        var descriptor = pollfd(fd: library.socket(handle), events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, 50)
        return true
    }

    func judged(
        _ pointer: OpaquePointer?, as expected: ClosedRange<CInt> = LibPQ.success
    ) throws(PostgresError) -> PostgresResult {
        guard let pointer else { throw .disconnected("the connection is broken") }
        let result = PostgresResult(library: library, handle: pointer)
        switch library.resultStatus(pointer) {
        case expected: return result
        default:
            let state = library.errorField(pointer, LibPQ.sqlState).map { String(cString: $0) }
            guard let state, isUsable else { throw .disconnected("the connection is broken") }
            throw .refused(sqlState: state)
        }
    }

    private func rows(of result: PostgresResult) -> [PostgresRow] {
        let count = library.columnCount(result.handle)
        let columns = Dictionary(
            (0..<count).map { (library.columnName(result.handle, $0).map { String(cString: $0) } ?? "", Int($0)) },
            uniquingKeysWith: { first, _ in first })
        return (0..<library.rowCount(result.handle)).map { row in
            PostgresRow(
                columns: columns,
                values: (0..<count).map { column in
                    guard library.isNull(result.handle, row, column) == 0 else { return nil }
                    return library.value(result.handle, row, column).map { String(cString: $0) }
                })
        }
    }
}

/// An answer of the server, released with the value.
final class PostgresResult {
    private let library: LibPQ
    let handle: OpaquePointer

    init(library: LibPQ, handle: OpaquePointer) {
        self.library = library
        self.handle = handle
    }

    deinit {
        library.clear(handle)
    }
}

/// Calls a function with pointers to texts that end in NUL, nil where there is none.
private func withPointers<Value>(
    to texts: [[CChar]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
) -> Value {
    let bytes = texts.flatMap { $0 ?? [] }
    return bytes.withUnsafeBufferPointer { buffer in
        var offset = 0
        let pointers = texts.map { text -> UnsafePointer<CChar>? in
            guard let text else { return nil }
            defer { offset += text.count }
            return buffer.baseAddress.map { $0 + offset }
        }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
