public import FoundationEssentials

extension Date {
    /// Milliseconds since 1970, rounded to the nearest: the precision of every stored time.
    public var millisecondsSince1970: Int64 {
        let milliseconds = (timeIntervalSince1970 * 1000).rounded()
        return Int64(exactly: milliseconds) ?? (milliseconds > 0 ? .max : .min)
    }

    /// The time that many milliseconds after 1970.
    public init(millisecondsSince1970 milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// This time as a store keeps it, so that what a call returns equals what is read back later.
    var wholeMilliseconds: Date { Date(millisecondsSince1970: millisecondsSince1970) }
}
