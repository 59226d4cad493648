import Crypto

/// What a table holds, in a few bytes: computed alike for every kind of database, out of what was read from it.
package struct TableSum: Hashable, Sendable {
    /// How many rows there are.
    package let rows: Int
    /// SHA-256 over the rows in the order of their keys, as lower-case hexadecimal digits.
    ///
    /// Each value is one byte for its kind (0 absent, 1 number or flag, 2 text, 3 bytes), then eight bytes, big-endian, of the
    /// number or of the length, then the text in UTF-8 or the bytes.
    package let digest: String

    /// Sums up the rows of a table.
    ///
    /// - Parameter progress: called with the number of rows so far, now and then.
    static func of(
        _ table: StoredTable, in reader: any TableReader, progress: (Int) -> Void
    ) throws -> TableSum {
        var hash = SHA256()
        var bytes: [UInt8] = []
        var rows = 0
        try reader.rows(of: table, after: nil) { row in
            for value in row { append(value, to: &bytes) }
            rows += 1
            if bytes.count > 1 << 16 {
                hash.update(data: bytes)
                bytes.removeAll(keepingCapacity: true)
                progress(rows)
            }
        }
        hash.update(data: bytes)
        progress(rows)
        return TableSum(rows: rows, digest: hash.finalize().map(hex).joined())
    }

    private static func append(_ value: StoredValue, to bytes: inout [UInt8]) {
        func head(_ kind: UInt8, _ number: Int64) {
            bytes.append(kind)
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        switch value {
        case .null: bytes.append(0)
        case .number(let number): head(1, number)
        case .flag(let flag): head(1, flag ? 1 : 0)
        case .text(let text):
            head(2, Int64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        case .bytes(let data):
            head(3, Int64(data.count))
            bytes.append(contentsOf: data)
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
