package import Hummingbird
package import NIOCore

extension Request {
    /// The whole body, if it is not too long.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/badRequest`` for a body of more than `limit` bytes.
    package func boundedBody(upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw AuthProblem(.badRequest, detail: "The body has more than \(limit) bytes.")
        }
    }

    /// The media type of the body in lower case, without parameters; empty if none is named.
    var mediaType: String {
        let type = (headers[.contentType] ?? "").prefix { $0 != ";" }
        let start = type.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed()).lowercased()
    }
}
