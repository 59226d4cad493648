import Martlet
import MartletServer
import MartletSimulator

/// The catalogue as the simulator speaks it by recordings.
enum SimulatedCatalogue {
    /// The two sides of a login: the service's settings, and what the simulator answers.
    struct Entry: Sendable {
        let settings: RecordedProvider
        let simulated: SimulatedProvider
    }

    /// Those of some providers that the simulator has no dialect of its own for.
    ///
    /// - Throws: `ConfigurationError` that names every provider that is unknown or cannot be simulated, with the reason.
    static func recorded(_ ids: [String]) throws(ConfigurationError) -> [Entry] {
        var entries: [Entry] = []
        var problems: [ConfigurationProblem] = []
        for id in ids where !Simulator.dialects.contains(id) && !entries.contains(where: { $0.settings.id == id }) {
            do throws(ConfigurationError) {
                entries.append(try entry(id))
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return entries
    }

    /// One provider.
    static func entry(_ id: String) throws(ConfigurationError) -> Entry {
        guard let provider = Catalogue.provider(id) else {
            throw problem("\(id) is no provider of the catalogue; `martlet providers list` names them all")
        }
        if let reason = provider.reasonAgainstSimulation { throw problem("\(id) cannot be simulated: \(reason)") }
        guard let recording = Simulator.recordings[id] else {
            throw problem("\(id) cannot be simulated: there is no recording of it")
        }
        let settings = try RecordedProvider(id: id, recording: recording)
        do throws(SimulatedProvider.Problem) {
            let entry = SimulatedProvider.Entry(settings.provider)
            return Entry(settings: settings, simulated: try SimulatedProvider(entry, recording: recording))
        } catch {
            throw problem("\(id) cannot be simulated: \(error)")
        }
    }

    private static func problem(_ text: String) -> ConfigurationError {
        ConfigurationError(problems: [ConfigurationProblem(text)])
    }
}

extension Provider {
    /// Why a simulator that answers from recordings cannot be this provider; nil if it can.
    fileprivate var reasonAgainstSimulation: String? {
        authorizationEndpoint == nil && issuer == nil ? "its sign-in has no step in the browser" : nil
    }
}

extension SimulatedProvider.Entry {
    /// What the simulator must know of a provider that its recording does not say.
    init(_ provider: Provider) {
        self.init(id: provider.id, name: provider.name)
        flow =
            switch provider.flow {
            case .authorizationCode: .authorizationCode
            case .oauth1: .oauth1
            case .openID2: .openID2
            }
        documentation = provider.documentation ?? ""
        authorizationEndpoint = provider.authorizationEndpoint
        tokenEndpoint = provider.tokenEndpoint
        appTokenEndpoint = provider.appTokenRequest?.endpoint
        temporaryCredentialEndpoint = provider.temporaryCredentialRequest?.endpoint
        issuer = provider.tenancy?.issuer ?? provider.issuer
        jwksURI = provider.jwksURI
        signingAlgorithms = provider.signingAlgorithms.map(\.rawValue)
        responseType = provider.responseType
        let names = provider.parameterNames
        authorizeClientParameter = names.authorizeClientID ?? names.clientID
        clientParameter = names.clientID
        secretParameter = names.clientSecret
        redirectParameter = names.redirectURI
        scopeParameter = names.scope
        codeParameter = names.code
        callbackCodeParameters = Self.names(names.callbackCode)
        if provider.signing != nil {
            freshParameters = ["sign", "signature", "sig", "nonce", "timestamp", "x-tc-timestamp"]
        }
        let accessToken = provider.appTokenRequest == nil ? provider.tokenResponse.accessToken : provider.appToken
        accessTokenFields = Self.names(accessToken?.source ?? "")
        idTokenFields = Self.names(provider.tokenResponse.idToken.source)
        declinesSilently = provider.callbackWithoutCodeIsDenial
        signsCallback = provider.callbackSignature == .shopify
    }

    /// The last names of the paths of an expression: `data.access_token | token` has `access_token` and `token`.
    private static func names(_ expression: String) -> [String] {
        expression.split(separator: "|").compactMap { path in
            path.filter { $0 != " " }.split(separator: ".").last.map(String.init)
        }
    }
}
