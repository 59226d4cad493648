public import FoundationEssentials
public import Martlet

// What a provider tells of an account while nobody is signing in.
extension AccountTransaction {
    /// What ``AccountStore/identity(providerID:subject:)`` answers, within a transaction.
    public func boundIdentity(providerID: String, subject: String) throws -> Identity? {
        guard providerID.canBeID, subject.canBeID else { return nil }
        return try identity(providerID: providerID, subject: subject)
    }

    /// What ``AccountStore/updateEmail(_:providerID:subject:)`` does, within a transaction.
    public mutating func updateEmail(
        _ email: Email?, providerID: String, subject: String, now: Date
    ) throws -> Bool {
        guard var identity = try boundIdentity(providerID: providerID, subject: subject) else { return false }
        let former = identity.email
        identity.email = email
        try updateIdentity(identity, emailIsTrusted: emailIsTrusted(identity.id))
        let isOwn = try settleEmail(
            of: identity.userID, providerID: providerID, replacing: former, by: email, now: now)
        if !isOwn {
            try record(
                AuditEvent(.emailChanged, userID: identity.userID, providerID: providerID, time: now.wholeMilliseconds))
        }
        return true
    }

    /// What ``AccountStore/accountDeleted(providerID:subject:)`` does, within a transaction.
    public mutating func accountDeleted(
        providerID: String, subject: String, now: Date
    ) throws -> ProviderDeletion {
        guard let userID = try boundIdentity(providerID: providerID, subject: subject)?.userID else { return .unknown }
        try record(
            AuditEvent(.accountDeletedAtProvider, userID: userID, providerID: providerID, time: now.wholeMilliseconds))
        try end(try sessions(of: userID).filter { $0.providerID == providerID }, now: now)
        if case .unbound(let removed) = try unbind(providerID: providerID, of: userID, now: now) {
            return .unbound(removed)
        }
        return .userDeleted(userID, try removeUser(userID, now: now) ?? [])
    }
}
