/// Who may have issued a token: one issuer, or the tenants of a provider that has many (`{tenantid}` in its issuer).
struct IssuerRule: Hashable, Sendable {
    /// The issuer, or the template of issuers.
    let issuer: String
    let tenancy: Tenancy?

    /// Judges the issuer that a token names.
    ///
    /// - Returns: the issuer.
    func judge(_ claims: JSONValue) throws(IDTokenError) -> String {
        guard let named = claims["iss"]?.string else { throw .missingClaim("iss") }
        guard let tenancy else {
            guard named == issuer else { throw .wrongClaim("iss") }
            return named
        }
        guard let tenant = claims[tenancy.claim]?.string, Tenancy.isPlain(tenant) else {
            throw .missingClaim(tenancy.claim)
        }
        guard named == tenancy.issuer(of: tenant), issuer.contains(Tenancy.placeholder) || named == issuer else {
            throw .wrongClaim("iss")
        }
        guard tenancy.allows(tenant) else { throw .wrongClaim(tenancy.claim) }
        return named
    }

    /// Whether an issuer that is named without a tenant's claim beside it (RFC 9207, discovery) may be the one meant.
    func mayName(_ named: String) -> Bool {
        guard let tenancy, issuer.contains(Tenancy.placeholder) else { return named == issuer }
        return named == issuer || tenancy.tenant(of: named).map(tenancy.allows) ?? false
    }
}

extension Tenancy {
    /// What stands for the tenant in ``issuer``.
    static let placeholder = "{tenantid}"

    /// The issuer of a tenant.
    func issuer(of tenant: String) -> String {
        issuer.split(separator: Self.placeholder, omittingEmptySubsequences: false).joined(separator: tenant)
    }

    /// The tenant whose issuer this is; nil if it is none's.
    func tenant(of named: String) -> String? {
        let sides = issuer.split(separator: Self.placeholder, omittingEmptySubsequences: false)
        guard sides.count == 2, named.hasPrefix(sides[0]), named.hasSuffix(sides[1]),
            named.count > sides[0].count + sides[1].count
        else { return nil }
        let tenant = String(named.dropFirst(sides[0].count).dropLast(sides[1].count))
        return Self.isPlain(tenant) ? tenant : nil
    }

    /// Whether people of a tenant may sign in.
    func allows(_ tenant: String) -> Bool {
        allowed.isEmpty || allowed.contains { $0.lowercased() == tenant.lowercased() }
    }

    /// Letters, digits and `-`: nothing that could make one issuer out of another.
    static func isPlain(_ tenant: String) -> Bool {
        (1...64).contains(tenant.utf8.count)
            && tenant.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
