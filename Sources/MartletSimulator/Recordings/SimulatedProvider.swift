/// A provider that the simulator speaks by a recording of one login: every answer is the recorded one, and every
/// request must be as the recording says.
///
/// Only what protects a login is the simulator's own: codes, their binding to client, redirection URI and code challenge,
/// and the signatures of ID tokens.
public struct SimulatedProvider: Sendable {
    /// What a recording does not say about a provider. Addresses are absolute, at the vendor's own host.
    public struct Entry: Sendable {
        /// The protocol by which a person signs in.
        public enum Flow: Sendable {
            /// OAuth 2.0 with a code, and OpenID Connect on top of it.
            case authorizationCode
            /// OAuth 1.0a (RFC 5849); requests are signed with HMAC-SHA1 and the recorded client secret.
            case oauth1
            /// OpenID Authentication 2.0, with assertions that the provider itself is asked about.
            case openID2
        }

        /// The provider id, for example `weibo`.
        public var id: String
        /// What a person calls it.
        public var name: String
        /// The protocol. Only the names of ``Flow/authorizationCode`` differ from vendor to vendor: for the others, those
        /// below are not read.
        public var flow = Flow.authorizationCode
        /// The vendor's documentation page.
        public var documentation = ""
        /// Where the browser is sent; `nil` takes it from the recorded metadata.
        public var authorizationEndpoint: String?
        /// Where codes are exchanged; `nil` takes it from the recorded metadata, or finds the recorded call that has the
        /// code.
        public var tokenEndpoint: String?
        /// Where the application gets a token of its own, if it needs one.
        public var appTokenEndpoint: String?
        /// Where OAuth 1.0a gives temporary credentials.
        public var temporaryCredentialEndpoint: String?
        /// The OpenID Connect issuer.
        public var issuer: String?
        /// Where the signing keys are; `nil` takes it from the recorded metadata.
        public var jwksURI: String?
        /// Algorithms that ID tokens may be signed with (`RS256`); with none, the one of the recorded token.
        public var signingAlgorithms: [String] = []
        /// `response_type` of the authorization request.
        public var responseType = "code"
        /// `client_id` of the authorization request.
        public var authorizeClientParameter = "client_id"
        /// `client_id` of the token request.
        public var clientParameter = "client_id"
        /// `client_secret`
        public var secretParameter = "client_secret"
        /// `redirect_uri`
        public var redirectParameter = "redirect_uri"
        /// `scope`
        public var scopeParameter = "scope"
        /// `code` of the token request.
        public var codeParameter = "code"
        /// `code` of the callback; the recorded callback has one of these.
        public var callbackCodeParameters = ["code"]
        /// Parameters of requests whose values the client makes anew every time: signatures and times. Not judged.
        public var freshParameters: [String] = []
        /// Names under which an answer has the access token.
        public var accessTokenFields = ["access_token"]
        /// Names under which an answer has the ID token.
        public var idTokenFields = ["id_token"]
        /// Whether the callback of somebody who declines has neither a code nor an error.
        public var declinesSilently = false
        /// Whether the callback is signed in `hmac`, by the recorded client secret.
        public var signsCallback = false

        /// Describes a provider that keeps to the names of RFC 6749.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Why a provider cannot be simulated.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// A part of a sentence, for a developer: `no recorded call has the code`.
        public let description: String
    }

    let entry: Entry
    let recording: Recording

    /// The short name of the only person who can sign in, the recorded one.
    public static let personID = "recorded"

    /// Makes a provider that answers from a recording.
    ///
    /// - Parameters:
    ///   - entry: what the recording does not say.
    ///   - recording: JSON Lines in the format of `martlet providers replay`: the first login, and answers to a code that
    ///     is refused.
    /// - Throws: ``Problem`` when the text is no recording, or the login is none that a browser can make.
    public init(_ entry: Entry, recording: String) throws(Problem) {
        let entry = entry.namingByFlow
        self.recording = try Recording(recording, entry: entry)
        self.entry = self.recording.completing(entry)
        guard self.entry.authorizationEndpoint != nil else {
            throw Problem(description: "nothing says where the browser is sent")
        }
    }

    /// The provider id.
    public var id: String { entry.id }
}

extension SimulatedProvider.Entry {
    /// The entry with the names that its protocol has.
    fileprivate var namingByFlow: Self {
        var entry = self
        switch flow {
        case .authorizationCode: break
        case .oauth1:
            entry.callbackCodeParameters = ["oauth_verifier"]
            entry.accessTokenFields = ["oauth_token"]
        case .openID2:
            entry.authorizeClientParameter = "openid.realm"
            entry.redirectParameter = "openid.return_to"
            entry.callbackCodeParameters = ["openid.assoc_handle"]
            entry.freshParameters = ["op_endpoint", "return_to", "response_nonce", "assoc_handle", "sig"].map {
                "openid." + $0
            }
        }
        return entry
    }
}
