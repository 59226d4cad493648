import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MartletSimulator
import Testing

/// A provider that is simulated by a recording, and speaks OpenID 2.0.
@Suite("Recorded providers of OpenID 2.0") struct RecordedOpenID2Tests {
    private static let namespace = "http://specs.openid.net/auth/2.0"
    private static let identity = "https://acme.example/id/500"
    private static let returnTo = "http://app.example/callback?state=s"

    private static let recording = #"""
        {"configuration": {"clientID": "client-id", "clientSecret": "client-secret"}, "callback": {\#
        "openid.claimed_id": "\#(identity)", "openid.assoc_handle": "1", "openid.signed": \#
        "signed,op_endpoint,claimed_id,identity,return_to,response_nonce,assoc_handle"}, "exchanges": [\#
        {"url": "https://acme.example/openid", "method": "POST", "request": {"body": {"state": null}}, "status": 200, \#
        "headers": {"content-type": "text/plain"}, "body": "ns:\#(namespace)\nis_valid:true\n"}, \#
        {"url": "https://api.acme.example/people?ids=500", "method": "GET", "status": 200, "headers": {}, \#
        "body": "{\"id\":500}"}], "expected": {"id": "500", "name": "Zoë"}}
        {"exchanges": [{"url": "https://acme.example/openid", "status": 200, \#
        "headers": {"content-type": "text/plain"}, "body": "ns:\#(namespace)\nis_valid:false\n"}], \#
        "expected": {"ok": false}}
        """#

    private static let request = [
        "openid.ns": namespace, "openid.mode": "checkid_setup",
        "openid.claimed_id": namespace + "/identifier_select", "openid.identity": namespace + "/identifier_select",
        "openid.return_to": returnTo, "openid.realm": "http://app.example/",
    ]

    private func run(_ body: @Sendable (Visitor) async throws -> Void) async throws {
        var entry = SimulatedProvider.Entry(id: "acme", name: "Acme")
        entry.flow = .openID2
        entry.authorizationEndpoint = "https://acme.example/openid"
        entry.tokenEndpoint = "https://acme.example/openid"
        let provider = try SimulatedProvider(entry, recording: Self.recording)
        let simulator = Simulator(
            configuration: .init(recorded: [provider], now: { Date(timeIntervalSince1970: 1_767_225_600) }))
        try await Application(router: simulator.router()).test(.router) { try await body(Visitor(client: $0)) }
    }

    /// What comes back from the recorded person's consent.
    private func assertion(_ visitor: Visitor, _ form: [String: String] = ["person": "recorded"]) async throws
        -> [String: String]
    {
        try await visitor.post("acme.example/openid", Self.request.merging(form) { $1 }).callback
    }

    /// What the provider says of an assertion.
    private func ask(
        _ visitor: Visitor, _ assertion: [String: String], _ changes: [String: String] = [:]
    ) async throws -> String {
        var form = assertion.filter { $0.key.hasPrefix("openid.") }
        form["openid.mode"] = "check_authentication"
        return try await visitor.post("acme.example/openid", form.merging(changes) { $1 }).text
    }

    private static func answer(_ isValid: Bool) -> String { "ns:\(namespace)\nis_valid:\(isValid)\n" }

    @Test func signsThePersonIn() async throws {
        try await run { visitor async throws in
            let page = try await visitor.get("acme.example/openid", Self.request)
            #expect(page.text.contains("Zoë"))
            let assertion = try await assertion(visitor)
            #expect(assertion["state"] == "s")
            #expect(assertion["openid.mode"] == "id_res")
            #expect(assertion["openid.op_endpoint"] == "http://localhost/acme.example/openid")
            #expect(assertion["openid.claimed_id"] == Self.identity && assertion["openid.identity"] == Self.identity)
            #expect(assertion["openid.return_to"] == Self.returnTo)
            #expect(assertion["openid.response_nonce"]?.hasPrefix("2026-01-01T00:00:00Z") == true)
            #expect(try await visitor.get("api.acme.example/people", ["ids": "500"]).status == 401)
            #expect(try await ask(visitor, assertion) == Self.answer(true))
            #expect(try await visitor.get("api.acme.example/people", ["ids": "500"]).text == #"{"id":500}"#)
        }
    }

    @Test func sendsSomebodyBackWhoCancels() async throws {
        try await run { visitor async throws in
            let callback = try await assertion(visitor, ["decision": "cancel"])
            #expect(callback == ["state": "s", "openid.ns": Self.namespace, "openid.mode": "cancel"])
        }
    }

    @Test func vouchesForAnAssertionOnce() async throws {
        try await run { visitor async throws in
            let assertion = try await assertion(visitor)
            #expect(try await ask(visitor, assertion) == Self.answer(true))
            #expect(try await ask(visitor, assertion) == Self.answer(false))
        }
    }

    @Test(arguments: [
        ["openid.sig": "AAAA"], ["openid.claimed_id": "https://acme.example/id/501"],
        ["openid.return_to": "http://app.example/callback?state=t"], ["openid.assoc_handle": "1"],
        ["openid.response_nonce": "2026-01-01T00:00:00Zx"], ["openid.signed": "claimed_id,identity"],
    ])
    func doesNotVouchForAChangedAssertion(changes: [String: String]) async throws {
        try await run { visitor async throws in
            let assertion = try await assertion(visitor)
            #expect(try await ask(visitor, assertion, changes) == Self.answer(false))
            #expect(try await ask(visitor, assertion) == Self.answer(true))
        }
    }

    @Test(arguments: [
        ["openid.mode": "checkid_immediate"], ["openid.ns": "http://openid.net/signon/1.1"],
        ["openid.identity": identity], ["openid.claimed_id": ""], ["openid.return_to": "http://other.example/callback"],
        ["openid.realm": ""],
    ])
    func refusesARequestThatIsNotForAnyIdentity(changes: [String: String]) async throws {
        try await run { visitor async throws in
            let page = try await visitor.get("acme.example/openid", Self.request.merging(changes) { $1 })
            #expect(page.status == 400)
        }
    }

    @Test func misbehavesOnDemand() async throws {
        try await run { visitor async throws in
            let refused = try await assertion(visitor, ["person": "recorded", "fault": "tokenError"])
            #expect(try await ask(visitor, refused) == Self.answer(false))
            let broken = try await assertion(visitor, ["person": "recorded", "fault": "userInfoError"])
            #expect(try await ask(visitor, broken) == Self.answer(true))
            #expect(try await visitor.get("api.acme.example/people", ["ids": "500"]).status == 401)
        }
    }
}
