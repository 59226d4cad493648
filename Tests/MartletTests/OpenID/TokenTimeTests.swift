import FoundationEssentials
import Martlet
import MartletTesting
import Testing

/// `max_age`, `auth_time` and the difference of two clocks (OpenID Connect Core §3.1.2.1, §3.1.3.7).
@Suite("When a person proved themselves, and by whose clock")
struct TokenTimeTests {
    let signer: IDTokenSigner

    init() throws {
        signer = try IDTokenSigner("ES256")
    }

    private func time(_ world: OpenIDWorld, _ offset: Int) -> JSONValue {
        .number(Decimal(Int(world.clock.now.timeIntervalSince1970) + offset))
    }

    @Test
    func isNotAskedForUnlessWanted() async throws {
        let world = try OpenIDWorld(signer)
        let request = try await world.harness.begin()
        #expect(request.url.queryParameters["max_age"] == nil)
        #expect(request.pending.maxAge == nil)
        try await world.signIn(signer)
        try await world.signIn(signer, claims: ["auth_time": time(world, -100_000)])
    }

    @Test(
        arguments: [
            (nil, nil, nil), (300, nil, 300), (nil, "60", 60), (300, "60", 60), (60, "300", 60), (300, "soon", 300),
            (300, "", 300), (nil, "0", 0),
        ] as [(Int?, String?, Int?)])
    func isAskedForByTheEntryOrTheCallerWhicheverIsStricter(
        entry: Int?, caller: String?, asked: Int?
    ) async throws {
        let world = try OpenIDWorld(signer) { $0.maxAge = entry }
        let request = try await world.harness.begin(parameters: caller.map { ["max_age": $0] } ?? [:])
        #expect(request.pending.maxAge == asked)
        #expect(request.url.queryParameters["max_age"] == asked.map(String.init))
    }

    @Test
    func isNotAskedForWithoutAnIDToken() async throws {
        let world = try OpenIDWorld(signer) { $0.maxAge = 300 }
        let request = try await world.harness.begin(scopes: ["profile"])
        #expect(request.url.queryParameters["max_age"] == nil)
        #expect(request.pending.maxAge == nil)
    }

    @Test(arguments: [JSONValue.null, .string("1893456000"), .bool(true)])
    func mustBeSaidWhereItWasAskedFor(time: JSONValue) async throws {
        let world = try OpenIDWorld(signer) { $0.maxAge = 300 }
        #expect(try await world.distrust(signer, claims: ["auth_time": time]) == .missingClaim("auth_time"))
    }

    @Test(arguments: [(0, true), (-359, true), (-360, false), (-100_000, false)])
    func mustNotBeTooLongAgo(offset: Int, isAccepted: Bool) async throws {
        let byEntry = try OpenIDWorld(signer) { $0.maxAge = 300 }
        let byCaller = try OpenIDWorld(signer)
        for (world, parameters) in [(byEntry, [:]), (byCaller, ["max_age": "300"])] {
            let claims = ["auth_time": time(world, offset)]
            if isAccepted {
                try await world.signIn(signer, claims: claims, parameters: parameters)
            } else {
                let error = try await world.distrust(signer, claims: claims, parameters: parameters)
                #expect(error == .wrongClaim("auth_time"))
            }
        }
    }

    @Test
    func survivesTheStoredFormOfAFlow() async throws {
        let pending = try await OpenIDWorld(signer) { $0.maxAge = 300 }.harness.begin().pending
        let stored = try JSONEncoder().encode(pending)
        #expect(try JSONDecoder().decode(PendingAuthorization.self, from: stored).maxAge == 300)
    }

    @Test
    func isMissingFromFlowsThatWereStoredBeforeThisWasKept() throws {
        let pending = try SampleAuthorization.pending(providerID: "example")
        #expect(pending.maxAge == nil)
        #expect(pending.providerID == "example")
    }

    // MARK: Clocks

    @Test(
        arguments: [
            (0, "exp", 1, nil), (0, "exp", 0, IDTokenError.expired), (0, "iat", -1, nil), (0, "iat", 0, .notYetValid),
            (5, "exp", -4, nil), (5, "exp", -5, .expired), (5, "iat", 4, nil), (5, "iat", 5, .notYetValid),
            (5, "nbf", 4, nil), (5, "nbf", 5, .notYetValid), (300, "exp", -299, nil), (300, "exp", -300, .expired),
        ] as [(Int, String, Int, IDTokenError?)])
    func mayDifferAsMuchAsTheEntrySays(skew: Int, claim: String, offset: Int, expected: IDTokenError?) async throws {
        let world = try OpenIDWorld(signer) { $0.clockSkew = skew }
        let claims = ["iat": time(world, -600)].merging([claim: time(world, offset)]) { $1 }
        if let expected {
            #expect(try await world.distrust(signer, claims: claims) == expected)
        } else {
            try await world.signIn(signer, claims: claims)
        }
    }
}
