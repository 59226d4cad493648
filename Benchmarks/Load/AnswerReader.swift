import NIOCore

/// What a browser heeds of an answer.
struct Answer {
    var status = 0
    var location: String?
    /// The `Set-Cookie` fields.
    var cookies: [Substring] = []
    /// Whether the connection ends with it.
    var closes = false
    /// The beginning of the body of an error.
    var excerpt = ""
}

/// Reads answers from a connection that has one request at a time (RFC 9112 §6).
///
/// It makes no text of fields that nobody heeds, so that the load takes little from the machine it shares with what is
/// measured.
struct AnswerReader {
    private var received = ByteBuffer()
    private var head: Head?

    private struct Head {
        var answer = Answer()
        var length: Int? = 0
    }

    mutating func append(_ bytes: ByteBuffer) {
        if received.readableBytes == 0 {
            received = bytes
        } else {
            received.writeImmutableBuffer(bytes)
        }
    }

    /// The answer, or nil while it is incomplete.
    mutating func next() throws(Failure) -> Answer? {
        if head == nil { head = try readHead() }
        guard let head, let body = try readBody(head.length) else { return nil }
        self.head = nil
        var answer = head.answer
        if answer.status >= 400 { answer.excerpt = String(decoding: body.readableBytesView.prefix(200), as: UTF8.self) }
        return answer
    }

    private mutating func readHead() throws(Failure) -> Head? {
        let lineFeed = UInt8(ascii: "\n")
        var head = Head()
        var place = received.readableBytesView.startIndex
        let bytes = received.readableBytesView
        while let end = bytes[place...].firstIndex(of: lineFeed) {
            let isFirst = place == bytes.startIndex
            let line = bytes[place..<end].last == UInt8(ascii: "\r") ? bytes[place..<(end - 1)] : bytes[place..<end]
            place = end + 1
            if line.isEmpty {
                received.moveReaderIndex(to: place)
                if head.answer.status == 204 || head.answer.status == 304 { head.length = 0 }
                return head
            }
            if isFirst { try Self.readStatus(line, into: &head) } else { try Self.readField(line, into: &head) }
        }
        return nil
    }

    private static func readStatus(_ line: ByteBufferView, into head: inout Head) throws(Failure) {
        let text = String(decoding: line, as: UTF8.self)
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Failure("malformed answer", sample: text)
        }
        head.answer.status = status
        head.answer.closes = words[0] == "HTTP/1.0"
    }

    private static func readField(_ line: ByteBufferView, into head: inout Head) throws(Failure) {
        guard let first = line.first, "lLsScCtT".utf8.contains(first) else { return }
        let sides = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard sides.count == 2 else { throw Failure("malformed answer", sample: String(decoding: line, as: UTF8.self)) }
        let value = sides[1].drop { $0 == " " }
        switch sides[0].lowercased() {
        case "location": head.answer.location = String(value)
        case "set-cookie": head.answer.cookies.append(value)
        case "content-length": head.length = Int(value)
        case "transfer-encoding": head.length = nil
        case "connection": head.answer.closes = value.lowercased() == "close"
        default: break
        }
    }

    /// The body; of unknown length, it is chunked (RFC 9112 §7.1).
    private mutating func readBody(_ length: Int?) throws(Failure) -> ByteBuffer? {
        guard length == nil else { return received.readSlice(length: length ?? 0) }
        var rest = received
        var body = ByteBuffer()
        while let end = rest.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest.readString(length: end - rest.readerIndex + 1) ?? ""
            guard let size = Int(line.prefix { $0.isHexDigit }, radix: 16) else {
                throw Failure("malformed answer", sample: line)
            }
            guard var chunk = rest.readSlice(length: size), rest.readSlice(length: 2) != nil else { return nil }
            body.writeBuffer(&chunk)
            if size == 0 {
                received = rest
                return body
            }
        }
        return nil
    }
}
