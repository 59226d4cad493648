public import MartletAccounts

/// What every ``MartletAccounts/AccountStore`` must do, as checks that a test runs one by one:
///
/// ```swift
/// @Test(arguments: StoreContract.checks)
/// func keepsTheContract(_ check: StoreContract.Check) async throws {
///     try await StoreContract { try MyStore() }.run(check)
/// }
/// ```
public struct StoreContract: Sendable {
    /// One thing that a store must do, named after it.
    public struct Check: Sendable, CustomStringConvertible {
        /// What a store does that passes.
        public let name: String
        let body: @Sendable (ContractWorld) async throws -> Void

        init(_ name: String, _ body: @escaping @Sendable (ContractWorld) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// The name.
        public var description: String { name }
    }

    /// All checks.
    public static let checks: [Check] =
        signInChecks + linkingChecks + bindingChecks + redemptionChecks + sessionChecks + recentChecks + userChecks
        + providerSessionChecks + providerNewsChecks + tokenChecks + onceChecks + raceChecks + housekeepingChecks

    private let makeStore: @Sendable () async throws -> any AccountStore

    /// Makes the contract for a kind of store.
    ///
    /// - Parameter makeStore: gives an empty store for each check.
    public init(makeStore: @escaping @Sendable () async throws -> any AccountStore) {
        self.makeStore = makeStore
    }

    /// Runs one check on a new store.
    ///
    /// - Throws: ``ContractViolation`` if the store does not do what the check names, and whatever the store throws.
    public func run(_ check: Check) async throws {
        try await check.body(ContractWorld(store: try await makeStore()))
    }
}

/// What a store did against the contract.
public struct ContractViolation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened.
    public let description: String

    /// Makes a violation.
    public init(_ description: String) {
        self.description = description
    }
}

/// Throws unless a condition holds.
func expect(_ condition: Bool, _ violation: @autoclosure () -> String) throws(ContractViolation) {
    guard condition else { throw ContractViolation(violation()) }
}

/// Throws unless two values are equal; the text tells both.
func expectEqual<Value: Equatable>(
    _ actual: Value, _ expected: Value, _ subject: @autoclosure () -> String
) throws(ContractViolation) {
    guard actual == expected else {
        throw ContractViolation("\(subject()): expected \(expected), but it is \(actual)")
    }
}
