import CLibPQ

extension PostgresConnection {
    /// Sends lines to a `COPY … FROM STDIN`.
    ///
    /// https://www.postgresql.org/docs/current/libpq-copy.html
    func copy(_ lines: [UInt8], _ sql: String) throws(PostgresError) {
        _ = try judged(library.execute(handle, sql), as: LibPQ.copyIn...LibPQ.copyIn)
        let wasSent = lines.withUnsafeBytes { bytes in
            library.putCopyData(handle, bytes.assumingMemoryBound(to: CChar.self).baseAddress, CInt(bytes.count))
        }
        guard wasSent == 1 else { throw .disconnected("the connection is broken") }
        _ = try answer(library.putCopyEnd(handle, nil))
    }
}
