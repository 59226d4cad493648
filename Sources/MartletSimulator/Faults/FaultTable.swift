import Synchronization

/// A fault as it strikes one call.
struct Strike: Sendable, Equatable {
    let fault: Fault
    /// How late a `slow` answer is.
    var delay: Duration = .seconds(2)
}

/// The faults that strike every call at a step, until they are taken away.
final class FaultTable: Sendable {
    /// A step of a dialect's login.
    struct Place: Sendable, Hashable {
        let dialect: String
        let step: Fault.Step
    }

    private let strikes = Mutex<[Place: Strike]>([:])

    /// Sets the fault of a place, or takes it away.
    func set(_ strike: Strike?, at place: Place) {
        strikes.withLock { $0[place] = strike }
    }

    /// Takes all faults away.
    func clear() {
        strikes.withLock { $0 = [:] }
    }

    /// Everything that is set.
    var all: [Place: Strike] {
        strikes.withLock { $0 }
    }

    /// The fault that strikes a call: the login's own first, then what is set for the place.
    func strike(dialect: String, steps: [Fault.Step], login: LoginFault?) -> Strike? {
        if let login, steps.contains(where: login.strikes) { return Strike(fault: login.fault) }
        return strikes.withLock { table in
            for step in steps {
                if let strike = table[Place(dialect: dialect, step: step)] { return strike }
            }
            return nil
        }
    }
}
