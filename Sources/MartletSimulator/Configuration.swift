public import FoundationEssentials

extension Simulator {
    /// What a simulator is made of. Everything has a sensible default.
    public struct Configuration: Sendable {
        /// The people to choose from.
        public var people: [Person]
        /// Providers that are spoken by their recordings, besides those that have a dialect of their own.
        public var recorded: [SimulatedProvider]
        /// The keys of ID tokens; `nil` makes new ones when they are first needed.
        public var keys: SigningKeys?
        /// Where clients reach the simulator, for example `http://simulator:9090`; `nil` takes each request's `Host`.
        public var baseURL: String?
        /// How many codes and tokens are kept before the oldest is dropped.
        public var capacity: Int
        /// The time.
        public var now: @Sendable () -> Date
        /// That many random bytes.
        public var randomBytes: @Sendable (Int) -> [UInt8]
        /// Waits, for the faults `slow` and `hang`.
        public var sleep: @Sendable (Duration) async throws -> Void

        /// A configuration; arguments left out take their defaults.
        public init(
            people: [Person] = Person.everybody,
            recorded: [SimulatedProvider] = [],
            keys: SigningKeys? = nil,
            baseURL: String? = nil,
            capacity: Int = 100_000,
            now: @escaping @Sendable () -> Date = { Date() },
            randomBytes: @escaping @Sendable (Int) -> [UInt8] = Self.systemRandomBytes,
            sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        ) {
            self.people = people
            self.recorded = recorded
            self.keys = keys
            self.baseURL = baseURL
            self.capacity = capacity
            self.now = now
            self.randomBytes = randomBytes
            self.sleep = sleep
        }

        /// Bytes from the system's cryptographic random number generator.
        @Sendable public static func systemRandomBytes(_ count: Int) -> [UInt8] {
            var generator = SystemRandomNumberGenerator()
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count + 8)
            while bytes.count < count {
                withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
            }
            return Array(bytes.prefix(count))
        }
    }
}
