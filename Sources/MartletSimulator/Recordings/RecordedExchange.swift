import FoundationEssentials
import HTTPTypes

/// One recorded call: which requests it answers, what they must have, and the answer.
struct RecordedExchange: Sendable {
    /// What a call is for.
    enum Role: Sendable {
        case discovery, appToken, temporaryCredentials, code, profile
    }

    /// A value at a place of a request.
    struct Demand: Sendable {
        enum Place: Sendable {
            case query, header, body
        }

        let place: Place
        let name: String
        /// What must stand there; `nil` where nothing may.
        let value: JSON?
    }

    let method: HTTPRequest.Method?
    /// The vendor's host and path.
    let path: String
    let demands: [Demand]
    let status: HTTPResponse.Status
    let type: String
    let answer: String
    var role = Role.profile

    /// Reads an exchange; `nil` where it has no address or status.
    init?(_ json: JSON) {
        guard let url = json["url"]?.string, let path = Self.path(of: url), let status = json["status"]?.integer else {
            return nil
        }
        self.path = path
        method = json["method"]?.string.flatMap { HTTPRequest.Method($0.uppercased()) }
        let query = Parameters(encoded: url.split(separator: "?", maxSplits: 1).dropFirst().first ?? "")
        demands =
            query.items.map { Demand(place: .query, name: $0.name, value: .string($0.value)) }
            + Self.demands(.header, json["request"]?["headers"]) + Self.demands(.body, json["request"]?["body"])
        self.status = .init(code: Int(status))
        let headers = json["headers"]?.members ?? []
        type = headers.first { $0.name.lowercased() == "content-type" }?.value.string ?? "application/json"
        answer = json["body"]?.string ?? ""
    }

    private static func demands(_ place: Demand.Place, _ json: JSON?) -> [Demand] {
        (json?.members ?? []).map { Demand(place: place, name: $0.name, value: $0.value == .null ? nil : $0.value) }
    }

    /// Host and path of an absolute address, without query and without a slash at the end.
    static func path(of url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: url.hasPrefix) else { return nil }
        let path = url.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
        return path.hasSuffix("/") ? String(path.dropLast()) : String(path)
    }

    /// The name under which a request has a value, in its query or its body.
    func name(of value: String) -> String? {
        demands.first { $0.place != .header && $0.value?.string == value }?.name
    }
}

/// What is other in every login: codes, tokens, the client's id and secret, which may stand inside a longer text, and
/// parameters that are made anew, such as signatures.
struct Variables: Sendable {
    private let texts: [String]
    private let names: Set<String>

    init(texts: [String], names: [String]) {
        self.names = Set(names)
        self.texts = Set(texts.filter { !$0.isEmpty }).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// Whether a parameter's value is made anew, or has one of the texts in it.
    func decide(_ name: String, recorded: String) -> Bool {
        names.contains(name) || pieces(of: recorded).count > 1
    }

    /// Whether a value is the recorded one, but for the texts that vary. Where these stand there must be something.
    func permit(_ value: String, as name: String, where recorded: String) -> Bool {
        if names.contains(name) { return !value.isEmpty }
        if let own = Self.credentials(recorded) {
            return Self.credentials(value).map { permit($0, as: name, where: own) } ?? false
        }
        var pieces = pieces(of: recorded)
        guard pieces.count > 1 else { return value == recorded }
        let (first, last) = (pieces.removeFirst(), pieces.removeLast())
        guard value.hasPrefix(first), value.hasSuffix(last), value.count > first.count + last.count else {
            return false
        }
        var rest = value.dropFirst(first.count).dropLast(last.count)
        for piece in pieces where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// User and password of a Basic header.
    private static func credentials(_ header: String) -> String? {
        guard header.lowercased().hasPrefix("basic ") else { return nil }
        return Data(base64Encoded: String(header.dropFirst(6))).map { String(decoding: $0, as: UTF8.self) }
    }

    private func pieces(of recorded: String) -> [String] {
        texts.reduce([recorded]) { pieces, text in
            pieces.flatMap { $0.split(separator: text, omittingEmptySubsequences: false).map(String.init) }
        }
    }
}

extension RecordedExchange {
    /// Whether a request fits but for what varies: which of several exchanges at one address is meant.
    func isMeant(by call: Call, _ variables: Variables) -> Bool {
        demands.allSatisfy { demand in
            demand.place == .header
                || demand.value.map { variables.decide(demand.name, recorded: $0.plainText) } ?? false
                || Self.isMet(demand, by: call, variables)
        }
    }

    /// Judges whether a request is as the vendor documents it.
    func check(_ call: Call, _ variables: Variables) throws(Refusal) {
        for demand in demands where !Self.isMet(demand, by: call, variables) {
            throw .invalid("The \(demand.place) \(demand.name) is not as the vendor documents it.")
        }
    }

    private static func isMet(_ demand: Demand, by call: Call, _ variables: Variables) -> Bool {
        let found: JSON? =
            switch demand.place {
            case .query: call.query[demand.name].map(JSON.string)
            case .header: call.header(demand.name).map(JSON.string)
            case .body: call.bodyValue(demand.name)
            }
        guard let recorded = demand.value else { return found == nil }
        guard let found else { return false }
        return found == recorded || variables.permit(found.plainText, as: demand.name, where: recorded.plainText)
    }
}

extension Call {
    /// A member of a body that is a JSON object, else a field of a form.
    fileprivate func bodyValue(_ name: String) -> JSON? {
        if let object = JSON(parsing: body.utf8), object.members != nil { return object[name] }
        return Parameters(encoded: body)[name].map(JSON.string)
    }
}
