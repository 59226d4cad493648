import Synchronization

/// How often the provider was asked, and how often it refused.
final class Counts: Sendable {
    let authorizations = Atomic(0)
    let tokens = Atomic(0)
    let userInfos = Atomic(0)
    let withoutPKCE = Atomic(0)
    private let refusals = Mutex<[Refusal: Int]>([:])

    func count(_ refusal: Refusal) {
        refusals.withLock { $0[refusal, default: 0] += 1 }
    }

    var json: String {
        let refused = refusals.withLock { counted in
            Refusal.allCases.map { "\"\($0.rawValue)\":\(counted[$0] ?? 0)" }.joined(separator: ",")
        }
        return """
            {"authorize":\(authorizations.load(ordering: .relaxed)),"token":\(tokens.load(ordering: .relaxed)),\
            "userinfo":\(userInfos.load(ordering: .relaxed)),"withoutPKCE":\(withoutPKCE.load(ordering: .relaxed)),\
            "refused":{\(refused)}}
            """
    }
}
