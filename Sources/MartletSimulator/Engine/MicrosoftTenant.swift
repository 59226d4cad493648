/// Microsoft's tenants: two companies, one more whose domain nobody proved, and the one of all personal accounts.
enum MicrosoftTenant {
    /// Of all personal accounts.
    static let consumers = "9188040d-6c67-4c5b-b112-36a304b66dad"
    /// Ada's company, and that of everybody who is not listed.
    static let first = "3a7c1b52-9d4e-4f6a-8b1c-0e5d2f7a9c31"
    /// Li Lei's company.
    static let second = "c2e85d07-61fb-4b39-a7d4-9f3018b6e2aa"
    /// Uma's, which she made herself.
    static let unproved = "e91d4f6b-0a27-4c83-95be-7d60c3f1a844"

    /// Every tenant.
    static let all: Set<String> = [consumers, first, second, unproved]

    /// The tenant of a person's account.
    static func of(_ person: Person) -> String {
        switch person.id {
        case "sam", "ivy": consumers
        case "lilei": second
        case "uma": unproved
        default: first
        }
    }

    /// Domain of the names with which people of a tenant sign in.
    static func domain(of tenant: String) -> String {
        switch tenant {
        case consumers: "outlook.example"
        case second: "second.onmicrosoft.example"
        case unproved: "unproved.onmicrosoft.example"
        default: "first.onmicrosoft.example"
        }
    }
}

/// The part of Microsoft's addresses that says who may sign in.
enum MicrosoftAudience: Equatable {
    case common, organizations, consumers
    case tenant(String)

    /// Reads the part; `nil` where there is no such tenant.
    init?(_ text: String?) {
        switch text {
        case "common": self = .common
        case "organizations": self = .organizations
        case "consumers": self = .consumers
        case let id? where MicrosoftTenant.all.contains(id): self = .tenant(id)
        default: return nil
        }
    }

    /// What stands for the tenant in the issuer that the metadata name. Where people of several tenants sign in, it is
    /// a placeholder.
    var issuerPart: String {
        switch self {
        case .common, .organizations: "{tenantid}"
        case .consumers: MicrosoftTenant.consumers
        case .tenant(let id): id
        }
    }

    /// Why somebody of that tenant may not sign in here, with Microsoft's code; `nil` where they may.
    ///
    /// <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
    func objection(to tenant: String) -> String? {
        switch self {
        case .organizations where tenant == MicrosoftTenant.consumers:
            "AADSTS500200: Personal accounts are not supported for this application."
        case .consumers where tenant != MicrosoftTenant.consumers:
            "AADSTS500208: The domain is not a login domain of personal accounts."
        case .tenant(let id) where id != tenant:
            "AADSTS50020: The account does not exist in the tenant '\(id)'."
        default: nil
        }
    }
}
