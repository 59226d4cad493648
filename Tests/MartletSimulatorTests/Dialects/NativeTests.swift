import Foundation
import HTTPTypes
import Testing

/// What phones and browsers get without a redirection, and what Apple tells servers.
@Suite struct NativeTests {
    private func post(_ visitor: Visitor, _ path: String, _ body: [String: String]) async throws -> Answer {
        try await visitor.post("simulator/" + path, json: body)
    }

    @Test func givesAnAppATokenWithTheNonceAsSent() async throws {
        try await Bench().run { visitor async throws in
            let body = ["client_id": "com.example.app", "person": "mei", "nonce": "0a1b+/="]
            let first = try await post(visitor, "apple/native-token", body).json()
            let reader = try IDTokenReader(try #require(first["idToken"]?.string))
            #expect(try reader.isSigned(by: try await visitor.get("appleid.apple.com/auth/keys").json()))
            #expect(reader.claims["aud"] == "com.example.app")
            #expect(reader.claims["nonce"] == "0a1b+/=")
            #expect(reader.claims["at_hash"] == nil)
            let code = try #require(first["authorizationCode"]?.string)
            #expect(reader.claims["c_hash"]?.string == IDTokenReader.hash(code, isHalf: true))
            #expect(first["user"] == reader.claims["sub"])
            #expect(first["fullName"] == .object(["givenName": "Mei", "familyName": "Tanaka"]))
            #expect(first["email"] == reader.claims["email"])
            let second = try await post(visitor, "apple/native-token", body).json()
            #expect(second["fullName"] == nil)
            #expect(second["email"] == nil)
            #expect(second["user"] == first["user"])
        }
    }

    @Test func exchangesAnAppsCodeWithoutARedirectURI() async throws {
        try await Bench().run { visitor async throws in
            let answer = try await post(visitor, "apple/native-token", ["client_id": "app", "person": "ada"]).json()
            let form = [
                "grant_type": "authorization_code", "code": answer["authorizationCode"]?.string ?? "",
                "client_id": "app", "client_secret": try AppleSigner().secret(),
            ]
            let tokens = try await visitor.post("appleid.apple.com/auth/token", form).json()
            #expect(tokens["refresh_token"] != nil)
            let claims = try IDTokenReader(try #require(tokens["id_token"]?.string)).claims
            #expect(claims["sub"] == answer["user"])
        }
    }

    @Test func givesAPageTheCredentialOfOneTap() async throws {
        try await Bench().run { visitor async throws in
            let body = ["client_id": "app", "person": "ada", "nonce": "n"]
            let credential = try await post(visitor, "google/credential", body).json()["credential"]
            let reader = try IDTokenReader(try #require(credential?.string))
            #expect(try reader.isSigned(by: try await visitor.get("www.googleapis.com/oauth2/v3/certs").json()))
            #expect(reader.claims["iss"] == "http://localhost/accounts.google.com")
            #expect(reader.claims["aud"] == "app")
            #expect(reader.claims["azp"] == "app")
            #expect(reader.claims["nonce"] == "n")
            #expect(reader.claims["email"] == "ada@example.com")
            #expect(reader.claims["at_hash"] == nil)
            let bare = try await post(visitor, "google/credential", ["client_id": "app", "person": "ada"]).json()
            let claims = try IDTokenReader(try #require(bare["credential"]?.string)).claims
            #expect(claims["nonce"] == nil)
        }
    }

    @Test(arguments: [("apple/native-token", "idToken"), ("google/credential", "credential")])
    func distortsATokenOnDemand(path: String, member: String) async throws {
        try await Bench().run { visitor async throws in
            let body = ["client_id": "app", "person": "ada", "fault": "wrongAudience"]
            let answer = try await post(visitor, path, body).json()
            #expect(try IDTokenReader(try #require(answer[member]?.string)).claims["aud"] == "app-of-somebody-else")
        }
    }

    @Test(arguments: [
        ["person": "ada"], ["client_id": "", "person": "ada"], ["client_id": "app", "person": "nobody"],
        ["client_id": "app", "person": "ada", "fault": "unheardOf"],
        ["client_id": "app", "person": "ada", "fault": "wrongState"],
    ])
    func refusesWhatItCannotDo(body: [String: String]) async throws {
        try await Bench().run { visitor async throws in
            #expect(try await post(visitor, "apple/native-token", body).status == 400)
            #expect(try await post(visitor, "google/credential", body).status == 400)
        }
    }

    // MARK: Notifications

    private func notification(_ visitor: Visitor, _ body: [String: String]) async throws -> IDTokenReader {
        let whole = ["client_id": "app", "person": "mei"].merging(body) { $1 }
        let payload = try await post(visitor, "apple/notification", whole).json()["payload"]
        return try IDTokenReader(try #require(payload?.string))
    }

    private func event(of reader: IDTokenReader) throws -> Value {
        let text = try #require(reader.claims["events"]?.string)
        return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    @Test(arguments: [
        ("email-disabled", true), ("email-enabled", true), ("consent-revoked", false), ("account-delete", false),
        ("account-deleted", false),
    ])
    func saysWhatHappenedInAText(type: String, hasEmail: Bool) async throws {
        try await Bench().run { visitor async throws in
            let reader = try await notification(visitor, ["type": type])
            #expect(try reader.isSigned(by: try await visitor.get("appleid.apple.com/auth/keys").json()))
            #expect(reader.claims["iss"] == "http://localhost/appleid.apple.com")
            #expect(reader.claims["aud"] == "app")
            #expect(reader.claims["iat"] == 1_800_000_000)
            #expect(reader.claims["jti"]?.string?.isEmpty == false)
            let event = try event(of: reader)
            #expect(event["type"]?.string == type)
            #expect(event["event_time"] == 1_800_000_000_000)
            #expect(event["sub"]?.string?.hasPrefix("006502.") == true)
            #expect((event["email"]?.string?.hasSuffix("@privaterelay.appleid.com") == true) == hasEmail)
            #expect((event["is_private_email"] == "true") == hasEmail)
        }
    }

    @Test(arguments: [("wrongIss", "iss", "https://issuer.example"), ("wrongAud", "aud", "app-of-somebody-else")])
    func changesAClaimOfANotification(fault: String, claim: String, value: String) async throws {
        try await Bench().run { visitor async throws in
            let reader = try await notification(visitor, ["type": "consent-revoked", "fault": fault])
            #expect(reader.claims[claim]?.string == value)
        }
    }

    @Test func spoilsANotification() async throws {
        try await Bench().run { visitor async throws in
            let keys = try await visitor.get("appleid.apple.com/auth/keys").json()
            let body = ["type": "consent-revoked"]
            let broken = try await notification(visitor, body.merging(["fault": "wrongSignature"]) { $1 })
            #expect(try !broken.isSigned(by: keys))
            let unsigned = try await notification(visitor, body.merging(["fault": "algNone"]) { $1 })
            #expect(unsigned.header["alg"] == "none")
            let unknown = try await notification(visitor, body.merging(["fault": "unknownType"]) { $1 })
            #expect(try event(of: unknown)["type"] == "something-new")
            for bad in [["type": "unheard-of"], ["fault": "unheardOf"], ["person": "nobody"], ["client_id": ""]] {
                let whole = ["client_id": "app", "person": "mei", "type": "consent-revoked"].merging(bad) { $1 }
                #expect(try await post(visitor, "apple/notification", whole).status == 400)
            }
        }
    }

    @Test(arguments: [("email-disabled", false), ("consent-revoked", true), ("account-deleted", true)])
    func endsTheConsentThatItSaysHasEnded(type: String, hasEnded: Bool) async throws {
        try await Bench().run { visitor async throws in
            let body = ["client_id": "app", "person": "mei"]
            _ = try await post(visitor, "apple/native-token", body)
            _ = try await notification(visitor, ["type": type])
            let after = try await post(visitor, "apple/native-token", body).json()
            #expect((after["fullName"] != nil) == hasEnded)
        }
    }
}
