import Crypto
import FoundationEssentials
import HTTPTypes

extension OutboundRequest {
    /// Signs a call of Tencent Cloud's gateway in its own way, TC3-HMAC-SHA256, by an API key: its id and its secret
    /// (https://www.tencentcloud.com/document/api/213/33224).
    ///
    /// The gateway refuses parameters that it does not know; its own begin with a capital letter, and others are left out.
    mutating func signForTencentCloud(keyID: String, secret: Secret, at now: Date) throws(OAuthError) {
        let own = parameters.filter { $0.name.first?.isUppercase == true }
        url = String(url.prefix { $0 != "?" }).addingQuery(own)
        guard let parsed = URL(string: url), let host = parsed.host() else {
            throw .misconfigured("an endpoint is not an absolute URL")
        }
        let type = headers[.contentType] ?? "application/x-www-form-urlencoded"
        let canonical = [
            method.rawValue, parsed.path(percentEncoded: true), parsed.query(percentEncoded: true) ?? "",
            "content-type:\(type)\nhost:\(host)\n", "content-type;host", Self.digest(body ?? ""),
        ].joined(separator: "\n")
        let time = String(Int(now.timeIntervalSince1970))
        let date = String(now.formatted(.iso8601).prefix(10))
        let service = String(host.prefix { $0 != "." })
        let scope = "\(date)/\(service)/tc3_request"
        let text = ["TC3-HMAC-SHA256", time, scope, Self.digest(canonical)].joined(separator: "\n")
        let key = [date, service, "tc3_request"].reduce(Array("TC3\(secret.reveal())".utf8)) { key, part in
            Array(Self.code(of: part, key: key))
        }
        headers[.contentType] = type
        headers[.authorization] =
            "TC3-HMAC-SHA256 Credential=\(keyID)/\(scope), SignedHeaders=content-type;host, "
            + "Signature=\(Self.code(of: text, key: key).hexadecimal)"
        if let field = HTTPField.Name("X-TC-Timestamp") { headers[field] = time }
    }

    /// Adds `nonce`, `timestamp` and `sig` to a call of Ximalaya's API: the MD5 of an HMAC-SHA1 over the base64 of all
    /// parameters, sorted (https://open.ximalaya.com/doc/detailApi?categoryId=6&articleId=69).
    ///
    /// - Parameter serverKey: what the vendor gives applications on servers beside the client secret.
    mutating func signForXimalaya(secret: Secret, serverKey: String?, at now: Date, random: RandomSource) {
        let added = [
            (name: "nonce", value: random.token(byteCount: 16)),
            (name: "timestamp", value: String(Int((now.timeIntervalSince1970 * 1000).rounded()))),
        ]
        let text = (parameters + added).sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Data(Data(text.utf8).base64EncodedString().utf8),
            using: SymmetricKey(data: Data((secret.reveal() + (serverKey ?? "")).utf8)))
        let sig = Insecure.MD5.hash(data: Data(code)).hexadecimal
        url = url.addingQuery(added + [(name: "sig", value: sig)])
    }

    /// Adds the header fields of Bilibili's API, and `Authorization`, an HMAC-SHA256 over them, sorted.
    mutating func signForBilibili(clientID: String, secret: Secret, at now: Date, random: RandomSource) {
        let fields = [
            (name: "x-bili-accesskeyid", value: clientID),
            (name: "x-bili-content-md5", value: Insecure.MD5.hash(data: Array((body ?? "").utf8)).hexadecimal),
            (name: "x-bili-signature-method", value: "HMAC-SHA256"),
            (name: "x-bili-signature-nonce", value: random.token(byteCount: 16)),
            (name: "x-bili-signature-version", value: "2.0"),
            (name: "x-bili-timestamp", value: String(Int(now.timeIntervalSince1970))),
        ]
        for (name, value) in fields {
            if let field = HTTPField.Name(name) { headers[field] = value }
        }
        let text = fields.map { "\($0.name):\($0.value)" }.joined(separator: "\n")
        headers[.authorization] = Self.code(of: text, key: Array(secret.reveal().utf8)).hexadecimal
    }

    /// Adds `accessKey`, `timestamp` in milliseconds and `signature`, an HMAC-SHA256 over that, in base64.
    mutating func signForDingTalk(clientID: String, secret: Secret, at now: Date) {
        let time = String(Int((now.timeIntervalSince1970 * 1000).rounded()))
        let signature = Data(Self.code(of: time, key: Array(secret.reveal().utf8))).base64EncodedString()
        url = url.addingQuery([("accessKey", clientID), ("timestamp", time), ("signature", signature)])
    }

    private static func digest(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).hexadecimal
    }

    private static func code(of text: String, key: [UInt8]) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key))
    }
}
