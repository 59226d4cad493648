public import Hummingbird

/// Who a request comes from: the peer of the connection, or, behind proxies that are listed, whom they name.
public struct ClientAddress: Hashable, Sendable {
    private let trustedProxies: Set<String>

    /// Makes a rule.
    ///
    /// - Parameter trustedProxies: IP addresses whose `X-Forwarded-For` is believed; of any other peer it is ignored.
    public init(trustedProxies: [String]) {
        self.trustedProxies = Set(trustedProxies.map(Self.plain))
    }

    /// The address of a request's client; nil where the peer is not known.
    ///
    /// `X-Forwarded-For` is read from its end, past the listed proxies: what stands before is the client's own claim.
    public func of(_ request: Request, context: some RequestContext) -> String? {
        guard let peer = (context as? any RemoteAddressRequestContext)?.remoteAddress?.ipAddress else { return nil }
        return of(peer: peer, forwardedFor: request.headers.value(named: "X-Forwarded-For"))
    }

    func of(peer: String, forwardedFor: String?) -> String {
        let peer = Self.plain(peer)
        guard trustedProxies.contains(peer) else { return peer }
        let hops = (forwardedFor ?? "").split(separator: ",").map { Self.plain(String($0.filter { $0 != " " })) }
        return hops.last { !trustedProxies.contains($0) } ?? peer
    }

    /// An IPv4 address as itself where it came to a socket of IPv6: `::ffff:192.0.2.1` is `192.0.2.1` (RFC 4291 §2.5.5.2).
    static func plain(_ address: String) -> String {
        let prefix = "::ffff:"
        guard address.lowercased().hasPrefix(prefix), address.contains(".") else { return address }
        return String(address.dropFirst(prefix.count))
    }
}
