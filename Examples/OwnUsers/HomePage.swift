import Hummingbird
import MartletAccounts
import MartletHummingbird

/// The application's one page: who is here, and with which accounts they may come back.
struct HomePage {
    let people: People
    let service: AuthService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/") { request, _ in try await page(request) }
        router.post("/sign-out") { request, _ in
            try SameOriginCheck(origin: service.options.origin).require(request)
            var response = Response.redirect(to: "/", type: .normal)
            response.setCookie(try await people.signOut(request))
            return response
        }
    }

    private func page(_ request: Request) async throws -> Response {
        let nickname = try await people.nickname(of: request)
        let signedIn = try await service.signedInUser(request)
        let bound = try await signedIn.asyncMap { try await service.identities(of: $0.user) } ?? []
        let buttons = service.providers.filter { provider in !bound.contains { $0.providerID == provider.id } }.map {
            let query = signedIn == nil ? "" : "?bind=1"
            return "<p><a href=\"/api/auth/oauth/\($0.id)/authorize\(query)\">\($0.name)</a></p>"
        }
        let html = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Own users</title>
            <h1>Hello, \(escape(nickname ?? "stranger"))</h1>
            <p>Linked: \(bound.map { escape($0.providerID) }.joined(separator: ", "))</p>
            \(buttons.joined())
            <form method="post" action="/sign-out"><button>Sign out</button></form>
            """
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: .init(string: html)))
    }

    private func escape(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&", "<", ">", "\"", "'": escaped += "&#\(scalar.value);"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        if let self { try await transform(self) } else { nil }
    }
}
