import FoundationEssentials

extension Simulator {
    /// Registers a client of plain OpenID Connect, in place of one with the same identifier. Over HTTP:
    /// `PUT {base}/simulator/clients/{clientID}` with the properties as JSON.
    ///
    /// - Throws: ``SimulatedClient/Problem`` when the client needs a secret or a key that it has not, its keys are no
    ///   JSON Web Key Set, or an URI is not absolute.
    public func register(_ client: SimulatedClient) throws(SimulatedClient.Problem) {
        engine.clients.register(try RegisteredClient(client))
    }

    /// Forgets a registered client: any secret will do again.
    ///
    /// - Returns: whether there was such a client.
    @discardableResult
    public func forget(clientID: String) -> Bool {
        engine.clients.forget(clientID)
    }

    /// How the set of keys of plain OpenID Connect looks.
    public struct KeySet: Sendable, Hashable {
        /// Algorithms whose keys are in the set.
        public var algorithms: [SignatureAlgorithm]
        /// Whether `kid` is left out, in the set and in tokens.
        public var omitsKid: Bool
        /// Keys that nobody can use, ahead of the others.
        public var unusable: [UnusableKey]
        /// Value of the answer's `Cache-Control`; `nil` sends none.
        public var cacheControl: String?

        /// A set; arguments left out give one that any client can use.
        public init(
            algorithms: [SignatureAlgorithm] = SignatureAlgorithm.allCases.filter { $0 != .hs256 },
            omitsKid: Bool = false, unusable: [UnusableKey] = [], cacheControl: String? = nil
        ) {
            self.algorithms = algorithms
            self.omitsKid = omitsKid
            self.unusable = unusable
            self.cacheControl = cacheControl
        }
    }

    /// How the set of keys looks. Over HTTP: `PUT {base}/simulator/openid/keys`.
    public var keySet: KeySet {
        get { engine.keys.settings }
        nonmutating set { engine.keys.settings = newValue }
    }

    /// Makes new keys with new identifiers, for all dialects.
    ///
    /// - Parameter keepingOld: whether the set of plain OpenID Connect goes on to hold the old ones.
    /// - Throws: an error of swift-crypto when no key can be made.
    public func rotateKeys(keepingOld: Bool = false) throws {
        try engine.keys.rotate(keepsOld: keepingOld)
    }

    /// Changes the metadata of plain OpenID Connect, in place of an earlier change. Over HTTP:
    /// `PUT {base}/simulator/openid/metadata?cacheControl=…`.
    ///
    /// - Parameters:
    ///   - json: a JSON object, whose members replace those of the same name; `null` removes one. `{}` changes nothing.
    ///   - cacheControl: value of the answer's `Cache-Control`; `nil` sends none.
    /// - Returns: whether the text is a JSON object.
    @discardableResult
    public func changeMetadata(_ json: String, cacheControl: String? = nil) -> Bool {
        guard let value = JSON(parsing: json.utf8), value.members != nil else { return false }
        engine.metadata.current = .init(members: value, cacheControl: cacheControl)
        return true
    }

    /// Why there is no logout token.
    public enum LogoutTokenError: Error, Sendable {
        /// There is nobody of that short name.
        case unknownPerson
        /// It could not be signed.
        case unsigned
    }

    /// A logout token for a client, as plain OpenID Connect sends it (OpenID Connect Back-Channel Logout section 2.4).
    /// Over HTTP: `POST {base}/simulator/openid/logout-token`.
    ///
    /// - Parameters:
    ///   - clientID: whom it is for.
    ///   - person: short name of the person who signed out, whose subject the token names; `nil` names none.
    ///   - sid: the session that is over, from an ID token; `nil` names none.
    ///   - fault: what shall be wrong about it.
    ///   - baseURL: where the client reaches the simulator; `nil` takes the configuration's, else `http://localhost`.
    public func logoutToken(
        for clientID: String, person: String? = nil, sid: String? = nil, fault: LogoutTokenFault? = nil,
        baseURL: String? = nil
    ) throws(LogoutTokenError) -> String {
        let known = person.flatMap(engine.person)
        guard person == nil || known != nil else { throw .unknownPerson }
        let base = Call.trimmed(baseURL ?? engine.configuration.baseURL ?? "http://localhost")
        do {
            return try engine.logoutToken(
                for: clientID, about: LogoutSubject(subject: known.map(OpenID.subject), sid: sid),
                issuer: OpenID.issuer(base), fault: fault)
        } catch {
            throw .unsigned
        }
    }
}
