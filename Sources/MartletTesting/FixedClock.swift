public import FoundationEssentials
import Synchronization

/// A clock that stands still until it is moved.
///
/// Pass ``read`` wherever a `@Sendable () -> Date` is wanted.
public final class FixedClock: Sendable {
    /// A time without meaning, in whole seconds: 2030-01-01T00:00:00Z.
    public static let start = Date(timeIntervalSince1970: 1_893_456_000)

    private let time: Mutex<Date>

    /// Makes a clock that shows a time.
    public init(_ time: Date = FixedClock.start) {
        self.time = Mutex(time)
    }

    /// The time shown.
    public var now: Date { time.withLock { $0 } }

    /// The clock as a function.
    public var read: @Sendable () -> Date {
        { self.now }
    }

    /// Makes the clock show a time.
    public func set(_ time: Date) {
        self.time.withLock { $0 = time }
    }

    /// Moves the clock by seconds; backwards if they are negative.
    public func advance(by seconds: TimeInterval) {
        time.withLock { $0 += seconds }
    }
}
