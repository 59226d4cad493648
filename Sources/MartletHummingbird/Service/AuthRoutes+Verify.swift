import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

// Forward authentication: a proxy asks about each request before it passes it on to an application.
extension AuthRoutes {
    /// 200 with who is signed in as header fields, or 401; never a redirect, which proxies take for a failure. Where a
    /// browser may sign in and come back, `Location` says.
    func verify(_ request: Request, _ context: some RequestContext) async throws -> Response {
        do throws(AuthProblem) {
            return Response(status: .ok, headers: Self.fields(of: try await service.requireUser(request).user))
        } catch {
            var response = error.document(requestID: context.requestID)
            if error.code == .unauthorized, ClientFace(request) == .browser {
                response.headers[.location] = loginAddress(returningTo: request.headers.value(named: "X-Forwarded-Uri"))
            }
            return response
        }
    }

    /// All fields are there, empty where nothing is known: a proxy that copies them must not leave one of the client's.
    private static func fields(of user: User) -> HTTPFields {
        var fields: HTTPFields = [.cacheControl: "no-store"]
        fields.set("X-Auth-User", user.id.description)
        fields.set("X-Auth-Name", headerText(String((user.name ?? "").unicodeScalars.prefix(nameLimit))))
        fields.set("X-Auth-Email", headerText(user.email?.value ?? ""))
        fields.set("X-Auth-Email-Verified", user.email?.isVerified == true ? "true" : "false")
        return fields
    }

    /// How many characters of a name are told: proxies bound the header of an answer, some at 4 KiB.
    private static let nameLimit = 100

    /// A text as the value of a header field: percent-encoded UTF-8, except visible ASCII other than `%`, and spaces.
    static func headerText(_ text: String) -> String {
        FormEncoding.percentEncode(text, keeping: { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "%") })
    }

    private func loginAddress(returningTo address: String?) -> String {
        let loginPage = service.options.loginPage
        guard let landing = address.flatMap({ LandingURL($0, allowedOrigins: []) }) else { return loginPage.text }
        // Rather no way back than an answer whose header a proxy refuses.
        let way = loginPage.adding("redirect_uri", landing.text)
        return way.utf8.count <= 2048 ? way : loginPage.text
    }
}
