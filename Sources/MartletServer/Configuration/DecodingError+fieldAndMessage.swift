import FoundationEssentials
import Martlet

extension DecodingError {
    /// The path of the field that is wrong, and what is wrong with it.
    var fieldAndMessage: (fields: [String], message: String) {
        switch self {
        case .typeMismatch(let type, let context):
            (Self.path(context), "expected \(Self.name(of: type))")
        case .valueNotFound(let type, let context):
            (Self.path(context), "has no value; expected \(Self.name(of: type))")
        case .keyNotFound(let key, let context):
            (Self.path(context) + [key.stringValue], "is missing")
        case .dataCorrupted(let context):
            (Self.path(context), Self.choice(of: Self.path(context)) ?? context.debugDescription)
        @unknown default: ([], "cannot be read")
        }
    }

    /// The names of the fields down to the one that is wrong; an element of a list is its position, from 0.
    private static func path(_ context: Context) -> [String] {
        context.codingPath.map { key in key.intValue.map(String.init) ?? key.stringValue }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text; put it in quotes"
        case is Bool.Type: "true or false"
        case is Int.Type: "a whole number"
        case is [any Any].Type, is [String].Type, is [SignatureAlgorithm].Type: "a list"
        default: "another kind of value"
        }
    }

    /// The values that a field may have, where they are few.
    private static func choice(of path: [String]) -> String? {
        path.last { Int($0) == nil }.flatMap { choices[$0] }.map { "expected one of \($0.joined(separator: ", "))" }
    }

    private static let choices: [String: [String]] = [
        "pkce": PKCE.allCases.map(\.rawValue), "responseMode": ResponseMode.allCases.map(\.rawValue),
        "clientAuthentication": ClientAuthentication.allCases.map(\.rawValue),
        "clientAssertionAudience": ClientAssertionAudience.allCases.map(\.rawValue),
        "signingAlgorithms": SignatureAlgorithm.allCases.map(\.rawValue),
        "userInfoSignedResponseAlg": SignatureAlgorithm.allCases.map(\.rawValue),
        "userInfoPolicy": UserInfoPolicy.allCases.map(\.rawValue),
        "notifications": NotificationFormat.allCases.map(\.rawValue),
    ]
}
