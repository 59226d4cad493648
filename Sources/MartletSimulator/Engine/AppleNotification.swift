import FoundationEssentials

/// What Apple posts to an application's server when a person changes something about their account.
///
/// <https://developer.apple.com/documentation/signinwithapple/processing-changes-for-sign-in-with-apple-accounts>
struct AppleNotification {
    /// What happened. Apple documents `account-deleted`, and has sent `account-delete`.
    enum Kind: String, Decodable {
        case emailDisabled = "email-disabled"
        case emailEnabled = "email-enabled"
        case consentRevoked = "consent-revoked"
        case accountDelete = "account-delete"
        case accountDeleted = "account-deleted"

        /// Whether it is about the person's email.
        var concernsEmail: Bool { self == .emailDisabled || self == .emailEnabled }
    }

    /// Why an application must refuse the notification, or pass it over.
    enum Flaw: String, Decodable {
        case wrongIss, wrongAud, wrongSignature, algNone, unknownType
    }

    let kind: Kind
    let person: Person
    let clientID: String
    let flaw: Flaw?

    /// The signed notification, good for a day.
    func signed(issuer: String, engine: Engine) throws(Refusal) -> String {
        let now = engine.configuration.now().timeIntervalSince1970
        let claims: JSON = [
            "iss": .string(flaw == .wrongIss ? "https://issuer.example" : issuer),
            "aud": .string(flaw == .wrongAud ? clientID + "-of-somebody-else" : clientID),
            "exp": .number(Int64(now) + 86_400), "iat": .number(Int64(now)), "jti": .string(engine.randomText()),
            "events": .string(event(at: now).text),
        ]
        let fault: Fault? = flaw == .wrongSignature ? .badSignature : flaw == .algNone ? .algNone : nil
        return try engine.signed(JWTWriter(ring: engine.keys, algorithm: .rs256, fault: fault), claims: claims)
    }

    /// The event, with its time in milliseconds, as Apple sends it.
    private func event(at now: Double) -> JSON {
        let event: JSON = [
            "type": .string(flaw == .unknownType ? "something-new" : kind.rawValue),
            "sub": .string(Apple.subject(person)), "event_time": .number(Int64(now * 1000)),
        ]
        guard kind.concernsEmail, let email = Apple.email(of: person) else { return event }
        return event.merging(["email": .string(email), "is_private_email": .string(String(Apple.isPrivate(person)))])
    }
}
