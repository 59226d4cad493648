import Crypto
import HTTPTypes
import Hummingbird
import Martlet
import MartletHummingbird

/// A file that is the same for everybody, kept by browsers for an hour and then asked for again by its entity tag.
struct StaticAsset: Sendable {
    private let body: ByteBuffer
    private let type: String
    private let entityTag: String

    /// - Parameters:
    ///   - bytes: the content.
    ///   - type: the media type, as it stands in `Content-Type`.
    init(_ bytes: [UInt8], type: String) {
        body = ByteBuffer(bytes: bytes)
        self.type = type
        entityTag = "\"\(Base64URL.encode(SHA256.hash(data: bytes).prefix(16)))\""
    }

    /// The content, or 304 to a browser that has it (RFC 9110 §13.1.2).
    func response(to request: Request) -> Response {
        let validity: HTTPFields = [.cacheControl: "public, max-age=3600", .eTag: entityTag]
        guard !isKept(by: request) else { return Response(status: .notModified, headers: validity) }
        var headers: HTTPFields = [.contentType: type]
        headers.append(contentsOf: validity)
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
    }

    /// Whether `If-None-Match` names the content, weakly or strongly, or says that any will do.
    private func isKept(by request: Request) -> Bool {
        request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { part in
            let tag = part.filter { $0 != " " && $0 != "\t" }
            return tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
    }
}

extension RouterMethods<ServerContext> {
    /// Adds the address of an asset.
    func asset(_ path: String, _ bytes: [UInt8], type: String) {
        let asset = StaticAsset(bytes, type: type)
        address(RouterPath(path), [.get: { request, _ in asset.response(to: request) }])
    }
}
