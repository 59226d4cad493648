import HTTPTypes
import Synchronization

/// What was changed about the metadata of plain OpenID Connect.
final class MetadataChange: Sendable {
    /// A change.
    struct Change: Sendable {
        /// Members that replace those of the same name; `null` removes one.
        var members: JSON = [:]
        /// Value of the answer's `Cache-Control`.
        var cacheControl: String?
    }

    private let change = Mutex(Change())

    /// The change.
    var current: Change {
        get { change.withLock { $0 } }
        set { change.withLock { $0 = newValue } }
    }

    /// The answer that the change makes of these metadata.
    func reply(_ metadata: JSON) -> Reply {
        let change = current
        let changed = (change.members.members ?? []).reduce(metadata) { whole, member in
            whole.setting(member.name, member.value == .null ? nil : member.value)
        }
        return Reply(.ok, .json(changed), headers: change.cacheControl.map { [.cacheControl: $0] } ?? [:])
    }
}
