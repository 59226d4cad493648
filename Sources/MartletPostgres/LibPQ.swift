import CLibPQ

/// libpq is loaded when the first connection is made: a program that keeps its data elsewhere neither needs the library nor
/// holds it in memory. Its functions stand in `CLibPQ.h`.
extension LibPQ {
    /// `CONNECTION_OK`
    static let connectionOK: CInt = 0
    /// `PQTRANS_IDLE`
    static let transactionIdle: CInt = 0
    /// `PGRES_COMMAND_OK` and `PGRES_TUPLES_OK`
    static let success: ClosedRange<CInt> = 1...2
    /// `PGRES_COPY_IN`
    static let copyIn: CInt = 4
    /// `PG_DIAG_SQLSTATE`
    static let sqlState: CInt = CInt(UInt8(ascii: "C"))

    /// The library, once loaded.
    ///
    /// - Throws: ``PostgresError/noLibrary``.
    static var loaded: LibPQ {
        get throws(PostgresError) {
            guard let library else { throw .noLibrary }
            return library
        }
    }

    private static let library: LibPQ? = CLibPQLoad()?.pointee
}
