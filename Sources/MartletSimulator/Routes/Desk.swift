import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What every request at a vendor's address goes through: it is recorded, struck by a fault perhaps, and answered.
struct Desk: Sendable {
    let engine: Engine

    /// Reads and records a request.
    func call(
        _ request: inout Request, dialect: Dialect, context: BasicRequestContext
    ) async throws -> Call {
        let pathParameters = context.parameters.map { (String($0.key), String($0.value)) }
        let call = try await Call(
            &request, baseURL: engine.configuration.baseURL,
            pathParameters: Dictionary(pathParameters) { first, _ in first }, dialect: dialect)
        engine.recorder.record(call)
        return call
    }

    /// Answers a call, unless a fault does.
    func respond(
        to call: Call, steps: [Fault.Step], login: LoginFault?, request: Request, answer: Endpoint.Answer
    ) async throws -> Response {
        let strike = engine.faults.strike(dialect: call.dialect.id, steps: steps, login: login)
        let misbehaviour = Misbehaviour(sleep: engine.configuration.sleep)
        if let strike {
            if strike.fault == .slow { try await misbehaviour.sleep(strike.delay) }
            let replacement = try await misbehaviour.replacement(
                for: strike.fault, base: call.base, request: request)
            if let replacement { return replacement }
        }
        var call = call
        call.fault = strike?.fault
        return reply(to: call, answer: answer).response
    }

    private func reply(to call: Call, answer: Endpoint.Answer) -> Reply {
        if let refusal = Misbehaviour.refusal(for: call.fault) { return call.dialect.refuse(refusal, call) }
        do {
            return Misbehaviour.distort(try answer(call, engine), by: call.fault, dialect: call.dialect)
        } catch {
            return call.dialect.refuse(error, call)
        }
    }
}
