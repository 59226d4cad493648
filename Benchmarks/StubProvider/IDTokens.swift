import Crypto
import CryptoExtras
import FoundationEssentials
import Support

/// ID tokens by a key that is made when the first is asked for (OpenID Connect Core §2).
enum IDTokens {
    private static let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048)
    private static let header = Base64URL.encode(#"{"alg":"RS256","kid":"stub","typ":"JWT"}"#.utf8)

    /// An ID token for an hour; nil without a key.
    static func issue(_ person: Int, nonce: String, to client: String, by issuer: String) -> String? {
        let now = Int(Date().timeIntervalSince1970)
        let claims = """
            {"iss":"\(issuer)","aud":\(quoted(client)),"nonce":\(quoted(nonce)),"iat":\(now),"exp":\(now + 3600),\
            \(Person.claims(person))}
            """
        let signed = header + "." + Base64URL.encode(claims.utf8)
        let digest = SHA256.hash(data: Array(signed.utf8))
        guard let signature = try? key?.signature(for: digest, padding: .insecurePKCS1v1_5) else { return nil }
        return signed + "." + Base64URL.encode(signature.rawRepresentation)
    }

    /// The key set (RFC 7517).
    static var keys: String {
        guard let numbers = try? key?.publicKey.getKeyPrimitives() else { return #"{"keys":[]}"# }
        return """
            {"keys":[{"kty":"RSA","kid":"stub","use":"sig","alg":"RS256","n":"\(Base64URL.encode(numbers.modulus))",\
            "e":"\(Base64URL.encode(numbers.publicExponent))"}]}
            """
    }

    /// The metadata (OpenID Connect Discovery §3).
    static func metadata(issuer: String) -> String {
        """
        {"issuer":"\(issuer)","authorization_endpoint":"\(issuer)/authorize","token_endpoint":"\(issuer)/token",\
        "userinfo_endpoint":"\(issuer)/userinfo","jwks_uri":"\(issuer)/jwks","response_types_supported":["code"],\
        "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"],\
        "code_challenge_methods_supported":["S256"],\
        "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}
        """
    }

    /// A text as JSON; the clients of the benchmark need no escapes but these.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
