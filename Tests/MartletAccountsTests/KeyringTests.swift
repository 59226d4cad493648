import Martlet
import MartletAccounts
import MartletTesting
import Testing

@Suite("The keyring")
struct KeyringTests {
    let random = SeededRandom()

    private func keyring(_ secrets: Secret...) throws -> Keyring {
        try Keyring(secrets: secrets, random: random.source)
    }

    @Test(arguments: [0, 1, 1000])
    func opensWhatItSealed(count: Int) throws {
        let ring = try keyring(Keyring.generateSecret())
        let plaintext = random.bytes(count)
        let sealed = ring.seal(plaintext, purpose: .flowCookie, context: "context")
        #expect(ring.open(sealed, purpose: .flowCookie, context: "context") == plaintext)
        #expect(
            sealed.utf8.allSatisfy {
                "-_".utf8.contains($0) || Character(Unicode.Scalar($0)).isLetter || (48...57).contains($0)
            })
    }

    @Test
    func sealsTheSameTextDifferentlyEachTime() throws {
        let ring = try keyring(Keyring.generateSecret())
        let texts = (0..<100).map { _ in ring.seal([1, 2, 3], purpose: .flowCookie, context: "") }
        #expect(Set(texts).count == 100)
    }

    @Test
    func opensNothingOfAnotherPurposeContextOrRing() throws {
        let ring = try keyring(Keyring.generateSecret())
        let other = try keyring(Keyring.generateSecret())
        let sealed = ring.seal([1, 2, 3], purpose: .flowCookie, context: "context")
        for purpose in KeyPurpose.allCases where purpose != .flowCookie {
            #expect(ring.open(sealed, purpose: purpose, context: "context") == nil)
        }
        #expect(ring.open(sealed, purpose: .flowCookie, context: "contexts") == nil)
        #expect(ring.open(sealed, purpose: .flowCookie, context: "") == nil)
        #expect(other.open(sealed, purpose: .flowCookie, context: "context") == nil)
    }

    @Test
    func opensNothingThatWasAlteredInAnyCharacter() throws {
        let ring = try keyring(Keyring.generateSecret())
        let sealed = Array(ring.seal(Array("text".utf8), purpose: .flowCookie, context: "").utf8)
        for index in sealed.indices {
            var altered = sealed
            altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: altered, as: UTF8.self)
            #expect(ring.open(text, purpose: .flowCookie, context: "") == nil, "character \(index)")
        }
    }

    @Test
    func opensNothingThatWasCutOrLengthened() throws {
        let ring = try keyring(Keyring.generateSecret())
        let bytes = try #require(Base64URL.decode(ring.seal([1, 2, 3], purpose: .flowCookie, context: "")))
        for count in 0..<bytes.count {
            let cut = Base64URL.encode(bytes.prefix(count))
            #expect(ring.open(cut, purpose: .flowCookie, context: "") == nil, "\(count) bytes")
        }
        #expect(ring.open(Base64URL.encode(bytes + [0]), purpose: .flowCookie, context: "") == nil)
    }

    @Test(arguments: ["", "=", "not base64!", "AA==", "é", String(repeating: "A", count: 5)])
    func opensNothingThatItNeverMade(text: String) throws {
        let ring = try keyring(Keyring.generateSecret())
        #expect(ring.open(text, purpose: .flowCookie, context: "") == nil)
    }

    @Test
    func acceptsOlderSecretsAndUsesTheNewest() throws {
        let old = Keyring.generateSecret()
        let new = Keyring.generateSecret()
        let before = try keyring(old)
        let rotated = try keyring(new, old)
        let after = try keyring(new)

        let sealedBefore = before.seal([1], purpose: .flowCookie, context: "")
        #expect(rotated.open(sealedBefore, purpose: .flowCookie, context: "") == [1])
        #expect(after.open(sealedBefore, purpose: .flowCookie, context: "") == nil)
        let sealedDuring = rotated.seal([2], purpose: .flowCookie, context: "")
        #expect(after.open(sealedDuring, purpose: .flowCookie, context: "") == [2])
        #expect(before.open(sealedDuring, purpose: .flowCookie, context: "") == nil)

        let macBefore = before.mac([1], purpose: .flowState)
        #expect(rotated.isValidMAC(macBefore, for: [1], purpose: .flowState))
        #expect(!after.isValidMAC(macBefore, for: [1], purpose: .flowState))
        #expect(rotated.mac([1], purpose: .flowState) == after.mac([1], purpose: .flowState))
    }

    @Test
    func acceptsAMACWholeOrCutToSixteenBytesOnly() throws {
        let ring = try keyring(Keyring.generateSecret())
        let mac = ring.mac([1, 2], purpose: .flowState)
        #expect(mac.count == 32)
        for count in 0...32 {
            let isValid = ring.isValidMAC(Array(mac.prefix(count)), for: [1, 2], purpose: .flowState)
            #expect(isValid == (count == 16 || count == 32), "\(count) bytes")
        }
        #expect(!ring.isValidMAC(mac + [0], for: [1, 2], purpose: .flowState))
    }

    @Test
    func refusesAMACOfAnotherMessageOrPurpose() throws {
        let ring = try keyring(Keyring.generateSecret())
        let mac = ring.mac([1, 2], purpose: .flowState)
        #expect(!ring.isValidMAC(mac, for: [1, 3], purpose: .flowState))
        #expect(!ring.isValidMAC(mac, for: [1, 2], purpose: .sessionToken))
        var altered = mac
        altered[31] ^= 1
        #expect(!ring.isValidMAC(altered, for: [1, 2], purpose: .flowState))
    }

    @Test
    func needsASecret() {
        #expect(throws: KeyringError.noSecrets) { try Keyring(secrets: []) }
        #expect(KeyringError.noSecrets.description == "at least one secret is needed")
    }

    @Test(arguments: [
        "", "short", "not base64 at all, though it is long enough for it", String(repeating: "A", count: 42),
    ])
    func refusesASecretThatIsWeakOrMalformed(text: String) {
        let error = KeyringError.unusableSecret(position: 2)
        #expect(throws: error) { try Keyring(secrets: [Keyring.generateSecret(), Secret(text)]) }
        #expect(text.isEmpty || !error.description.contains(text))
    }

    @Test
    func showsNoneOfItsSecrets() throws {
        let secret = Keyring.generateSecret(random: random.source)
        let ring = try keyring(secret)
        var dumped = ""
        dump(ring, to: &dumped)
        for text in ["\(ring)", String(reflecting: ring), dumped] {
            #expect(!text.contains(secret.reveal()))
            #expect(!text.contains("SymmetricKey"))
        }
    }

    @Test
    func sealsNothingWithABrokenSourceOfRandomness() throws {
        let ring = try Keyring(secrets: [Keyring.generateSecret()], random: RandomSource { _ in [] })
        let sealed = ring.seal([1], purpose: .flowCookie, context: "")
        #expect(sealed.isEmpty)
        #expect(ring.open(sealed, purpose: .flowCookie, context: "") == nil)
    }

    @Test
    func makesSecretsThatItAccepts() throws {
        let secrets = (0..<10).map { _ in Keyring.generateSecret() }
        #expect(Set(secrets).count == 10)
        _ = try Keyring(secrets: secrets)
    }
}
