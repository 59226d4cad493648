import Martlet
import MartletAccounts

extension ServerConfiguration {
    /// A service to click through: the browser providers of the catalogue that a simulator on this machine speaks, and
    /// one OpenID provider, `openid`, if it speaks that. No account anywhere is needed.
    ///
    /// - Parameters:
    ///   - port: the port to listen on, on `127.0.0.1`; browsers use `http://localhost` with that port.
    ///   - simulator: the simulator's base URL, without a slash at the end.
    ///   - folder: where the database and the secrets are kept.
    ///   - simulated: the ids of the providers that the simulator speaks.
    ///   - recorded: further providers, which the simulator speaks by their recordings.
    ///   - providerIDs: the providers to offer; nil for all that are simulated.
    /// - Throws: ``ConfigurationError`` if one of them is not simulated, or has no step in the browser.
    public static func demo(
        port: Int, simulator: String, folder: String, simulated: [String], recorded: [RecordedProvider] = [],
        providerIDs: [String]? = nil
    ) throws(ConfigurationError) -> ServerConfiguration {
        var openID = Provider.openID(id: "openid", name: "OpenID Connect", issuer: "\(simulator)/openid")
        openID.color = "#f78c40"
        let known = Catalogue.all.filter { $0.authorizationEndpoint != nil }.map { $0.relocated(under: simulator) }
        let speaks = Set(simulated)
        let own = (known + [openID]).filter { speaks.contains($0.id) }.map(demoConfiguration)
        let offered = try select(providerIDs, from: own + recorded.map { $0.relocated(under: simulator) })
        return ServerConfiguration(
            publicURL: PublicURL(origin: "http://localhost:\(port)"),
            listen: ListenAddress(host: "127.0.0.1", port: port), store: .sqlite(path: "\(folder)/demo.sqlite"),
            secretsFile: "\(folder)/demo-secrets", secrets: [], linking: LinkingPolicy(), allowedRedirectOrigins: [],
            trustedProxies: [], insecureAllowHTTP: true, requestsPerMinute: 0, sessionLifetime: 30 * 86_400,
            productName: "Martlet demo",
            providers: offered)
    }

    /// A provider with settings that a simulator takes.
    private static func demoConfiguration(_ provider: Provider) -> ProviderConfiguration {
        var provider = provider
        for names in provider.requiredAuthorizeParameters {
            let name = String(names.prefix { $0 != " " && $0 != "|" })
            provider.authorizeParameters[name] = "1000002"
        }
        let signsSecret = provider.signedClientSecret != nil
        if signsSecret { provider.teamID = "DEMOTEAM00" }
        return ProviderConfiguration(
            id: provider.id, provider: provider, clientID: "martlet-demo", clientSecret: "demo-secret",
            key: signsSecret ? .generated(keyID: "DEMOKEY000") : nil, isEnabled: true, trustsEmail: false,
            nativeClientIDs: [], keepsTokens: false)
    }

    private static func select(
        _ ids: [String]?, from providers: [ProviderConfiguration]
    ) throws(ConfigurationError) -> [ProviderConfiguration] {
        guard let ids else { return providers }
        var selected: [ProviderConfiguration] = []
        for id in ids {
            guard let provider = providers.first(where: { $0.id == id }) else {
                throw ConfigurationError(problems: [
                    ConfigurationProblem(
                        "\(id) has no simulated sign-in; these have: \(providers.map(\.id).joined(separator: ", "))"
                    )
                ])
            }
            selected.append(provider)
        }
        return selected
    }
}
