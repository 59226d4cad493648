import HTTPTypes
import MartletSimulator
import Testing

@Suite struct PageTests {
    private let request = [
        "client_id": "<app>", "redirect_uri": "http://app.example/callback?x=1", "response_type": "code",
        "state": "\"s\"", "scope": "openid email",
    ]

    @Test func showsWhoAsksForWhatAndWhoCanAnswer() async throws {
        try await Bench().run { visitor async throws in
            let page = try await visitor.get("openid/authorize", request)
            #expect(page.status == 200)
            #expect(page.text.contains("&lt;app&gt;"))
            #expect(!page.text.contains("<app>"))
            #expect(page.text.contains(#"name="state" value="&quot;s&quot;""#))
            #expect(page.text.contains("<li><code>email</code></li>"))
            for person in Person.everybody {
                #expect(page.text.contains(#"name="person" value="\#(person.id)""#))
            }
            #expect(page.text.contains(#"name="decision" value="cancel""#))
            #expect(page.text.contains(#"<option value="hang@userInfo">"#))
            #expect(!page.text.contains("<script"))
            #expect(!page.text.contains("style="))
            #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        }
    }

    @Test func offersFaultsOfIDTokensWhereThereAreSome() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await visitor.get("openid/authorize", request).text.contains("algNone"))
            #expect(try await !visitor.get("github.com/login/oauth/authorize", request).text.contains("algNone"))
        }
    }

    @Test(arguments: [
        ["client_id": ""], ["redirect_uri": ""], ["redirect_uri": "javascript:alert(1)"],
        ["redirect_uri": "/relative"], ["redirect_uri": "https://"], ["redirect_uri": "https://app.example/#x"],
        ["redirect_uri": "https://app.example/\r\nx"], ["response_type": "token"],
        ["code_challenge": "x", "code_challenge_method": "md5"],
    ])
    func showsAnErrorForABadRequestAndGoesNowhere(change: [String: String]) async throws {
        try await Bench().run { visitor async throws in
            let query = request.merging(change) { $1 }
            for answer in [
                try await visitor.get("openid/authorize", query),
                try await visitor.post("openid/authorize", query.merging(["person": "ada"]) { $1 }),
            ] {
                #expect(answer.status == 400)
                #expect(answer.headers[.location] == nil)
            }
        }
    }

    @Test func refusesAnUnknownPerson() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await visitor.post("openid/authorize", request.merging(["person": "x"]) { $1 }).status == 400)
        }
    }

    @Test func keepsTheQueryOfTheRedirectionURI() async throws {
        try await Bench().run { visitor async throws in
            let answer = try await visitor.post("openid/authorize", request.merging(["person": "ada"]) { $1 })
            #expect(answer.headers[.location]?.hasPrefix("http://app.example/callback?x=1&code=") == true)
        }
    }

    @Test(arguments: [
        "openid/authorize", "github.com/login/oauth/authorize", "accounts.google.com/o/oauth2/v2/auth",
        "graph.qq.com/oauth2.0/authorize", "connect.linux.do/oauth2/authorize",
    ])
    func signsInWithoutAPageForAHint(path: String) async throws {
        try await Bench().run { visitor async throws in
            let silent = ["prompt": "none", "login_hint": "ada"]
            let answer = try await visitor.get(path, request.merging(silent) { $1 })
            #expect(answer.status == 302)
            #expect(answer.callback["code"] != nil)
            let nobody = try await visitor.get(path, request.merging(["prompt": "none"]) { $1 })
            #expect(nobody.callback["error"] == "login_required")
        }
    }

    @Test(arguments: [
        ("person-1", true), ("person-1000000", true), ("person-0", false), ("person-1000001", false),
        ("person-01", false), ("person-+1", false), ("person-", false), ("person-1x", false), ("Person-1", false),
    ])
    func signsInSomebodyOutOfTheCrowd(hint: String, isKnown: Bool) async throws {
        try await Bench().run { visitor async throws in
            let silent = ["prompt": "none", "login_hint": hint]
            let answer = try await visitor.get("openid/authorize", request.merging(silent) { $1 })
            #expect((answer.callback["code"] != nil) == isKnown)
        }
    }

    @Test func describesItselfOnTheStartPage() async throws {
        try await Bench().run { visitor async throws in
            let page = try await visitor.get("")
            for dialect in Simulator.dialects { #expect(page.text.contains(#"data-dialect="\#(dialect)""#)) }
            #expect(page.text.contains("李雷"))
            #expect(page.text.contains("http://localhost/"))
            let style = try await visitor.get("simulator/style.css")
            #expect(style.headers[.contentType] == "text/css; charset=utf-8")
            #expect(style.text.contains("prefers-color-scheme: dark"))
        }
    }

    @Test func saysWhenNoDeviceWaits() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await visitor.get("openid/device").status == 200)
            let page = try await visitor.get("openid/device", ["user_code": "XXXX-XXXX"])
            #expect(page.status == 400)
            #expect(page.text.contains(#"role="alert""#))
        }
    }
}
