import FoundationEssentials
import Martlet

// A user's own address: a copy of what a provider told of an account.
extension AccountTransaction {
    /// Keeps a user's own address one that a provider still tells, after a binding changed, came or went, and records it if it
    /// is another then.
    ///
    /// As long as a provider of any binding vouches for it, it stays. Else the address that replaced it at its provider comes in
    /// its place, or another that a provider vouches for; if there is none, it stays as one that is not verified. A user without
    /// an address gets one.
    ///
    /// - Parameters:
    ///   - providerID: the provider of the binding.
    ///   - former: the address that the changed binding had before; nil if none was changed.
    ///   - new: the one that it has now.
    /// - Returns: whether the user's own address is another now.
    @discardableResult
    mutating func settleEmail(
        of userID: UserID, providerID: String, replacing former: Email? = nil, by new: Email? = nil, now: Date
    ) throws -> Bool {
        guard let user = try user(userID) else { return false }
        let verified = try identities(of: userID).compactMap(\.email).filter(\.isVerified)
        let settled: Email?
        if let own = user.email, let same = verified.first(where: { $0.comparisonKey == own.comparisonKey }) {
            settled = own.isVerified ? own : same
        } else if user.email?.comparisonKey == former?.comparisonKey {
            settled = new.flatMap { $0.isVerified ? $0 : nil } ?? verified.first ?? new
        } else if let own = user.email, !own.isVerified {
            settled = own
        } else {
            settled = verified.first ?? user.email.flatMap { Email($0.value, isVerified: false) }
        }
        guard settled != user.email else { return false }
        try setEmail(settled, user: userID)
        try record(AuditEvent(.emailChanged, userID: userID, providerID: providerID, time: now.wholeMilliseconds))
        return true
    }
}
