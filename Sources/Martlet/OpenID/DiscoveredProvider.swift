import FoundationEssentials

/// What a provider says of itself, for somebody who describes it: the beginning of an entry.
package struct DiscoveredProvider: Sendable {
    /// Where its metadata were found.
    package let address: String
    /// The issuer that they name.
    package let issuer: String
    /// Whether they are those of OpenID Connect (Discovery 1.0), not only of OAuth 2.0 (RFC 8414).
    package let isOpenID: Bool
    /// The metadata as they came.
    package let metadata: JSONValue
    /// How a client with a secret would prove who it is.
    package let clientAuthentication: ClientAuthentication

    /// Why no metadata were found, and where they were looked for.
    package struct Failure: Error, CustomStringConvertible {
        /// The address that was asked.
        package let address: String
        /// What came of it.
        package let reason: OAuthError

        /// Both in a sentence.
        package var description: String { "\(address): \(reason)" }
    }

    /// Looks for a provider's metadata.
    ///
    /// - Parameters:
    ///   - place: an issuer, with or without `https://`, whose metadata are looked for at the addresses of OpenID Connect
    ///     Discovery 1.0 §4 and RFC 8414 §3; or the address of the metadata itself, with `/.well-known/` in it.
    ///   - transport: how requests are sent.
    /// - Throws: ``Failure`` of the first address that has something, else of the first.
    package static func find(_ place: String, transport: any Transport) async throws(Failure) -> DiscoveredProvider {
        var first: Failure?
        for candidate in candidates(place) {
            do throws(OAuthError) {
                return try await DiscoveredProvider(candidate, transport)
            } catch {
                let failure = Failure(address: candidate.address, reason: error)
                guard case .rejected(let rejection) = error, [401, 403, 404, 405].contains(rejection.status) else {
                    throw failure
                }
                first = first ?? failure
            }
        }
        throw first ?? Failure(address: place, reason: .misconfigured("this is no address"))
    }

    private typealias Candidate = (address: String, issuer: String, isOpenID: Bool)
    private static let openIDPath = "/.well-known/openid-configuration"
    private static let oauthPath = "/.well-known/oauth-authorization-server"

    private static func candidates(_ place: String) -> [Candidate] {
        let place = place.contains("://") ? place : "https://\(place)"
        for (path, isOpenID) in [(openIDPath, true), (oauthPath, false)] {
            guard let range = place.firstRange(of: path) else { continue }
            let rest = place[range.upperBound...].prefix { $0 != "?" && $0 != "#" }
            return [(place, String(place[..<range.lowerBound] + rest), isOpenID)]
        }
        let issuer = place.hasSuffix("/") ? String(place.dropLast()) : place
        let parts = issuer.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let origin = parts.prefix(3).joined(separator: "/")
        let path = parts.count > 3 ? "/\(parts[3])" : ""
        let inserted: Candidate = (origin + oauthPath + path, issuer, false)
        return [(issuer + openIDPath, issuer, true), inserted]
            + (path.isEmpty ? [] : [(issuer + oauthPath, issuer, false)])
    }

    private init(_ candidate: Candidate, _ transport: any Transport) async throws(OAuthError) {
        var request = OutboundRequest(role: .discovery, url: candidate.address)
        request.add([], encoding: .query)
        let response = try await transport.answer(request)
        let document = (try? JSONValue(parsing: response.body)) ?? .null
        // A slash at the end is easily forgotten, and yet part of the issuer.
        let named = document["issuer"]?.string
        let issuer =
            named.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } == candidate.issuer
            ? named ?? candidate.issuer : candidate.issuer
        let parsed = try ProviderMetadata.parse(response, rule: IssuerRule(issuer: issuer, tenancy: nil))
        guard parsed.authorizationEndpoint != nil, parsed.tokenEndpoint != nil else {
            throw .malformed(.discovery, reason: "it names no authorization endpoint and token endpoint")
        }
        self.address = candidate.address
        self.issuer = parsed.issuer
        self.isOpenID = candidate.isOpenID && parsed.jwksURI != nil
        self.metadata = document
        self.clientAuthentication = parsed.clientAuthentication(hasSecret: true, hasKey: false)
    }
}
