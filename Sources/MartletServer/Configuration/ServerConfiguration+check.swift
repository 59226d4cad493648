import Martlet

extension ServerConfiguration {
    /// Asks a provider for its metadata where discovery is needed.
    ///
    /// - Returns: what is wrong, in one sentence; nil if nothing is.
    public func reachabilityProblem(of provider: ProviderConfiguration) async -> String? {
        do throws(OAuthError) {
            let client = try OAuthClient(
                provider.provider, clientID: provider.clientID, clientSecret: provider.clientSecret,
                key: provider.key, transport: transport(provider.certificate))
            try await client.check()
            return nil
        } catch {
            return error.description
        }
    }
}
