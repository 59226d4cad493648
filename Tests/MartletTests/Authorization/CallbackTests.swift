import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("Callbacks")
struct CallbackTests {
    private func judge(
        _ parameters: [String: String], at provider: Provider = .github
    ) async throws -> AuthorizationResponse {
        let harness = try Harness(provider)
        let pending = try await harness.begin().pending
        return try harness.client.validate(CallbackParameters(parameters), for: pending)
    }

    private func error(
        _ parameters: [String: String], at provider: Provider = .github
    ) async throws -> CallbackError? {
        do {
            _ = try await judge(parameters, at: provider)
            return nil
        } catch let error as CallbackError {
            return error
        }
    }

    @Test
    func acceptsACodeWithTheStateThatWasSent() async throws {
        #expect(try await error(["code": "c", "state": "state-1"]) == nil)
    }

    @Test(arguments: [nil, "", "null", "state-2", "state-", "state-11", "STATE-1", "state-1 ", "ｓtate-1"])
    func refusesAMissingOrWrongState(state: String?) async throws {
        var parameters = ["code": "c"]
        parameters["state"] = state
        #expect(try await error(parameters) == .stateMismatch)
    }

    @Test
    func refusesAnEmptyStateEvenIfAnEmptyOneWasSent() async throws {
        let harness = try Harness(.github)
        let pending = try await harness.client.authorizationRequest(redirectURI: Harness.redirectURI, state: "").pending
        #expect(throws: CallbackError.stateMismatch) {
            try harness.client.validate(CallbackParameters(["code": "c", "state": ""]), for: pending)
        }
    }

    @Test
    func comparesTheStateBeforeItBelievesAnError() async throws {
        #expect(try await error(["error": "access_denied", "state": "forged"]) == .stateMismatch)
    }

    @Test
    func refusesTheCallbackOfAFlowBegunWithAnotherProvider() async throws {
        let pending = try await Harness(.gitee).begin().pending
        let client = try Harness(.github).client
        #expect(throws: CallbackError.wrongProvider) {
            try client.validate(CallbackParameters(["code": "c", "state": "state-1"]), for: pending)
        }
    }

    @Test(arguments: ["access_denied", "user_cancelled_login", "user_cancelled_authorize"])
    func readsADenial(code: String) async throws {
        #expect(try await error(["error": code, "state": "state-1"]) == .accessDenied)
    }

    @Test
    func reportsAnyOtherErrorEvenBesideACode() async throws {
        let parameters = [
            "error": "server_error", "error_description": "try later", "code": "c", "state": "state-1",
        ]
        #expect(try await error(parameters) == .provider(error: "server_error", description: "try later"))
    }

    @Test
    func ignoresAnEmptyError() async throws {
        #expect(try await error(["error": "", "code": "c", "state": "state-1"]) == nil)
    }

    @Test(arguments: [nil, ""])
    func refusesACallbackWithNeitherACodeNorAnError(code: String?) async throws {
        var parameters = ["state": "state-1"]
        parameters["code"] = code
        #expect(try await error(parameters) == .missingCode)
    }

    @Test(arguments: [Provider.wechatMP, .wechatOpen, .wechatWork, .qq])
    func readsAMissingCodeAsADenialWhereTheVendorMeansThat(provider: Provider) async throws {
        #expect(try await error(["state": "state-1"], at: provider) == .accessDenied)
    }

    @Test(arguments: [
        ["authCode": "a"], ["code": "a"], ["authCode": "a", "code": "b"], ["authCode": "", "code": "a"],
    ])
    func readsDingTalksCodeUnderEitherName(parameters: [String: String]) async throws {
        let harness = try Harness(.dingtalk)
        harness.transport.on(.token, .json(#"{"accessToken":"t"}"#))
        _ = try await harness.client.exchange(try await harness.authorized(parameters: parameters))
        #expect(try harness.request(.token).json?["code"] == .string("a"))
    }

    @Test
    func doesNotReadAnotherVendorsNameOfTheCode() async throws {
        #expect(try await error(["authCode": "a", "state": "state-1"]) == .missingCode)
    }

    // MARK: The issuer in the answer (RFC 9207)

    private func issuerError(_ issuer: String?, isPromised: Bool) async throws -> CallbackError? {
        let harness = try Harness(.openID(id: "example", name: "Example", issuer: "https://id.example"))
        let metadata = OpenIDWorld.metadata.merging(
            .object(["authorization_response_iss_parameter_supported": .bool(isPromised)]))
        harness.transport.on(.discovery, .json(metadata.serialized()))
        let pending = try await harness.begin().pending
        var parameters = ["code": "c", "state": "state-1"]
        parameters["iss"] = issuer
        do throws(CallbackError) {
            _ = try harness.client.validate(CallbackParameters(parameters), for: pending)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [true, false])
    func acceptsTheIssuerThatWasAsked(isPromised: Bool) async throws {
        #expect(try await issuerError("https://id.example", isPromised: isPromised) == nil)
    }

    @Test(arguments: ["https://evil.example", "https://id.example/", "HTTPS://id.example", ""], [true, false])
    func refusesAnotherIssuer(issuer: String, isPromised: Bool) async throws {
        #expect(try await issuerError(issuer, isPromised: isPromised) == .issuerMismatch)
    }

    @Test
    func refusesAMissingIssuerThatWasPromised() async throws {
        #expect(try await issuerError(nil, isPromised: true) == .issuerMissing)
    }

    @Test
    func asksForNoIssuerThatWasNotPromised() async throws {
        #expect(try await issuerError(nil, isPromised: false) == nil)
    }

    @Test
    func ignoresAnIssuerWhereTheProviderHasNone() async throws {
        #expect(try await error(["code": "c", "state": "state-1", "iss": "https://github.com"]) == nil)
    }

    @Test
    func sendsACodeToNoOtherProviderThanItsOwn() async throws {
        let response = try await Harness(.gitee).authorized()
        let other = try Harness(.github)
        let error = try await failure { try await other.client.exchange(response) }
        let reason = "the callback was validated by the client of another provider than github"
        #expect(error == .misconfigured(reason))
        #expect(other.transport.requests.isEmpty)
    }

    // MARK: What is remembered

    @Test
    func remembersAFlowThroughItsStoredForm() async throws {
        let pending = try await Harness(.google).begin().pending
        let stored = try JSONEncoder().encode(pending)
        #expect(try JSONDecoder().decode(PendingAuthorization.self, from: stored) == pending)
    }

    @Test
    func printsNeitherTheCodeNorTheVerifier() async throws {
        let harness = try Harness(.github)
        let pending = try await harness.begin().pending
        let response = try await harness.authorized()
        var dumped = ""
        dump(response, to: &dumped)
        dump(pending, to: &dumped)
        let texts = "\(response) \(pending) \(String(reflecting: response)) \(String(reflecting: pending)) \(dumped)"
        #expect(!texts.contains(Harness.code.reveal()))
        #expect(!texts.contains(try #require(pending.codeVerifier).reveal()))
    }
}
