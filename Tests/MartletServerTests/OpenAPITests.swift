import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Martlet
import MartletAccounts
import MartletHummingbird
import MartletTesting
import NIOCore
import Synchronization
import Testing

@testable import MartletServer

/// The description must describe just what the router does.
@Suite struct OpenAPITests {
    private let document: JSONValue
    private let service: MartletService

    init() throws {
        document = try JSONValue(parsing: PackageResources.openapi_json)
        var configuration = try ServerConfiguration.demo(
            port: 8080, simulator: "http://127.0.0.1:9090", folder: "unused", simulated: ["github", "openid"])
        configuration.secrets = [Keyring.generateSecret()]
        let clock = FixedClock()
        service = try MartletService(configuration, store: MemoryStore(now: clock.read), now: clock.read)
    }

    @Test func describesEveryRouteAndNoOther() async throws {
        let described = operations.map { Endpoint(path: $0.path, method: $0.method.uppercased()) }
        let taken = try await endpoints().filter { endpoint in
            ["/api/", "/health/", "/openapi.json"].contains { endpoint.path.hasPrefix($0) }
        }
        #expect(Set(described) == Set(taken))
    }

    @Test func listsEveryErrorCode() {
        let codes = document.value(at: "components.schemas.ErrorCode.enum")?.array?.compactMap(\.string)
        #expect(codes == AuthErrorCode.allCases.map(\.rawValue))
    }

    @Test func givesEachErrorCodeItsStatus() throws {
        for operation in operations {
            for (status, response) in operation.value["responses"]?.object ?? [:] {
                for code in try codes(of: response) {
                    #expect(code.status.code == Int(status), "\(operation.path) \(code)")
                }
            }
        }
    }

    @Test func asksForASessionWhereverNobodySignedInIsRefused() {
        let open: JSONValue = [:]
        for operation in operations {
            let needsSession = operation.value["security"]?.array.map { !$0.isEmpty && !$0.contains(open) } ?? false
            let mayRefuse = operation.value["responses"]?["401"] != nil
            #expect(!needsSession || mayRefuse, "\(operation.path) \(operation.method)")
        }
    }

    // MARK: The document

    private var operations: [(path: String, method: String, value: JSONValue)] {
        (document["paths"]?.object ?? [:]).flatMap { path, item in
            (item.object ?? [:]).filter { $0.key != "parameters" }.map { (path, $0.key, $0.value) }
        }
    }

    /// The error codes that a response names.
    private func codes(of response: JSONValue) throws -> [AuthErrorCode] {
        var response = response
        if let reference = response["$ref"]?.string {
            let name = String(reference.dropFirst("#/components/responses/".count))
            response = try #require(document["components"]?["responses"]?[name], "\(reference)")
        }
        let parts = response["content"]?["application/problem+json"]?["schema"]?["allOf"]?.array ?? []
        return try parts.flatMap { $0.value(at: "properties.code.enum")?.array ?? [] }.map {
            try #require(AuthErrorCode(rawValue: $0.string ?? ""))
        }
    }

    // MARK: The router

    private struct Endpoint: Hashable {
        let path: String
        let method: String
    }

    private var application: some ApplicationProtocol {
        Application(router: service.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The routes, without those that refuse a method.
    private func endpoints() async throws -> [Endpoint] {
        let recorder = RouteRecorder()
        service.addRoutes(to: recorder)
        let routes = recorder.routes
        return try await application.test(.router) { client in
            var taken: [Endpoint] = []
            for route in routes {
                let answer = try await client.executeRequest(
                    uri: "\(route.path)", method: route.method, headers: [:], body: nil)
                guard answer.status != .methodNotAllowed else { continue }
                let parts = route.path.description.split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }
                taken.append(Endpoint(path: "/" + parts.joined(separator: "/"), method: route.method.rawValue))
            }
            return taken
        }
    }
}

/// A router that only writes down what is added to it.
private final class RouteRecorder: RouterMethods, Sendable {
    typealias Context = ServerContext

    private let recorded = Mutex<[(path: RouterPath, method: HTTPRequest.Method)]>([])

    var routes: [(path: RouterPath, method: HTTPRequest.Method)] { recorded.withLock { $0 } }

    func on<Responder: HTTPResponder>(_ path: RouterPath, method: HTTPRequest.Method, responder: Responder) -> Self
    where Responder.Context == ServerContext {
        recorded.withLock { $0.append((path, method)) }
        return self
    }

    func add(middleware: any MiddlewareProtocol<Request, Response, ServerContext>) -> Self { self }
}
