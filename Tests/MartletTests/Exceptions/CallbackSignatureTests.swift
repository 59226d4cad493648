import Crypto
import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("Signed callbacks")
struct CallbackSignatureTests {
    private static let shop = "marlow.myshopify.com"

    private let harness: Harness

    init() throws {
        var provider = Provider.shopify
        provider.domain = Self.shop
        harness = try Harness(provider)
    }

    private static let parameters = [
        "code": "code-1", "host": "YWRtaW4", "shop": shop, "state": "state-1", "timestamp": "1893456000",
    ]

    private func signed(_ parameters: [String: String], secret: Secret = Harness.clientSecret) -> [String: String] {
        let message = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(message.utf8), using: SymmetricKey(data: Array(secret.reveal().utf8)))
        let text = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return parameters.merging(["hmac": text]) { $1 }
    }

    private func error(_ parameters: [String: String]) async throws -> CallbackError? {
        let pending = try await harness.begin().pending
        do throws(CallbackError) {
            _ = try harness.client.validate(CallbackParameters(parameters), for: pending)
            return nil
        } catch {
            return error
        }
    }

    @Test
    func areAccepted() async throws {
        #expect(try await error(signed(Self.parameters)) == nil)
    }

    /// The vendor's own example, with its secret `hush`.
    @Test
    func areJudgedAsInTheVendorsExample() async throws {
        var provider = Provider.shopify
        provider.domain = "some-shop.myshopify.com"
        let client = try OAuthClient(provider, clientID: "1", clientSecret: "hush", transport: ScriptedTransport())
        let pending = try await client.authorizationRequest(
            redirectURI: Harness.redirectURI, state: "0.6784241404160823"
        ).pending
        let callback = try CallbackParameters(
            parsing:
                "code=0907a61c0c8d55e99db179b68161bc00&hmac=700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf&shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173"
        )
        _ = try client.validate(callback, for: pending)
    }

    @Test
    func areRefusedWithoutTheSignature() async throws {
        #expect(try await error(Self.parameters) == .unproven("it is not signed"))
    }

    @Test(arguments: ["code", "host", "shop", "timestamp"])
    func areRefusedWhenAParameterWasChanged(name: String) async throws {
        var parameters = signed(Self.parameters)
        parameters[name] = "other"
        #expect(try await error(parameters) == .unproven("its signature is wrong"))
    }

    @Test
    func areRefusedWhenAParameterWasAddedOrMoved() async throws {
        var added = signed(Self.parameters)
        added["more"] = "1"
        #expect(try await error(added) == .unproven("its signature is wrong"))
        var moved = signed(Self.parameters)
        moved["code"] = "code-1&host=YWRtaW4"
        moved["host"] = nil
        #expect(try await error(moved) == .unproven("its signature is wrong"))
    }

    @Test
    func areRefusedWhenAnotherSecretSigned() async throws {
        #expect(try await error(signed(Self.parameters, secret: "another")) == .unproven("its signature is wrong"))
    }

    @Test
    func areRefusedForAnotherShop() async throws {
        let parameters = Self.parameters.merging(["shop": "evil.myshopify.com"]) { $1 }
        #expect(try await error(signed(parameters)) == .unproven("it is of another shop"))
    }

    @Test
    func areJudgedByTheirStateFirst() async throws {
        #expect(try await error(signed(Self.parameters.merging(["state": "x"]) { $1 })) == .stateMismatch)
    }

    @Test
    func areJudgedBeforeTheirErrorIsBelieved() async throws {
        #expect(
            try await error(["state": "state-1", "error": "access_denied", "shop": Self.shop])
                == .unproven("it is not signed"))
    }
}
