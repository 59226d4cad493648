/// The id of a user of the service.
public typealias UserID = NumberID<User>

/// The id of one binding of a provider account to a user.
public typealias IdentityID = NumberID<Identity>

/// An id that the store counts up. `Record` is what it is the id of, and keeps the ids of two kinds apart.
public struct NumberID<Record>: RawRepresentable, Hashable, Comparable, Sendable, Codable, LosslessStringConvertible {
    /// The number.
    public let rawValue: Int64

    /// Wraps a number.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Reads a number written exactly as ``description`` writes it; nil for any other text.
    public init?(_ description: String) {
        guard let number = Int64(description), String(number) == description else { return nil }
        self.rawValue = number
    }

    /// The number in decimal digits.
    public var description: String { String(rawValue) }

    /// Orders by age: a later record has a greater id.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
