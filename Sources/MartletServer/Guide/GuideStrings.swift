/// The words of the descriptions of the catalogue, in one language.
struct GuideStrings: Sendable {
    /// What stands before the table of a page; given the number of entries.
    let introduction: @Sendable (Int) -> String
    /// What stands between the table and the steps.
    let setupHeading: String
    let setupIntroduction: String

    // MARK: The table

    let columns: Columns
    let emailProofs: EmailProofs

    /// The heads of the table's columns.
    struct Columns: Sendable {
        let name: String
        let id: String
        let kind: String
        let scopes: String
        let email: String
    }

    /// What proves an address.
    struct EmailProofs: Sendable {
        let noEmail: String
        let unverified: String
        let onlyVerified: String
        let list: @Sendable (_ primary: String, _ verified: String) -> Phrase
    }

    // MARK: The steps

    let register: @Sendable (_ page: String) -> Phrase
    let documentation: @Sendable (_ page: String) -> Phrase
    let redirect: @Sendable (_ label: String, _ uri: String) -> Phrase
    let redirectDomain: @Sendable (_ label: String, _ base: String, _ uri: String) -> Phrase
    let configure: Phrase
    let giveToLibrary: Phrase
    let handleAsSubject: @Sendable (_ setting: String) -> Phrase
    let setting: @Sendable (_ label: String, _ keys: [Phrase], _ variable: String?) -> Phrase
    let scopes: @Sendable (_ scopes: [String]) -> Phrase
    let noScopes: Phrase
    let fieldScope: @Sendable (_ fields: [String], _ scope: String, _ isAsked: Bool) -> Phrase
    let canRefresh: Phrase
    let canRevoke: Phrase
    let noBrowser: Phrase
    let fields: [String: String]

    /// What settings are that no vendor's word stands for.
    let labels: Labels

    /// Labels of settings.
    struct Labels: Sendable {
        let domain: String
        let tenant: String
        let apiKey: String
        let privateKey: String
        let keyID: String
        let teamID: String
        let answerKey: String
        let certificate: String
        let certificateKey: String
        let authorizeParameter: String
    }
}
