import Crypto
import CryptoExtras
import FoundationEssentials
import HTTPTypes

/// Alipay's one endpoint for all its methods: requests signed with RSA2, answers that are believed only by their signature.
struct AlipayGateway: Sendable {
    let key: ClientKey
    let answerKey: RSAPublicKey

    /// Signs a request: all parameters, sorted by name, as one form.
    func sign(_ request: inout OutboundRequest, at now: Date) throws(OAuthError) {
        let parameters =
            request.parameters.filter { !$0.value.isEmpty } + [
                (name: "sign_type", value: "RSA2"), (name: "timestamp", value: now.chinaStandardTime),
            ]
        let content = parameters.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let signature: [UInt8]
        do {
            signature = try key.signature(of: Array(content.utf8))
        } catch {
            throw .misconfigured("the private key cannot sign")
        }
        request.url = String(request.url.prefix { $0 != "?" && $0 != "#" })
        request.headers[.contentType] = "application/x-www-form-urlencoded; charset=utf-8"
        request.body = FormEncoding.encode(parameters + [("sign", Data(signature).base64EncodedString())])
    }

    /// The signed member of an answer, as an answer of its own: what was verified is what is read.
    ///
    /// An error need not be signed: the gateway cannot sign one for a client that it does not know, and it grants nothing.
    func open(_ response: OutboundResponse, to request: OutboundRequest) throws(OAuthError) -> OutboundResponse {
        guard (200..<300).contains(response.status) else { return response }
        let method = request.parameters.first { $0.name == "method" }?.value ?? ""
        let name = String(method.map { $0 == "." ? "_" : $0 }) + "_response"
        let members = JSONMembers(of: response.body)
        guard let payload = members?[name] else {
            if let error = members?["error_response"] { throw .rejected(rejection(error, request)) }
            throw .untrustedMessage(.answer, .malformed)
        }
        let signature = members?["sign"].flatMap { try? JSONValue(parsing: $0) }?.string
            .flatMap { Data(base64Encoded: $0) }
        guard let signature, isSigned(payload, by: Array(signature)) else {
            let code = (try? JSONValue(parsing: payload))?["code"]?.text
            guard code == nil || code == "10000" else { throw .rejected(rejection(payload, request)) }
            throw .untrustedMessage(.answer, signature == nil ? .missing : .badSignature)
        }
        var opened = response
        opened.body = Array(payload)
        return opened
    }

    /// Alipay signs some answers before it escapes their slashes.
    private func isSigned(_ payload: ArraySlice<UInt8>, by signature: [UInt8]) -> Bool {
        if answerKey.isValid(signature, of: Array(payload)) { return true }
        let unescaped = String(decoding: payload, as: UTF8.self).split(
            separator: "\\/", omittingEmptySubsequences: false)
        return unescaped.count > 1 && answerKey.isValid(signature, of: Array(unescaped.joined(separator: "/").utf8))
    }

    private func rejection(_ error: ArraySlice<UInt8>, _ request: OutboundRequest) -> Rejection {
        let told = try? JSONValue(parsing: error)
        let secrets = request.parameters.filter { ["code", "auth_token", "refresh_token", "sign"].contains($0.name) }
        return Rejection(
            role: request.role, status: 200, error: told?["sub_code"]?.text ?? told?["code"]?.text,
            description: told?["sub_msg"]?.text ?? told?["msg"]?.text, secrets: secrets.map(\.value))
    }
}

/// An RSA public key of a provider, by which its answers are verified with RSASSA-PKCS1-v1_5 and SHA-256.
struct RSAPublicKey: Sendable {
    private let key: _RSA.Signing.PublicKey

    /// Reads a key in PEM, or its bare base64.
    init(_ text: String) throws(OAuthError) {
        let base64 = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }.joined()
        guard let der = Data(base64Encoded: base64), let key = try? _RSA.Signing.PublicKey(derRepresentation: der)
        else {
            throw .misconfigured("answerKey is not an RSA public key of 2,048 bits or more, in PEM or base64")
        }
        self.key = key
    }

    func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.isValidSignature(
            .init(rawRepresentation: signature), for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
    }
}

/// The members of a JSON object as they are written, byte for byte: a signature is over these.
struct JSONMembers: Sendable {
    private var values: [String: ArraySlice<UInt8>] = [:]

    /// Reads an object; nil if the text is none, or has a name twice, since two readers of it may differ.
    init?(of bytes: [UInt8]) {
        guard (try? JSONValue(parsing: bytes))?.object != nil, let open = bytes.firstIndex(of: UInt8(ascii: "{")) else {
            return nil
        }
        var rest = bytes[open...].dropFirst()
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            rest = rest[quote...]
            let name = Self.takeValue(&rest)
            guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            rest = rest[colon...].dropFirst().drop(while: Self.isSpace)
            guard let text = (try? JSONValue(parsing: name))?.string,
                values.updateValue(Self.takeValue(&rest), forKey: text) == nil
            else { return nil }
            rest = rest.drop(while: Self.isSpace)
            guard rest.first == UInt8(ascii: ",") else { break }
            rest = rest.dropFirst()
        }
    }

    subscript(name: String) -> ArraySlice<UInt8>? { values[name] }

    /// Takes the value at the beginning of a text that is known to be JSON.
    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = rest
        var depth = 0
        var isInString = false
        loop: while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "\\") where isInString: rest = rest.dropFirst()
            case UInt8(ascii: "\""): isInString.toggle()
            case _ where isInString: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
                if depth == 0 { break loop }
                if byte != UInt8(ascii: ",") { depth -= 1 }
            case UInt8(ascii: ":") where depth == 0: break loop
            case _ where depth == 0 && isSpace(byte): break loop
            default: break
            }
            rest = rest.dropFirst()
        }
        return start[..<rest.startIndex]
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }
}
