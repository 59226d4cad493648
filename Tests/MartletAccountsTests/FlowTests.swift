import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@Suite("Flow states")
struct FlowStateTests {
    let clock = FixedClock()
    let random = SeededRandom()
    let keyring: Keyring

    init() throws {
        keyring = try Keyring(secrets: [Keyring.generateSecret(random: random.source)])
    }

    private var states: FlowStates {
        FlowStates(keyring: keyring, now: clock.read, random: random.source)
    }

    @Test
    func readsWhatItIssued() throws {
        let (id, state) = states.issue(providerID: "alpha")
        #expect(state.utf8.count == 54)
        #expect(try states.read(state, providerID: "alpha") == id)
    }

    @Test
    func issuesADifferentStateEachTime() {
        #expect(Set((0..<100).map { _ in states.issue(providerID: "alpha").state }).count == 100)
    }

    @Test(arguments: ["beta", "alph", "alphaa", "Alpha", ""])
    func refusesTheStateOfAnotherProvider(providerID: String) {
        let (_, state) = states.issue(providerID: "alpha")
        #expect(throws: FlowError.invalid) { try states.read(state, providerID: providerID) }
    }

    @Test
    func refusesAStateThatWasAlteredInAnyCharacter() {
        let state = Array(states.issue(providerID: "alpha").state.utf8)
        for index in state.indices {
            for replacement in "AB_9".utf8 where replacement != state[index] {
                var altered = state
                altered[index] = replacement
                let text = String(decoding: altered, as: UTF8.self)
                #expect(throws: FlowError.invalid, "character \(index)") {
                    try states.read(text, providerID: "alpha")
                }
            }
        }
    }

    @Test(arguments: ["", "null", "=", "A", String(repeating: "A", count: 54), String(repeating: "A", count: 4000)])
    func refusesAStateThatItNeverIssued(state: String) {
        #expect(throws: FlowError.invalid) { try states.read(state, providerID: "alpha") }
    }

    @Test
    func refusesAStateThatWasCutPaddedOrLengthened() {
        let (_, state) = states.issue(providerID: "alpha")
        for text in [String(state.dropLast()), state + "A", state + "=", state + "==", " " + state, state + "\n"] {
            #expect(throws: FlowError.invalid) { try states.read(text, providerID: "alpha") }
        }
    }

    @Test
    func refusesTheStateOfAnotherKeyring() throws {
        let other = FlowStates(keyring: try Keyring(secrets: [Keyring.generateSecret()]), now: clock.read)
        let (_, state) = other.issue(providerID: "alpha")
        #expect(throws: FlowError.invalid) { try states.read(state, providerID: "alpha") }
    }

    @Test
    func readsAStateIssuedBeforeAKeyRotation() throws {
        let old = Keyring.generateSecret()
        let before = FlowStates(keyring: try Keyring(secrets: [old]), now: clock.read)
        let after = FlowStates(keyring: try Keyring(secrets: [Keyring.generateSecret(), old]), now: clock.read)
        let (id, state) = before.issue(providerID: "alpha")
        #expect(try after.read(state, providerID: "alpha") == id)
    }

    @Test
    func readsAStateForFiveMinutes() throws {
        let (id, state) = states.issue(providerID: "alpha")
        clock.advance(by: 300)
        #expect(try states.read(state, providerID: "alpha") == id)
        clock.advance(by: 1)
        #expect(throws: FlowError.expired) { try states.read(state, providerID: "alpha") }
    }

    @Test
    func tellsAnAlteredStateFromAnOldOne() {
        let (_, state) = states.issue(providerID: "alpha")
        clock.advance(by: 1000)
        #expect(throws: FlowError.expired) { try states.read(state, providerID: "alpha") }
        #expect(throws: FlowError.invalid) { try states.read(state, providerID: "beta") }
    }

    @Test
    func toleratesAClockThatIsAMinuteBehindAndNoMore() throws {
        let (id, state) = states.issue(providerID: "alpha")
        clock.advance(by: -60)
        #expect(try states.read(state, providerID: "alpha") == id)
        clock.advance(by: -1)
        #expect(throws: FlowError.invalid) { try states.read(state, providerID: "alpha") }
    }
}

@Suite("Sealed flows")
struct FlowSealerTests {
    let clock = FixedClock()
    let random = SeededRandom()
    let sealer: FlowSealer

    init() throws {
        sealer = FlowSealer(keyring: try Keyring(secrets: [Keyring.generateSecret()]), now: clock.read)
    }

    private func flow(
        purpose: FlowPurpose = .signIn, landing: String = "/after?a=1", startedAt: Date? = nil
    ) throws -> Flow {
        Flow(
            id: FlowID(random: random.source), purpose: purpose,
            pending: try SampleAuthorization.pending(providerID: "alpha"), landing: landing,
            startedAt: startedAt ?? clock.now)
    }

    @Test
    func opensWhatItSealed() throws {
        let session = SessionID(random: random.source)
        for purpose in [FlowPurpose.signIn, .bind(userID: UserID(rawValue: 7), sessionID: session)] {
            let flow = try flow(purpose: purpose)
            let text = try sealer.seal(flow)
            #expect(try sealer.open(text, id: flow.id, providerID: "alpha") == flow)
            #expect(text.utf8.count < 1500)
        }
    }

    /// Browsers keep no cookie whose name and value have more than 4,096 bytes.
    @Test(arguments: ["", "/#a", "/?a=1&b=%26#c=%23", "/" + String(repeating: "%E6", count: 682)])
    func keepsAnyLandingInACookie(landing: String) throws {
        let flow = try flow(landing: landing)
        let text = try sealer.seal(flow)
        #expect(try sealer.open(text, id: flow.id, providerID: "alpha") == flow)
        #expect(text.utf8.count < 4000)
    }

    @Test
    func opensNothingOfAnotherFlowOrProvider() throws {
        let flow = try flow()
        let text = try sealer.seal(flow)
        let otherID = FlowID(random: random.source)
        #expect(throws: FlowError.invalid) { try sealer.open(text, id: otherID, providerID: "alpha") }
        #expect(throws: FlowError.invalid) { try sealer.open(text, id: flow.id, providerID: "beta") }
    }

    @Test(arguments: ["", "null", "AAAA", String(repeating: "A", count: 100)])
    func opensNothingThatItNeverSealed(text: String) {
        let id = FlowID(random: random.source)
        #expect(throws: FlowError.invalid) { try sealer.open(text, id: id, providerID: "alpha") }
    }

    @Test
    func opensNothingSealedWithAnotherKeyring() throws {
        let flow = try flow()
        let other = FlowSealer(keyring: try Keyring(secrets: [Keyring.generateSecret()]), now: clock.read)
        let text = try other.seal(flow)
        #expect(throws: FlowError.invalid) { try sealer.open(text, id: flow.id, providerID: "alpha") }
    }

    @Test
    func opensAFlowForFiveMinutes() throws {
        let flow = try flow()
        let text = try sealer.seal(flow)
        clock.advance(by: 300)
        #expect(try sealer.open(text, id: flow.id, providerID: "alpha") == flow)
        clock.advance(by: 1)
        #expect(throws: FlowError.expired) { try sealer.open(text, id: flow.id, providerID: "alpha") }
    }

    @Test
    func sealsNoFlowWithoutAStart() throws {
        let flow = try flow(startedAt: Date(timeIntervalSince1970: .infinity))
        #expect(throws: FlowError.invalid) { try sealer.seal(flow) }
    }

    @Test
    func saysWhatIsWrong() {
        #expect(FlowError.invalid.description == "the state is not valid")
        #expect(FlowError.expired.description == "the state has expired")
    }
}
