public import FoundationEssentials

/// The provider's tokens that are kept with a binding.
public struct KeptTokens: Hashable, Sendable {
    /// The binding.
    public var identity: Identity
    /// The tokens, as the caller sealed them.
    public var sealed: String
    /// Which tokens these are: greater with every change, and never used again within one binding.
    public var version: Int
    /// When they were kept.
    public var updatedAt: Date

    /// Makes a record.
    public init(identity: Identity, sealed: String, version: Int, updatedAt: Date) {
        self.identity = identity
        self.sealed = sealed
        self.version = version
        self.updatedAt = updatedAt
    }
}

/// The row of a binding's tokens, which stays when the tokens are forgotten: so no version is used twice.
public struct KeptTokensRow: Hashable, Sendable {
    /// The tokens, or nil if they were forgotten.
    public var sealed: String?
    /// How often the row was written.
    public var version: Int
    /// When it was last written.
    public var updatedAt: Date

    /// Makes a row.
    public init(sealed: String?, version: Int, updatedAt: Date) {
        self.sealed = sealed
        self.version = version
        self.updatedAt = updatedAt
    }
}
