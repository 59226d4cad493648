extension GuideStrings {
    static let english: GuideStrings = GuideStrings(
        introduction: { count in
            """
            # Providers

            [简体中文](providers.zh-CN.md)

            The \(count) entries of the catalogue: first what each asks for and proves, then [how it is set up](#setting-one-up). The same
            in a terminal: `martlet providers list`, `martlet providers show ID --setup`. Choosing, changing and adding providers:
            [the guide](guides/providers.md).

            **Proof of the email** is what in the provider's answers says that an address is the person's. *Unverified*: nothing does, and
            the address is shown but never relied on.


            """
        },
        setupHeading: "Setting one up",
        setupIntroduction: """
            `PUBLIC_URL` is the address that browsers know your service by, the setting `publicURL`. In bold is what the vendor calls a
            thing. A setting is written in the configuration file or given by the environment variable beside it; a secret can also be
            read from a file (`clientSecretFile`, `…_CLIENT_SECRET_FILE`). `martlet check` says what is missing, and
            `martlet providers try ID` signs you in from a terminal.
            """,
        columns: Columns(
            name: "Provider", id: "id", kind: "Protocol", scopes: "Default scopes", email: "Proof of the email"),
        emailProofs: EmailProofs(
            noEmail: "no email", unverified: "unverified", onlyVerified: "documented: only verified addresses",
            list: { "\(code: $0) and \(code: $1) in the list of addresses" }),
        register: { "Register an application: \(link: $0)" },
        documentation: { "Documentation: \(link: $0)" },
        redirect: { "Under \(strong: $0), enter \(code: $1)" },
        redirectDomain: { "Under \(strong: $0), enter the host of \(code: $1); the redirect URI is \(code: $2)" },
        configure: "Copy into the configuration:",
        giveToLibrary: "Give the library:",
        handleAsSubject: {
            """
            People are known here only by a handle, which can change and may pass to somebody else together with the account that it \
            stands for. To accept that: \(code: $0)
            """
        },
        setting: { label, keys, variable in
            let key = Phrase(keys, separator: " or ")
            guard let variable else { return "\(strong: label): \(key)" }
            return "\(strong: label): \(key), or \(code: variable)"
        },
        scopes: { "Scopes asked for: \(Phrase($0.map { "\(code: $0)" }, separator: " "))" },
        noScopes: "No scopes are asked for.",
        fieldScope: { fields, scope, isAsked in
            let names = fields.joined(separator: ", ")
            return isAsked
                ? "For \(names): \(code: scope)" : "For \(names): \(code: scope), which \(code: "scopes") must name"
        },
        canRefresh: "Tokens can be refreshed, if the provider gives a refresh token.",
        canRevoke: "Tokens can be revoked.",
        noBrowser: """
            There is no sign-in in a browser: the library takes the code that the app sends; the service does not offer it.
            """,
        fields: ["username": "user name", "name": "name", "email": "email", "avatar": "picture"],
        labels: Labels(
            domain: "Host name, without https://", tenant: "Tenant", apiKey: "API key",
            privateKey: "Private key, the path of a PEM file", keyID: "Id of the private key", teamID: "Id of the team",
            answerKey: "The provider's public key",
            certificate: "TLS certificate, the path of a PEM file",
            certificateKey: "Its private key, the path of a PEM file",
            authorizeParameter: "Parameter of the authorization request"))
}
