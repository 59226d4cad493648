extension String {
    /// The text that bytes are in UTF-8; nil if they are not UTF-8.
    ///
    /// `String(validating:as:)` says the same, and takes about a thousand instructions for a short text.
    init?(utf8 bytes: some Collection<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.allSatisfy({ $0 < 0x80 }) || text.utf8.elementsEqual(bytes) else { return nil }
        self = text
    }
}
