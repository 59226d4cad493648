import Foundation
import HTTPTypes
import Testing

@Suite struct MicrosoftTests {
    private static let consumers = "9188040d-6c67-4c5b-b112-36a304b66dad"
    private static let first = "3a7c1b52-9d4e-4f6a-8b1c-0e5d2f7a9c31"
    private static let second = "c2e85d07-61fb-4b39-a7d4-9f3018b6e2aa"
    private static let unproved = "e91d4f6b-0a27-4c83-95be-7d60c3f1a844"
    private let scope = "openid profile email"

    private func path(_ tenant: String, _ endpoint: String) -> String {
        "login.microsoftonline.com/\(tenant)/\(endpoint)"
    }

    private func callback(
        _ visitor: Visitor, _ tenant: String, as person: String = "ada", fault: String = ""
    ) async throws -> [String: String] {
        try await visitor.signIn(
            path(tenant, "oauth2/v2.0/authorize"), ["scope": scope, "nonce": "n"], as: person, fault: fault)
    }

    private func exchange(
        _ visitor: Visitor, _ tenant: String, _ code: String?, _ change: [String: String] = [:]
    ) async throws -> Answer {
        let form = [
            "grant_type": "authorization_code", "code": code ?? "", "redirect_uri": Visitor.redirectURI,
            "client_id": "app", "client_secret": "s3cret",
        ]
        return try await visitor.post(path(tenant, "oauth2/v2.0/token"), form.merging(change) { $1 })
    }

    private func idToken(
        _ visitor: Visitor, _ tenant: String = "common", as person: String = "ada", fault: String = ""
    ) async throws -> IDTokenReader {
        let code = try await callback(visitor, tenant, as: person, fault: fault)["code"]
        let tokens = try await exchange(visitor, tenant, code).json()
        return try IDTokenReader(try #require(tokens["id_token"]?.string))
    }

    // MARK: Tenants

    @Test(arguments: [
        ("common", "ada", first), ("common", "lilei", second), ("common", "uma", unproved),
        ("common", "sam", consumers), ("organizations", "lilei", second), ("consumers", "sam", consumers),
        (second, "lilei", second), (consumers, "ivy", consumers),
    ])
    func namesTheTenantOfThePerson(address: String, person: String, tenant: String) async throws {
        try await Bench().run { visitor async throws in
            let reader = try await idToken(visitor, address, as: person)
            #expect(reader.claims["tid"]?.string == tenant)
            #expect(reader.claims["iss"]?.string == "http://localhost/login.microsoftonline.com/\(tenant)/v2.0")
            let keys = try await visitor.get(path(address, "discovery/v2.0/keys")).json()
            #expect(try reader.isSigned(by: keys))
        }
    }

    @Test(arguments: [
        ("organizations", "sam", "AADSTS500200:"), ("consumers", "ada", "AADSTS500208:"),
        (first, "lilei", "AADSTS50020:"), (first, "sam", "AADSTS50020:"), (consumers, "ada", "AADSTS50020:"),
    ])
    func letsNobodyInAtTheWrongAddress(address: String, person: String, code: String) async throws {
        try await Bench().run { visitor async throws in
            let answer = try await callback(visitor, address, as: person)
            #expect(answer["error"] == "access_denied")
            #expect(answer["error_description"]?.hasPrefix(code) == true)
            #expect(answer["state"] == "s")
            #expect(answer["code"] == nil)
        }
    }

    @Test func exchangesNoCodeWhereThePersonMayNotSignIn() async throws {
        try await Bench().run { visitor async throws in
            let code = try await callback(visitor, "common", as: "sam")["code"]
            let answer = try await exchange(visitor, "organizations", code)
            #expect(try answer.json()["error"] == "invalid_grant")
        }
    }

    @Test func knowsNoOtherTenant() async throws {
        try await Bench().run { visitor async throws in
            let request = ["client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code"]
            let query = request.merging(["scope": scope]) { $1 }
            #expect(try await visitor.get(path("common", "oauth2/v2.0/authorize"), query).status == 200)
            let page = try await visitor.get(path("else", "oauth2/v2.0/authorize"), query)
            #expect(page.status == 400)
            #expect(page.text.contains("AADSTS90002"))
            for endpoint in ["v2.0/.well-known/openid-configuration", "discovery/v2.0/keys", "oauth2/v2.0/logout"] {
                let answer = try await visitor.get(path("else", endpoint))
                #expect(answer.status == 400)
                #expect(try answer.json()["error"] == "invalid_tenant")
            }
        }
    }

    @Test func staysAtItsAddressFromThePageOn() async throws {
        try await Bench().run { visitor async throws in
            let address = path("organizations", "oauth2/v2.0/authorize")
            let page = try await visitor.get(
                address,
                [
                    "client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code",
                    "scope": scope,
                ])
            #expect(page.text.contains(#"action="/\#(address)""#))
            #expect(page.text.contains("missingTid"))
        }
    }

    @Test(arguments: [
        ("common", "{tenantid}"), ("organizations", "{tenantid}"), ("consumers", consumers), (first, first),
    ])
    func describesItselfByATemplate(address: String, part: String) async throws {
        try await Bench().run { visitor async throws in
            let metadata = try await visitor.get(path(address, "v2.0/.well-known/openid-configuration")).json()
            let issuer = "http://localhost/login.microsoftonline.com/\(part)/v2.0"
            #expect(metadata["issuer"]?.string == issuer)
            #expect(metadata["token_endpoint"]?.string == "http://localhost/" + path(address, "oauth2/v2.0/token"))
            #expect(metadata["jwks_uri"]?.string == "http://localhost/" + path(address, "discovery/v2.0/keys"))
            #expect(metadata["userinfo_endpoint"] == "http://localhost/graph.microsoft.com/oidc/userinfo")
            let key = try await visitor.get(path(address, "discovery/v2.0/keys")).json()["keys"]?[0]
            #expect(key?["issuer"]?.string == issuer)
            #expect(key?["alg"] == nil)
        }
    }

    // MARK: Claims

    @Test func issuesAnIDTokenInItsShape() async throws {
        try await Bench().run { visitor async throws in
            let claims = try await idToken(visitor).claims
            #expect(claims["ver"] == "2.0")
            #expect(claims["nonce"] == "n")
            #expect(claims["preferred_username"] == "ada-lovelace@first.onmicrosoft.example")
            #expect(claims["name"] == "Ada Lovelace")
            #expect(claims["email"] == "ada@example.com")
            #expect(claims["email_verified"] == nil)
            #expect(claims["at_hash"] == nil)
            #expect(claims["auth_time"] == nil)
            let guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
            #expect(try #require(claims["oid"]?.string).wholeMatch(of: guid) != nil)
            let consumer = try await idToken(visitor, as: "sam").claims
            #expect(consumer["oid"]?.string?.hasPrefix("00000000-0000-0000-") == true)
        }
    }

    @Test func givesEveryClientAnotherSubjectAndTheSameObjectID() async throws {
        try await Bench().run { visitor async throws in
            let one = try await idToken(visitor).claims
            let authorize = path("common", "oauth2/v2.0/authorize")
            let code = try await visitor.code(authorize, ["scope": scope, "client_id": "other"])
            let tokens = try await exchange(visitor, "common", code, ["client_id": "other"]).json()
            let other = try IDTokenReader(try #require(tokens["id_token"]?.string)).claims
            #expect(one["sub"] != other["sub"])
            #expect(one["oid"] == other["oid"])
        }
    }

    @Test(
        arguments: [
            ("ada", Value.bool(true)), ("lilei", "1"), ("mei", 1), ("uma", .bool(false)), ("noah", nil), ("sam", nil),
        ] as [(String, Value?)])
    func saysWhetherTheDomainOfTheEmailIsProved(person: String, value: Value?) async throws {
        try await Bench().run { visitor async throws in
            let claims = try await idToken(visitor, as: person).claims
            #expect(claims["xms_edov"] == value)
            #expect((claims["email"] == nil) == (person == "sam"))
        }
    }

    @Test func readsTheProfile() async throws {
        try await Bench().run { visitor async throws in
            let tokens = try await exchange(visitor, "common", try await callback(visitor, "common")["code"]).json()
            let access = try #require(tokens["access_token"]?.string)
            let userInfo = "graph.microsoft.com/oidc/userinfo"
            let profile = try await visitor.get(userInfo, headers: Visitor.bearer(access)).json()
            let claims = try IDTokenReader(try #require(tokens["id_token"]?.string)).claims
            #expect(profile["sub"] == claims["sub"])
            #expect(profile["name"] == "Ada Lovelace")
            #expect(profile["email"] == "ada@example.com")
            #expect(profile["picture"] != nil)
            let bad = try await visitor.get(userInfo, headers: Visitor.bearer("unknown"))
            #expect(bad.status == 401)
            #expect(try bad.json()["error"]?["code"] == "InvalidAuthenticationToken")
        }
    }

    @Test func distortsTheTenantOnDemand() async throws {
        try await Bench().run { visitor async throws in
            let issuer = try await idToken(visitor, fault: "wrongTenantIssuer").claims
            #expect(issuer["tid"]?.string == Self.first)
            #expect(issuer["iss"]?.string == "http://localhost/login.microsoftonline.com/\(Self.second)/v2.0")
            let bare = try await idToken(visitor, fault: "missingTid").claims
            #expect(bare["tid"] == nil)
            #expect(bare["iss"]?.string == "http://localhost/login.microsoftonline.com/\(Self.first)/v2.0")
            let nobody = try await idToken(visitor, fault: "missingSubject").claims
            #expect(nobody["sub"] == nil)
            #expect(nobody["oid"] == nil)
        }
    }

    @Test func offersFaultsAboutTenantsNowhereElse() async throws {
        try await Bench().run { visitor async throws in
            let query = ["client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code"]
            #expect(try await !visitor.get("openid/authorize", query).text.contains("missingTid"))
        }
    }

    // MARK: Grants

    @Test func answersByFormPost() async throws {
        try await Bench().run { visitor async throws in
            let page = try await visitor.post(
                path("common", "oauth2/v2.0/authorize"),
                [
                    "client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code",
                    "scope": scope, "state": "s", "response_mode": "form_post", "person": "ada",
                ])
            #expect(Set(page.hiddenFields.keys) == ["code", "state"])
        }
    }

    @Test func authenticatesAClientInFourWays() async throws {
        let verifier = "a-verifier-of-forty-three-characters-or-more-0"
        let ways: [(form: [String: String], headers: HTTPFields)] = [
            (["client_id": "app", "client_secret": "s3cret"], [:]), ([:], Visitor.basic("app", "s3cret")),
            (
                [
                    "client_id": "app", "client_assertion": "a.b.c",
                    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ], [:]
            ),
            (["client_id": "app"], [:]),
        ]
        try await Bench().run { visitor async throws in
            for way in ways {
                let code = try await visitor.code(
                    path("common", "oauth2/v2.0/authorize"),
                    [
                        "scope": scope, "code_challenge": IDTokenReader.hash(verifier),
                        "code_challenge_method": "S256",
                    ])
                let form = [
                    "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
                    "code_verifier": verifier,
                ]
                let answer = try await visitor.post(
                    path("common", "oauth2/v2.0/token"), form.merging(way.form) { $1 }, headers: way.headers)
                #expect(answer.status == 200)
            }
        }
    }

    @Test(
        arguments: [
            (["code": "unknown"], 400, "invalid_grant", 9_002_313),
            (["client_id": ""], 400, "invalid_request", 900_144),
            (["client_secret": "wrong"], 401, "invalid_client", 7_000_215),
            (["client_secret": ""], 401, "invalid_client", 7_000_215),
            (["redirect_uri": "http://other.example/"], 400, "invalid_client", 500_112),
            (["grant_type": "password"], 400, "unsupported_grant_type", 70_003),
        ] as [([String: String], Int, String, Int64)])
    func refuses(change: [String: String], status: Int, error: String, number: Int64) async throws {
        try await Bench().run { visitor async throws in
            let code = try await callback(visitor, "common")["code"]
            let answer = try await exchange(visitor, "common", code, change)
            #expect(answer.status == status)
            let body = try answer.json()
            #expect(body["error"]?.string == error)
            #expect(body["error_codes"] == .array([.number(number)]))
            #expect(body["error_description"]?.string?.hasPrefix("AADSTS\(number):") == true)
        }
    }

    @Test func refreshesForOfflineAccessAndKeepsTheOldToken() async throws {
        try await Bench().run { visitor async throws in
            let bare = try await exchange(visitor, "common", try await callback(visitor, "common")["code"]).json()
            #expect(bare["refresh_token"] == nil)
            let code = try await visitor.code(
                path("common", "oauth2/v2.0/authorize"), ["scope": scope + " offline_access"])
            let tokens = try await exchange(visitor, "common", code).json()
            let refresh = [
                "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string ?? "",
                "client_id": "app", "client_secret": "s3cret",
            ]
            for _ in 0..<2 {
                let answer = try await visitor.post(path("common", "oauth2/v2.0/token"), refresh).json()
                #expect(answer["refresh_token"]?.string?.isEmpty == false)
                #expect(answer["refresh_token"] != tokens["refresh_token"])
                #expect(answer["id_token"] != nil)
                #expect(answer["ext_expires_in"] == 3599)
            }
        }
    }

    @Test func goesBackAfterSigningOut() async throws {
        try await Bench().run { visitor async throws in
            let logout = path("common", "oauth2/v2.0/logout")
            let answer = try await visitor.get(
                logout, ["post_logout_redirect_uri": "http://app.example/bye", "state": "x"])
            #expect(answer.headers[.location] == "http://app.example/bye?state=x")
            let stays = try await visitor.get(logout, ["post_logout_redirect_uri": "javascript:1"])
            #expect(stays.status == 200)
            #expect(stays.headers[.location] == nil)
        }
    }
}
