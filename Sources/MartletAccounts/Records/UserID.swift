/// The id of a user of the service.
public struct UserID: RawRepresentable, Hashable, Comparable, Sendable, Codable, LosslessStringConvertible {
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

    /// Orders by age: a later user has a greater id.
    public static func < (lhs: UserID, rhs: UserID) -> Bool { lhs.rawValue < rhs.rawValue }
}
