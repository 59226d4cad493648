/// The texts about linked accounts, sessions and the end of an account, in one language.
///
/// The plain ones are read by the templates under `t.account`.
struct AccountStrings: Sendable {
    // Linked accounts
    let unlink: String
    let unlinkNamed: @Sendable (_ provider: String) -> String
    let onlyBinding: String
    let linkAnother: String
    let linkNamed: @Sendable (_ provider: String) -> String

    // An account that waits to be linked
    let pendingLead: @Sendable (_ provider: String) -> String
    let offerTitle: @Sendable (_ provider: String) -> String
    let offerText: String
    let offerButton: @Sendable (_ provider: String) -> String
    let notNow: String

    // A link that another site started
    let confirmTitle: @Sendable (_ provider: String) -> String
    let confirmText: @Sendable (_ provider: String, _ person: String) -> String
    let confirmCaution: String
    let cancel: String

    // Sessions
    let sessions: String
    let thisSession: String
    let sessionSince: @Sendable (_ time: String) -> String
    let sessionEnds: @Sendable (_ time: String) -> String
    let unknownBrowser: String
    let browserOnSystem: @Sendable (_ browser: String, _ system: String) -> String
    let endSession: String
    let endSessionNamed: @Sendable (_ session: String) -> String
    let endOtherSessions: String

    // The end of an account
    let deleteAccount: String
    let deletionConsequences: String
    let deletionConfirmation: String
}
