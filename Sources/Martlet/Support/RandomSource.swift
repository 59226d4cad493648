/// Where unpredictable bytes come from: states, nonces, code verifiers, session ids.
public struct RandomSource: Sendable {
    private let generate: @Sendable (Int) -> [UInt8]

    /// Makes a source from a function that returns as many bytes as it is asked for.
    public init(_ generate: @escaping @Sendable (_ count: Int) -> [UInt8]) {
        self.generate = generate
    }

    /// The operating system's cryptographically secure generator.
    public static let system: RandomSource = RandomSource { count in
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + MemoryLayout<UInt64>.size)
        while bytes.count < count {
            let word: UInt64 = generator.next()
            withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }

    /// `count` unpredictable bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        generate(count)
    }

    /// A URL-safe text made of `byteCount` unpredictable bytes (default 32: 256 bits, 43 characters).
    public func token(byteCount: Int = 32) -> String {
        Base64URL.encode(bytes(byteCount))
    }
}
