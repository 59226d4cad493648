import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The simulator's own addresses: the start page, its style, faults, recorded requests, and what a phone would do.
struct ControlRoutes: Sendable {
    let engine: Engine

    /// Adds these addresses.
    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/") { request, _ in
            let base = Call.base(of: request, configured: engine.configuration.baseURL)
            return Reply.page(HomePage(base: base, dialects: engine.dialects, people: engine.configuration.people).html)
                .response
        }
        router.get("simulator/style.css") { _, _ in
            Reply(
                .ok, .text(Style.sheet, type: "text/css; charset=utf-8"), headers: [.cacheControl: "max-age=3600"]
            ).response
        }
        router.get(RouterPath(FormPostPage.scriptPath)) { _, _ in
            Reply(
                .ok, .text(FormPostPage.script, type: "text/javascript; charset=utf-8"),
                headers: [.cacheControl: "max-age=3600"]
            ).response
        }
        router.get("simulator/requests") { _, _ in
            Reply.json(.array(engine.recorder.all.map(\.json))).response
        }
        router.delete("simulator/requests") { _, _ in
            engine.recorder.clear()
            return Response(status: .noContent)
        }
        addFaultRoutes(to: router)
        router.post("simulator/wechat_mini/js_code") { request, _ in try await jsCode(request) }
        addOpenIDRoutes(to: router)
        addNativeRoutes(to: router)
        addAppleRoutes(to: router)
    }

    private func addFaultRoutes(to router: Router<BasicRequestContext>) {
        router.get("simulator/faults") { _, _ in Reply.json(faults()).response }
        router.delete("simulator/faults") { _, _ in
            engine.faults.clear()
            return Response(status: .noContent)
        }
        router.put("simulator/faults/:dialect/:step") { request, context in
            guard let place = place(context) else { return problem(.notFound, "no such dialect or step") }
            return try await setFault(at: place, request)
        }
        router.delete("simulator/faults/:dialect/:step") { _, context in
            guard let place = place(context) else { return problem(.notFound, "no such dialect or step") }
            engine.faults.set(nil, at: place)
            return Response(status: .noContent)
        }
    }

    private func place(_ context: BasicRequestContext) -> FaultTable.Place? {
        guard let dialect = context.parameters.get("dialect"), engine.dialects.contains(where: { $0.id == dialect }),
            let step = context.parameters.get("step").flatMap(Fault.Step.init(rawValue:))
        else { return nil }
        return FaultTable.Place(dialect: dialect, step: step)
    }

    private struct FaultBody: Decodable {
        let fault: String
        let delay: Double?
    }

    /// The body names the fault, and for `slow` the delay in seconds: `{"fault":"slow","delay":0.5}`.
    private func setFault(at place: FaultTable.Place, _ request: Request) async throws -> Response {
        guard let body: FaultBody = try await decoded(request), let fault = Fault(rawValue: body.fault) else {
            return problem(.badRequest, "no such fault")
        }
        guard fault.steps.contains(place.step) else {
            return problem(.badRequest, "this fault cannot strike at this step")
        }
        let delay = body.delay ?? 2
        guard (0...600).contains(delay) else { return problem(.badRequest, "delay must be 0 to 600 seconds") }
        engine.faults.set(Strike(fault: fault, delay: .milliseconds(Int(delay * 1000))), at: place)
        return Response(status: .noContent)
    }

    private func faults() -> JSON {
        .array(
            engine.faults.all
                .sorted { ($0.key.dialect, $0.key.step.rawValue) < ($1.key.dialect, $1.key.step.rawValue) }
                .map { place, strike in
                    [
                        "dialect": .string(place.dialect), "step": .string(place.step.rawValue),
                        "fault": .string(strike.fault.rawValue),
                    ]
                })
    }

    private struct JSCodeBody: Decodable {
        let appid: String
        let person: String
        let fault: String?
    }

    /// A code as a phone gives it to a mini program (`wx.login`).
    private func jsCode(_ request: Request) async throws -> Response {
        guard let body: JSCodeBody = try await decoded(request), !body.appid.isEmpty,
            let person = engine.person(body.person)
        else { return problem(.badRequest, "appid and a known person are needed") }
        let login = body.fault.flatMap(LoginFault.init)
        guard body.fault == nil || login != nil else { return problem(.badRequest, "no such fault") }
        let grant = Grant(
            id: engine.randomText(), dialect: WeChatMiniProgram.dialect.id, clientID: body.appid, person: person,
            scopes: [], authenticatedAt: engine.configuration.now(), fault: login)
        let code = engine.ledger.issue(.code, for: grant, lifetime: WeChatMiniProgram.codeLifetime)
        return Reply.json(["code": .string(code)]).response
    }

    func decoded<Body: Decodable>(_ request: Request) async throws -> Body? {
        let buffer = try await request.body.collect(upTo: 1 << 16)
        return try? JSONDecoder().decode(Body.self, from: Data(buffer.readableBytesView))
    }

    func problem(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Reply.json(status, ["error": .string(text)]).response
    }
}
