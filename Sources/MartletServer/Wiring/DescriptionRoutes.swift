import Hummingbird

/// What programs are given to use the service with: its description, `GET /openapi.json` (OpenAPI 3.1), and the module
/// for single-page applications, `GET /auth/client.js`.
struct DescriptionRoutes: Sendable {
    func add(to router: some RouterMethods<ServerContext>) {
        router.asset("/openapi.json", PackageResources.openapi_json, type: "application/json")
        router.asset("/auth/client.js", PackageResources.client_js, type: "text/javascript; charset=utf-8")
    }
}
