public import Martlet
import Synchronization

/// Bytes that look random and are the same in every run: for tests, and for nothing else.
///
/// The generator is SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
public final class SeededRandom: Sendable {
    private let state: Mutex<UInt64>

    /// Makes a generator; the same seed gives the same bytes.
    public init(seed: UInt64 = 1) {
        self.state = Mutex(seed)
    }

    /// The next bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in
            var bytes: [UInt8] = []
            while bytes.count < count {
                let word = Self.next(&state)
                bytes += (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
            }
            return Array(bytes.prefix(count))
        }
    }

    /// The generator as a source that the library takes. Copies share one sequence.
    public var source: RandomSource {
        RandomSource { self.bytes($0) }
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
