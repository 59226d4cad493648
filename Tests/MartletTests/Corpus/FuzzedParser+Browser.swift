import FoundationEssentials
import HTTPTypes
import Hummingbird
import MartletTesting
import NIOCore

@testable import Martlet
@testable import MartletAccounts
@testable import MartletHummingbird

extension FuzzedParser {
    private static let providerID = "example"
    private static let now: @Sendable () -> Date = { FixedClock.start }
    private static let secrets: [Secret] = [
        Secret(Base64URL.encode(Array(1...32))), Secret(Base64URL.encode(Array(33...64))),
    ]
    private static let keyring = try? Keyring(secrets: secrets, random: SeededRandom().source)

    // MARK: Callbacks

    /// A client for each way of judging a callback that the catalogue knows.
    private static let clients: [(client: OAuthClient, pending: PendingAuthorization)] = {
        let standard = Provider.openID(id: providerID, name: "Example", issuer: "https://id.example")
        let judged = Dictionary(grouping: [standard] + Catalogue.all) { provider in
            [
                provider.parameterNames.callbackCode, "\(provider.callbackWithoutCodeIsDenial)",
                "\(provider.issuer != nil)", "\(provider.tenancy != nil)", provider.flow.rawValue,
                provider.callbackSignature?.rawValue ?? "",
            ]
        }
        return judged.values.compactMap(\.first).sorted { $0.id < $1.id }.compactMap(client)
    }()

    private static func client(of provider: Provider) -> (client: OAuthClient, pending: PendingAuthorization)? {
        var provider = provider
        provider.teamID = "team-1"
        provider.insecureAllowHandleAsSubject = true
        provider.domain = provider.domain ?? "id.example"
        let client = try? OAuthClient(
            provider, clientID: "client-1", clientSecret: "client-secret-4711", key: .generated(keyID: "key-1"),
            transport: ScriptedTransport())
        let pending = PendingAuthorization(
            providerID: provider.id, issuer: provider.issuer, redirectURI: "https://app.example/callback",
            state: "state-1", codeVerifier: "verifier", nonce: "nonce-1", scopes: provider.scopes,
            requiresIssuerParameter: provider.id == providerID)
        return client.map { ($0, pending) }
    }

    static func acceptsCallback(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        let text = String(decoding: input, as: UTF8.self)
        guard let callback = try? CallbackParameters(parsing: text) else { return false }
        let pairs = callback.values.map { (name: $0.key, value: $0.value) }
        let again = try? CallbackParameters(parsing: FormEncoding.encode(pairs))
        try promise("parameters survive being written and read", again == callback)
        let sources = ProfileSources(callback: callback.values)
        for path in ["$callback.user", "$callback.user.name.firstName", "$callback.user.email"] {
            _ = sources.value(at: path)
        }
        var isAccepted = false
        for (client, pending) in clients {
            guard (try? client.validate(callback, for: pending)) != nil else { continue }
            try promise("an accepted callback has the state", callback.values["state"] == pending.state)
            isAccepted = true
        }
        return isAccepted
    }

    // MARK: Cookies

    /// Each line is a `Cookie` header; and the whole may be the text of a flow, as it is before it is sealed.
    static func acceptsCookies(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        guard let keyring else { throw BrokenPromise(description: "there is no keyring") }
        var head = HTTPRequest(method: .get, scheme: "https", authority: "app.example", path: "/")
        for line in input.split(separator: UInt8(ascii: "\n")) {
            head.headerFields.append(HTTPField(name: .cookie, value: String(decoding: line, as: UTF8.self)))
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        var isAccepted = try acceptsFlow(input, keyring)
        for isSecure in [true, false] {
            let cookies = AuthCookies(isSecure: isSecure)
            let jar = FlowCookieJar(cookies: cookies, keyring: keyring, random: SeededRandom().source, now: now)
            if let sealed = cookies.sealedLogout(in: request) {
                _ = keyring.open(sealed, purpose: .logoutState, context: providerID)
            }
            try judgeNames(jar, request)
            let found = try? jar.find(state: issuedState, providerID: providerID, in: request)
            let tokens = [cookies.sessionToken(in: request)?.hash, cookies.bindingBrowser(in: request)?.hash]
            isAccepted = isAccepted || found != nil || tokens.contains { $0 != nil }
        }
        return isAccepted
    }

    /// What removes the flows that are too many carries names that a stranger chose.
    private static func judgeNames(_ jar: FlowCookieJar, _ request: Request) throws(BrokenPromise) {
        guard let flow, let cookies = try? jar.begin(flow, in: request) else {
            throw BrokenPromise(description: "a flow begins whatever cookies there are")
        }
        for cookie in cookies.dropLast() {
            let name = cookie.description.prefix { $0 != "=" }
            try promise("only flows are removed", name.contains("martlet-flow-"))
            try promise("a name holds nothing but itself", !name.contains { $0 == ";" || $0.isNewline })
        }
    }

    private static func acceptsFlow(_ input: [UInt8], _ keyring: Keyring) throws(BrokenPromise) -> Bool {
        let text = String(decoding: input, as: UTF8.self)
        guard let id = flow?.id, let flow = Flow(text: text, id: id, providerID: providerID) else { return false }
        let sealer = FlowSealer(keyring: keyring, now: { flow.startedAt })
        guard let sealed = try? sealer.seal(flow) else { return false }
        let opened = try? sealer.open(sealed, id: flow.id, providerID: flow.pending.providerID)
        try promise("a flow survives being sealed and opened", opened == flow)
        return true
    }

    /// The state of a flow that is under way: its id is made of the first bytes of the seeded generator.
    private static let issuedState = keyring.map {
        FlowStates(keyring: $0, now: now, random: SeededRandom().source).issue(providerID: providerID).state
    }

    private static let flow = keyring.flatMap { keyring -> Flow? in
        let states = FlowStates(keyring: keyring, now: now, random: SeededRandom().source)
        guard let pending = try? SampleAuthorization.pending(providerID: providerID) else { return nil }
        return Flow(
            id: states.issue(providerID: providerID).id, purpose: .signIn, pending: pending, landing: "/",
            startedAt: now())
    }

    // MARK: States

    static func acceptsState(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        guard let keyring else { throw BrokenPromise(description: "there is no keyring") }
        let text = String(decoding: input, as: UTF8.self)
        try promise("base64 gives back what it was given", Base64URL.decode(Base64URL.encode(input)) == input)
        let texts = [
            FlowID(rawValue: text)?.rawValue, SessionToken(text)?.secret.reveal(), BindingToken(text)?.secret.reveal(),
        ]
        for text in texts.compactMap({ $0 }) {
            try promise("an id has one form", Base64URL.decode(text).map { Base64URL.encode($0) } == text)
        }
        for purpose in KeyPurpose.allCases {
            try promise("nobody seals but the service", keyring.open(text, purpose: purpose, context: "") == nil)
        }
        let states = FlowStates(keyring: keyring, now: now)
        guard (try? states.read(text, providerID: providerID)) != nil else { return false }
        try promise("a state is one that was issued", text == issuedState)
        return true
    }

    // MARK: Landing

    private static let origins = ["https://app.example.com", "https://other.example:8443"]

    static func acceptsLanding(_ input: [UInt8]) throws(BrokenPromise) -> Bool {
        let text = String(decoding: input, as: UTF8.self)
        guard let landing = LandingURL(text, allowedOrigins: origins) else { return false }
        for address in [landing.text, landing.adding("oauth_error", "CODE")] {
            try promise("an address has no control characters", address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            guard let url = URL(string: address, relativeTo: URL(string: "https://own.example/auth/"))?.absoluteURL
            else { continue }
            let hosts = address.hasPrefix("/") ? ["own.example"] : ["app.example.com", "other.example"]
            try promise("a person lands where they may", url.host().map(hosts.contains) ?? false)
            try promise("an address has no user", url.user() == nil && url.scheme == "https")
        }
        return true
    }
}
