import FoundationEssentials
import HTTPTypes

extension OpenID {
    /// The keys, as the control endpoint wants them to look.
    static func keys(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        do {
            let headers: HTTPFields = engine.keys.settings.cacheControl.map { [.cacheControl: $0] } ?? [:]
            return Reply(.ok, .json(try engine.keys.published()), headers: headers)
        } catch {
            throw .failure
        }
    }

    /// The metadata (OpenID Connect Discovery section 3, RFC 8414), as the control endpoint wants them to look.
    static func discovery(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let issuer = issuer(call.base)
        let endpoints: JSON = [
            "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
            "token_endpoint": .string(issuer + "/token"), "userinfo_endpoint": .string(issuer + "/userinfo"),
            "jwks_uri": .string(issuer + "/jwks"), "revocation_endpoint": .string(issuer + "/revoke"),
            "introspection_endpoint": .string(issuer + "/introspect"),
            "device_authorization_endpoint": .string(issuer + "/device_authorization"),
            "pushed_authorization_request_endpoint": .string(issuer + "/par"),
            "end_session_endpoint": .string(issuer + "/end_session"),
        ]
        return engine.metadata.reply(endpoints.merging(capabilities).merging(authentication))
    }

    private static let signatures = JSON.strings(SignatureAlgorithm.allCases.map(\.rawValue))
    private static let publicSignatures = JSON.strings(SignatureAlgorithm.asymmetric.map(\.rawValue))

    private static let capabilities: JSON = [
        "response_types_supported": ["code"], "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": [
            "authorization_code", "refresh_token", "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": signatures,
        "userinfo_signing_alg_values_supported": signatures,
        "request_object_signing_alg_values_supported": publicSignatures,
        "dpop_signing_alg_values_supported": publicSignatures,
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": [
            "sub", "name", "given_name", "family_name", "preferred_username", "picture", "email", "email_verified",
            "auth_time", "sid",
        ],
        "code_challenge_methods_supported": ["S256", "plain"],
        "authorization_response_iss_parameter_supported": true,
        "request_parameter_supported": true, "request_uri_parameter_supported": false,
        "backchannel_logout_supported": true, "backchannel_logout_session_supported": true,
        "frontchannel_logout_supported": true, "frontchannel_logout_session_supported": true,
    ]

    private static let authentication: JSON = {
        let methods: JSON = [
            "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none",
        ]
        return JSON.object(
            ["token", "revocation", "introspection"].flatMap { endpoint in
                [
                    JSON.Member(name: endpoint + "_endpoint_auth_methods_supported", value: methods),
                    JSON.Member(name: endpoint + "_endpoint_auth_signing_alg_values_supported", value: signatures),
                ]
            })
    }()
}
