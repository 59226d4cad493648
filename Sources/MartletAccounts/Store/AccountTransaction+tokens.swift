public import FoundationEssentials

extension AccountTransaction {
    /// What ``AccountStore/keptTokens(of:providerID:)`` answers, within a transaction.
    public func keptTokens(of userID: UserID, providerID: String) throws -> KeptTokens? {
        guard let identity = try identities(of: userID).first(where: { $0.providerID == providerID }),
            let row = try keptTokensRow(of: identity.id), let sealed = row.sealed
        else { return nil }
        return KeptTokens(identity: identity, sealed: sealed, version: row.version, updatedAt: row.updatedAt)
    }

    /// What ``AccountStore/replaceKeptTokens(_:of:ifVersion:)`` does, within a transaction.
    public mutating func replaceKeptTokens(
        _ sealed: String, of id: IdentityID, ifVersion version: Int, now: Date
    ) throws -> Bool {
        guard let row = try keptTokensRow(of: id), row.sealed != nil, row.version == version else { return false }
        try keep(sealed, of: id, now: now)
        return true
    }

    /// What ``AccountStore/forgetKeptTokens(of:)`` does, within a transaction.
    public mutating func forgetKeptTokens(of id: IdentityID, now: Date) throws {
        guard let row = try keptTokensRow(of: id), row.sealed != nil else { return }
        try setKeptTokensRow(
            KeptTokensRow(sealed: nil, version: row.version + 1, updatedAt: now.wholeMilliseconds), of: id)
    }

    /// Keeps tokens with a binding, in place of those that are there; nil leaves them.
    mutating func keep(_ sealed: String?, of id: IdentityID, now: Date) throws {
        guard let sealed else { return }
        let version = try keptTokensRow(of: id)?.version ?? 0
        try setKeptTokensRow(
            KeptTokensRow(sealed: sealed, version: version + 1, updatedAt: now.wholeMilliseconds), of: id)
    }

    /// What is to be told of a binding that is about to be removed.
    func removal(of identity: Identity) throws -> RemovedBinding {
        RemovedBinding(identity: identity, sealedTokens: try keptTokensRow(of: identity.id)?.sealed)
    }
}
