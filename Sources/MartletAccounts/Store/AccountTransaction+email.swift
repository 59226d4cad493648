import Martlet

// A user's own address: a copy of what a provider told of an account.
extension AccountTransaction {
    /// Keeps a user's own address one that a provider still tells, after a binding changed, came or went.
    ///
    /// As long as a provider of any binding vouches for it, it stays. Else the address that replaced it at its provider comes in
    /// its place, or another that a provider vouches for; if there is none, it stays as one that is not verified.
    ///
    /// - Parameters:
    ///   - former: the address that the changed binding had before; nil if none was changed.
    ///   - new: the one that it has now.
    /// - Returns: whether the user's own address is another now.
    @discardableResult
    mutating func settleEmail(
        of userID: UserID, replacing former: Email? = nil, by new: Email? = nil
    ) throws -> Bool {
        guard let own = try user(userID)?.email else { return false }
        let verified = try identities(of: userID).compactMap(\.email).filter(\.isVerified)
        let settled: Email?
        if let same = verified.first(where: { $0.comparisonKey == own.comparisonKey }) {
            settled = own.isVerified ? own : same
        } else if own.comparisonKey == former?.comparisonKey {
            settled = new
        } else {
            settled = own.isVerified ? verified.first ?? Email(own.value, isVerified: false) : own
        }
        guard settled != own else { return false }
        try setEmail(settled, user: userID)
        return true
    }
}
