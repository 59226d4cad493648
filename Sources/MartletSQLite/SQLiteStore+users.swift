public import FoundationEssentials
public import Martlet
public import MartletAccounts

// Users, their bindings and tokens, and housekeeping.
extension SQLiteStore {
    /// A user's bindings; see ``AccountStore/identities(of:)``.
    public func identities(of userID: UserID) async throws(StoreError) -> [Identity] {
        try await read { try $0.identities(of: userID) }
    }

    /// The binding of an account; see ``AccountStore/identity(providerID:subject:)``.
    public func identity(providerID: String, subject: String) async throws(StoreError) -> Identity? {
        try await read { try $0.boundIdentity(providerID: providerID, subject: subject) }
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

    /// A binding's tokens; see ``AccountStore/keptTokens(of:providerID:)``.
    public func keptTokens(of userID: UserID, providerID: String) async throws(StoreError) -> KeptTokens? {
        try await read { try $0.keptTokens(of: userID, providerID: providerID) }
    }

    /// Replaces a binding's tokens; see ``AccountStore/replaceKeptTokens(_:of:ifVersion:)``.
    public func replaceKeptTokens(
        _ sealed: String, of id: IdentityID, ifVersion version: Int
    ) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.replaceKeptTokens(sealed, of: id, ifVersion: version, now: now) }
    }

    /// Removes a binding's tokens; see ``AccountStore/forgetKeptTokens(of:)``.
    public func forgetKeptTokens(of id: IdentityID) async throws(StoreError) {
        let now = clock()
        try await write { try $0.forgetKeptTokens(of: id, now: now) }
    }

    /// Takes over an account's email address; see ``AccountStore/updateEmail(_:providerID:subject:)``.
    @discardableResult
    public func updateEmail(
        _ email: Email?, providerID: String, subject: String
    ) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.updateEmail(email, providerID: providerID, subject: subject, now: now) }
    }

    /// Takes over that an account is gone; see ``AccountStore/accountDeleted(providerID:subject:)``.
    public func accountDeleted(providerID: String, subject: String) async throws(StoreError) -> ProviderDeletion {
        let now = clock()
        return try await write { try $0.accountDeleted(providerID: providerID, subject: subject, now: now) }
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
    public func deleteUser(_ id: UserID) async throws(StoreError) -> [RemovedBinding]? {
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
