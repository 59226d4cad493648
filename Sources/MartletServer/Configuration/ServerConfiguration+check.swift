import Martlet
import MartletAccounts
import MartletPostgres

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

    /// Why the database server cannot be used now; nil if it can, or if there is none. A SQLite file is not touched.
    public func storeProblem() async -> String? {
        guard case .postgres(let url) = store else { return nil }
        do {
            try await PostgresStore.tryConnecting(to: url)
            return nil
        } catch {
            return error.description
        }
    }
}
