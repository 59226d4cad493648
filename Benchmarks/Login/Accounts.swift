import Foundation
import Martlet
import MartletAccounts
import Synchronization

/// The facts of common logins.
enum LinkingCases {
    /// Somebody who is known, somebody unknown, an email that a user has, and a link that a user asked for.
    static let all: [LinkingFacts] = [
        LinkingFacts(purpose: .signIn, owner: .init(userID: user, isEnabled: true), emailIsVerified: true),
        LinkingFacts(purpose: .signIn, emailIsVerified: true),
        LinkingFacts(purpose: .signIn, verifiedEmailOwner: .init(userID: user), emailIsVerified: true),
        LinkingFacts(
            purpose: .bind(userID: user, sessionID: session),
            currentSession: .init(userID: user, sessionID: session)),
    ]

    private static let user = UserID(rawValue: 7)
    private static let session = SessionID(random: .system)
}

/// Sessions in a store, that are looked up in turn.
final class SessionLookup: Sendable {
    private static let count = 1000

    private let store: any AccountStore
    private let tokens: [SessionToken]
    private let latest = Atomic(0)

    /// Signs as many people in.
    init(_ store: any AccountStore) async throws {
        self.store = store
        var tokens: [SessionToken] = []
        for person in 0..<Self.count {
            let token = SessionToken(random: .system)
            _ = try await store.completeFlow(Self.login(of: person, token), now: World.now())
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// Whose the next session is.
    ///
    /// - Parameter folder: where the store has its files, kept as long as they are in use.
    func next(keeping folder: TemporaryFolder? = nil) async throws -> SignedInUser {
        let place = latest.add(1, ordering: .relaxed).newValue % Self.count
        guard let found = try await store.session(tokenHash: tokens[place].hash, now: World.now()) else {
            throw CancellationError()
        }
        return found
    }

    private static func login(of person: Int, _ token: SessionToken) -> FlowCompletion {
        let moment = World.now().addingTimeInterval(300)
        return FlowCompletion(
            flowID: FlowID(random: .system), purpose: .signIn, providerID: "example", rememberedUntil: moment,
            profile: UserProfile(
                subject: "\(person)", username: "person-\(person)", name: "Person \(person)",
                email: Email("person-\(person)@example.com", isVerified: true),
                avatar: "https://images.example/\(person)"),
            providerTrustedForEmail: false, policy: LinkingPolicy(), currentSessionTokenHash: nil,
            newSession: NewSession(
                id: SessionID(random: .system), tokenHash: token.hash,
                expiresAt: World.now().addingTimeInterval(86_400),
                userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                address: "192.0.2.7"),
            pendingBinding: NewPendingBinding(
                tokenHash: BindingToken(random: .system).hash, expiresAt: moment,
                browserBindingHash: BindingToken(random: .system).hash))
    }
}

/// A folder that is removed with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        path = folder.path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
