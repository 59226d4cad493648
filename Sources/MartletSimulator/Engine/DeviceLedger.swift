import FoundationEssentials
import Synchronization

/// The devices that wait for a person's decision (RFC 8628).
final class DeviceLedger: Sendable {
    /// How long a device may wait, in seconds.
    static let lifetime = 900
    /// How many seconds a device leaves between two questions.
    static let interval = 5

    /// What a device asked for.
    struct Request: Sendable {
        let dialect: String
        let clientID: String
        let scopes: [String]
    }

    /// What the person said.
    enum Decision: Sendable {
        case allowed(Grant)
        case denied
    }

    private struct Waiting {
        let request: Request
        let deviceCode: String
        let userCode: String
        let expires: Date
        var interval: Int
        var lastAsked: Date?
        var decision: Decision?
    }

    private let waiting = Mutex<[Waiting]>([])
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let random: @Sendable (Int) -> [UInt8]

    init(capacity: Int, now: @escaping @Sendable () -> Date, random: @escaping @Sendable (Int) -> [UInt8]) {
        self.capacity = capacity
        self.now = now
        self.random = random
    }

    /// Lets a device wait. The user code has eight consonants, which spell nothing (RFC 8628 section 6.1).
    func start(_ request: Request) -> (deviceCode: String, userCode: String) {
        let letters = Array("BCDFGHJKLMNPQRSTVWXZ")
        let word = String(random(8).map { letters[Int($0) % letters.count] })
        let entry = Waiting(
            request: request, deviceCode: Base64URL.encode(random(32)), userCode: word.prefix(4) + "-" + word.suffix(4),
            expires: now().addingTimeInterval(Double(Self.lifetime)), interval: Self.interval)
        waiting.withLock { waiting in
            waiting.append(entry)
            if waiting.count > capacity { waiting.removeFirst(waiting.count - capacity) }
        }
        return (entry.deviceCode, entry.userCode)
    }

    /// What the device with this user code asked for, while it still waits. Case and hyphens do not matter.
    func request(userCode: String, dialect: String) -> Request? {
        let now = now()
        return waiting.withLock { waiting in
            waiting.first {
                Self.plain($0.userCode) == Self.plain(userCode) && $0.request.dialect == dialect
                    && $0.decision == nil && $0.expires > now
            }?.request
        }
    }

    /// Notes the person's decision.
    func decide(userCode: String, dialect: String, _ decision: Decision) {
        waiting.withLock { waiting in
            guard
                let index = waiting.firstIndex(where: {
                    Self.plain($0.userCode) == Self.plain(userCode) && $0.request.dialect == dialect
                })
            else { return }
            waiting[index].decision = decision
        }
    }

    /// The fault of the login that a device code continues, once the person has decided.
    func grant(deviceCode: String) -> Grant? {
        waiting.withLock { waiting in
            guard case .allowed(let grant) = waiting.first(where: { $0.deviceCode == deviceCode })?.decision else {
                return nil
            }
            return grant
        }
    }

    /// Answers a device that asks (RFC 8628 section 3.5). Who asks too soon must leave five seconds more.
    func ask(deviceCode: String, clientID: String, dialect: String) throws(Refusal) -> Grant {
        let now = now()
        let result = waiting.withLock { waiting -> Result<Grant, Refusal> in
            guard
                let index = waiting.firstIndex(where: {
                    $0.deviceCode == deviceCode && $0.request.clientID == clientID && $0.request.dialect == dialect
                })
            else { return .failure(.deviceCodeUnknown) }
            let entry = waiting[index]
            guard entry.expires > now else { return .failure(.deviceCodeExpired) }
            waiting[index].lastAsked = now
            switch entry.decision {
            case .allowed(let grant):
                waiting.remove(at: index)
                return .success(grant)
            case .denied:
                waiting.remove(at: index)
                return .failure(.accessDenied)
            case nil:
                guard let last = entry.lastAsked, now.timeIntervalSince(last) < Double(entry.interval) else {
                    return .failure(.authorizationPending)
                }
                waiting[index].interval += 5
                return .failure(.slowDown)
            }
        }
        return try result.get()
    }

    private static func plain(_ userCode: String) -> String {
        userCode.uppercased().filter { $0.isLetter }
    }
}
