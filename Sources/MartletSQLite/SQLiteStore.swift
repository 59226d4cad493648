public import FoundationEssentials
import GRDB
public import MartletAccounts

/// An ``AccountStore`` in one SQLite file, for a service on one machine.
///
/// The file is in WAL mode with `synchronous = FULL`: what a call reported as done survives a loss of power. A writer
/// waits up to five seconds for another.
public struct SQLiteStore: AccountStore {
    let writer: any DatabaseWriter
    private let clock: @Sendable () -> Date

    /// Opens a database file and brings its schema up to date. A new file, made with the folders above it, can be read
    /// and written by its owner only.
    ///
    /// - Parameters:
    ///   - path: the path of the file.
    ///   - now: the time of audit lines for calls that are not given one.
    /// - Throws: ``StoreError/unavailable(_:)`` if the file cannot be opened or made, ``StoreError/corrupted(_:)`` if it
    ///   is not a database, ``StoreError/madeByNewerVersion(_:)`` if its schema has steps unknown to this version.
    public init(path: String, now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) {
        try SQLiteFile.prepare(path: path)
        do {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            // GRDB chooses NORMAL with WAL, which may forget the last transactions when power is lost.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try self.init(writer: pool, now: now)
        } catch {
            throw StoreError(error)
        }
    }

    /// A store in memory, which is gone with the value: for tests.
    ///
    /// - Throws: ``StoreError``.
    public static func inMemory(now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) -> SQLiteStore {
        do {
            return try SQLiteStore(writer: DatabaseQueue(configuration: configuration), now: now)
        } catch {
            throw StoreError(error)
        }
    }

    private init(writer: any DatabaseWriter, now: @escaping @Sendable () -> Date) throws {
        let migrator = Migrations.migrator
        if try writer.read({ try migrator.hasBeenSuperseded($0) }) {
            throw StoreError.madeByNewerVersion("the database has schema steps that this version does not know")
        }
        try migrator.migrate(writer)
        self.writer = writer
        self.clock = now
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.label = "martlet"
        return configuration
    }

    /// Closes the database; further calls throw ``StoreError/unavailable(_:)``.
    ///
    /// - Throws: ``StoreError/unavailable(_:)`` if a call is under way.
    public func close() throws(StoreError) {
        do { try writer.close() } catch { throw StoreError(error) }
    }

    private func write<Value: Sendable>(
        _ operation: @Sendable (inout SQLiteTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writer.write { database in
                var transaction = SQLiteTransaction(database: database)
                return try operation(&transaction)
            }
        } catch {
            throw StoreError(error)
        }
    }

    private func read<Value: Sendable>(
        _ operation: @Sendable (SQLiteTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writer.read { try operation(SQLiteTransaction(database: $0)) }
        } catch {
            throw StoreError(error)
        }
    }
}

extension SQLiteStore {
    /// Finishes a flow; see ``AccountStore/completeFlow(_:now:)``.
    public func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome {
        try await write { try $0.completeFlow(completion, now: now) }
    }

    /// A session and its user; see ``AccountStore/session(tokenHash:now:)``.
    public func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        let found = try await read { try $0.signedInUser(tokenHash: tokenHash, now: now) }
        guard let found, found.session.isDueForLastSeen(now: now) else { return found }
        do {
            return SignedInUser(user: found.user, session: try await write { try $0.touch(found.session, now: now) })
        } catch StoreError.unavailable {
            // A note of when somebody was last seen must not lock everybody out while the disk is full.
            return found
        }
    }

    /// Ends a session by its token; see ``AccountStore/endSession(tokenHash:)``.
    public func endSession(tokenHash: [UInt8]) async throws(StoreError) {
        let now = clock()
        try await write { try $0.endSession(tokenHash: tokenHash, now: now) }
    }

    /// A user's sessions; see ``AccountStore/sessions(of:now:)``.
    public func sessions(of userID: UserID, now: Date) async throws(StoreError) -> [Session] {
        try await read { try $0.liveSessions(of: userID, now: now) }
    }

    /// Ends a session by its id; see ``AccountStore/endSession(_:of:)``.
    @discardableResult
    public func endSession(_ id: SessionID, of userID: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.endSession(id, of: userID, now: now) }
    }

    /// Ends a user's other sessions; see ``AccountStore/endOtherSessions(of:except:)``.
    @discardableResult
    public func endOtherSessions(of userID: UserID, except id: SessionID) async throws(StoreError) -> Int {
        let now = clock()
        return try await write { try $0.endOtherSessions(of: userID, except: id, now: now) }
    }

    /// Whether a flow was finished; see ``AccountStore/isFlowConsumed(_:)``.
    public func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try await read { try $0.isFlowConsumed(id) }
    }

    /// A user's bindings; see ``AccountStore/identities(of:)``.
    public func identities(of userID: UserID) async throws(StoreError) -> [Identity] {
        try await read { try $0.identities(of: userID) }
    }

    /// Removes a binding; see ``AccountStore/unbind(providerID:of:)``.
    public func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome {
        let now = clock()
        return try await write { try $0.unbind(providerID: providerID, of: userID, now: now) }
    }

    /// Redeems a binding token; see ``AccountStore/redeemPendingBinding(_:now:)``.
    public func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome {
        try await write { try $0.redeemPendingBinding(redemption, now: now) }
    }

    /// A user; see ``AccountStore/user(_:)``.
    public func user(_ id: UserID) async throws(StoreError) -> User? {
        try await read { try $0.user(id) }
    }

    /// How many users there are; see ``AccountStore/userCount()``.
    public func userCount() async throws(StoreError) -> Int {
        try await read { try $0.userCount() }
    }

    /// Lets a user sign in or not; see ``AccountStore/setEnabled(_:user:)``.
    @discardableResult
    public func setEnabled(_ isEnabled: Bool, user id: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.enable(isEnabled, user: id, now: now) }
    }

    /// Removes a user; see ``AccountStore/deleteUser(_:)``.
    @discardableResult
    public func deleteUser(_ id: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.removeUser(id, now: now) }
    }

    /// Removes what has ended; see ``AccountStore/sweepExpired(now:limit:)``.
    public func sweepExpired(now: Date, limit: Int) async throws(StoreError) -> Int {
        try await write { try $0.sweepExpired(now: now, limit: limit) }
    }

    /// Returns if the file can be read and a write begun; see ``AccountStore/checkReady()``.
    public func checkReady() async throws(StoreError) {
        _ = try await write { try $0.hasUsers() }
    }
}
