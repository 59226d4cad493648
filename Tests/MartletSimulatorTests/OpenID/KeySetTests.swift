import HTTPTypes
import MartletSimulator
import Testing

@Suite struct KeySetTests {
    private func change(_ visitor: Visitor, _ body: String) async throws -> Int {
        try await visitor.send(.put, "simulator/openid/keys", body: body).status
    }

    @Test func rotatesAndKeepsTheOldKeysOrNot() async throws {
        try await Bench().run { visitor async throws in
            let before = try await visitor.idToken()
            #expect(before.header["kid"] == "simulator-rs256")
            #expect(try await change(visitor, #"{"rotate":true,"keepOld":true}"#) == 204)
            let after = try await visitor.idToken()
            #expect(after.header["kid"] == "simulator-2-rs256")
            let both = try await visitor.keys()
            #expect(both["keys"]?.count == 20)
            #expect(try before.isSigned(by: both))
            #expect(try after.isSigned(by: both))
            #expect(try await change(visitor, #"{"rotate":true}"#) == 204)
            let alone = try await visitor.keys()
            #expect(alone["keys"]?.count == 10)
            #expect(!after.names(keyIn: alone))
            #expect(try await visitor.idToken().isSigned(by: alone))
            let google = try await visitor.get("www.googleapis.com/oauth2/v3/certs").json()
            #expect(google["keys"]?[0]?["kid"] == "simulator-3-rs256")
        }
    }

    @Test func changesTheKeysJustBeforeSigning() async throws {
        try await Bench().run { visitor async throws in
            let cached = try await visitor.keys()
            let token = try await visitor.idToken(fault: "rotateBeforeSigning")
            #expect(!token.names(keyIn: cached))
            #expect(try token.isSigned(by: try await visitor.keys()))
        }
    }

    @Test func leavesOutKeyIdentifiers() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await change(visitor, #"{"omitKid":true,"algorithms":["RS256"],"unusable":["mlDSA"]}"#) == 204)
            let keys = try await visitor.keys()
            #expect(keys["keys"]?.count == 2)
            #expect(keys["keys"]?[0]?["kid"] == nil)
            #expect(keys["keys"]?[1]?["kid"] == nil)
            let token = try await visitor.idToken()
            #expect(token.header["kid"] == nil)
            #expect(try token.isSigned(by: ["keys": [try #require(keys["keys"]?[1])]]))
            #expect(try await change(visitor, #"{"cacheControl":"max-age=9"}"#) == 204)
            #expect(try await visitor.keys()["keys"]?.count == 2)
            #expect(try await visitor.send(.delete, "simulator/openid/keys").status == 204)
            let restored = try await visitor.get("openid/jwks")
            #expect(try restored.json()["keys"]?.count == 10)
            #expect(restored.headers[.cacheControl] == nil)
        }
    }

    @Test(arguments: [
        ("unknownKty", "kty", "XYZ"), ("unknownCrv", "crv", "P-999"), ("unknownAlg", "alg", "RS1024"),
        ("mlDSA", "kty", "AKP"), ("encryption", "use", "enc"), ("shortRSA", "alg", "RS256"),
        ("malformed", "n", "*not base64*"),
    ])
    func addsKeysThatNobodyCanUse(name: String, member: String, value: String) async throws {
        try await Bench().run { visitor async throws in
            #expect(try await change(visitor, #"{"unusable":["\#(name)"]}"#) == 204)
            let keys = try await visitor.keys()
            #expect(keys["keys"]?.count == 11)
            #expect(keys["keys"]?[0]?[member]?.string == value)
            #expect(keys["keys"]?[0]?["kid"]?.string == "unusable-" + name)
            #expect(try await visitor.idToken().isSigned(by: keys))
        }
    }

    @Test func makesTheShortKeyShort() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await change(visitor, #"{"unusable":["shortRSA"]}"#) == 204)
            let modulus = try #require(try await visitor.keys()["keys"]?[0]?["n"]?.string)
            #expect(try IDTokenReader.bytes(modulus).count == 128)
        }
    }

    @Test func saysForHowLongToKeepTheKeys() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            bench.simulator.keySet = .init(cacheControl: "max-age=60")
            #expect(try await visitor.get("openid/jwks").headers[.cacheControl] == "max-age=60")
            #expect(try await change(visitor, #"{"cacheControl":""}"#) == 204)
            #expect(try await visitor.get("openid/jwks").headers[.cacheControl] == nil)
        }
    }

    @Test(arguments: ["", "[]", #"{"unusable":["unheardOf"]}"#, #"{"algorithms":["none"]}"#, #"{"rotate":1}"#])
    func refusesAChangeThatMakesNoSense(body: String) async throws {
        try await Bench().run { visitor async throws in
            #expect(try await change(visitor, body) == 400)
            #expect(try await visitor.keys()["keys"]?.count == 10)
        }
    }
}

@Suite struct MetadataTests {
    private let path = "openid/.well-known/openid-configuration"

    @Test func namesWhatIsOffered() async throws {
        try await Bench().run { visitor async throws in
            let metadata = try await visitor.get(path).json()
            #expect(metadata["pushed_authorization_request_endpoint"] == "http://localhost/openid/par")
            for name in [
                "request_parameter_supported", "backchannel_logout_supported", "backchannel_logout_session_supported",
                "frontchannel_logout_supported", "frontchannel_logout_session_supported",
            ] {
                #expect(metadata[name] == true, "\(name)")
            }
            #expect(metadata["request_uri_parameter_supported"] == false)
            let algorithms = Set(SignatureAlgorithm.allCases.map(\.rawValue))
            #expect(Set(metadata["id_token_signing_alg_values_supported"]?.texts ?? []) == algorithms)
            #expect(
                Set(metadata["dpop_signing_alg_values_supported"]?.texts ?? []) == algorithms.subtracting(["HS256"]))
            #expect(metadata["token_endpoint_auth_methods_supported"]?.texts.contains("private_key_jwt") == true)
        }
    }

    @Test func changesMembersAndRemovesThem() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let body = #"{"issuer":"https://other.example","jwks_uri":null,"mtls_endpoint_aliases":{"a":["b",1,true]}}"#
            let put = try await visitor.send(
                .put, "simulator/openid/metadata", query: ["cacheControl": "max-age=5"], body: body)
            #expect(put.status == 204)
            let answer = try await visitor.get(path)
            #expect(answer.headers[.cacheControl] == "max-age=5")
            let metadata = try answer.json()
            #expect(metadata["issuer"] == "https://other.example")
            #expect(metadata["jwks_uri"] == nil)
            #expect(metadata["mtls_endpoint_aliases"] == ["a": ["b", 1, true]])
            #expect(metadata["token_endpoint"] == "http://localhost/openid/token")
            #expect(bench.simulator.changeMetadata(#"{"jwks_uri":"x"}"#))
            #expect(!bench.simulator.changeMetadata("[]"))
            let changed = try await visitor.get(path)
            #expect(try changed.json()["issuer"]?.string == Place.issuer)
            #expect(try changed.json()["jwks_uri"] == "x")
            #expect(changed.headers[.cacheControl] == nil)
            #expect(try await visitor.send(.delete, "simulator/openid/metadata").status == 204)
            #expect(try await visitor.get(path).json()["jwks_uri"] == "http://localhost/openid/jwks")
            #expect(try await visitor.send(.put, "simulator/openid/metadata", body: "1").status == 400)
        }
    }

    @Test func answersAtTheAddressesOfTheAliases() async throws {
        try await Bench().run { visitor async throws in
            let code = try await visitor.code(Place.authorize, Place.challenge)
            let tokens = try await visitor.post("openid/mtls/token", visitor.exchange(code)).json()
            let access = try #require(tokens["access_token"]?.string)
            #expect(try await visitor.get("openid/mtls/userinfo", headers: Visitor.bearer(access)).status == 200)
        }
    }
}
