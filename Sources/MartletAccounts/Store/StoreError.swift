/// Why a store could not do what it was asked. Nothing was changed, unless the text says that the outcome is not known.
///
/// The texts are for operators; they hold no values of rows, tokens or hashes.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The store cannot be reached or written just now: busy, full, read-only, closed. Trying again may help.
    case unavailable(String)
    /// A rule of the store (a unique index, a foreign key) refused the change.
    case conflict(String)
    /// The stored data is damaged or is not what this program wrote.
    case corrupted(String)
    /// The stored data was made by a newer version of this program.
    case madeByNewerVersion(String)

    /// What happened, in a sentence part.
    public var description: String {
        switch self {
        case .unavailable(let reason): "the store is unavailable: \(reason)"
        case .conflict(let reason): "the store refused the change: \(reason)"
        case .corrupted(let reason): "the store is damaged: \(reason)"
        case .madeByNewerVersion(let reason): "the store was made by a newer version: \(reason)"
        }
    }
}
