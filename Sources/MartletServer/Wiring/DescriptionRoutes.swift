import Hummingbird

/// What programs are given to use the service with: its description, `GET /openapi.json` (OpenAPI 3.1), and the module
/// for single-page applications, `GET /auth/client.js`.
struct DescriptionRoutes: Sendable {
    func add(to router: some RouterMethods<ServerContext>) {
        router.get("/openapi.json") { _, _ in
            file(PackageResources.openapi_json, type: "application/json")
        }
        router.get("/auth/client.js") { _, _ in
            file(PackageResources.client_js, type: "text/javascript; charset=utf-8")
        }
    }

    private func file(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=3600"],
            body: .init(byteBuffer: .init(bytes: bytes)))
    }
}
