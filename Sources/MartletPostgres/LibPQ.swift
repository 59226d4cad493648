import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The functions of libpq that are used, loaded when the first connection is made: a program that keeps its data elsewhere
/// neither needs the library nor holds it in memory.
///
/// https://www.postgresql.org/docs/current/libpq.html
struct LibPQ: Sendable {
    typealias Text = UnsafePointer<CChar>
    typealias Texts = UnsafePointer<Text?>
    typealias NoticeProcessor = @convention(c) (UnsafeMutableRawPointer?, Text?) -> Void

    let connect: @Sendable @convention(c) (_ names: Texts?, _ values: Texts?, _ expandsName: CInt) -> OpaquePointer?
    let finish: @Sendable @convention(c) (OpaquePointer?) -> Void
    let status: @Sendable @convention(c) (OpaquePointer?) -> CInt
    let transactionStatus: @Sendable @convention(c) (OpaquePointer?) -> CInt
    let setNoticeProcessor:
        @Sendable @convention(c) (OpaquePointer?, NoticeProcessor?, UnsafeMutableRawPointer?) -> NoticeProcessor?
    let execute: @Sendable @convention(c) (OpaquePointer?, _ sql: Text?) -> OpaquePointer?
    let prepare:
        @Sendable @convention(c) (
            OpaquePointer?, _ name: Text?, _ sql: Text?, _ typeCount: CInt, _ types: UnsafePointer<UInt32>?
        ) -> OpaquePointer?
    let executePrepared:
        @Sendable @convention(c) (
            OpaquePointer?, _ name: Text?, _ count: CInt, _ values: Texts?, _ lengths: UnsafePointer<CInt>?,
            _ formats: UnsafePointer<CInt>?, _ resultFormat: CInt
        ) -> OpaquePointer?
    let clear: @Sendable @convention(c) (OpaquePointer?) -> Void
    let resultStatus: @Sendable @convention(c) (OpaquePointer?) -> CInt
    let errorField: @Sendable @convention(c) (OpaquePointer?, _ code: CInt) -> UnsafeMutablePointer<CChar>?
    let commandStatus: @Sendable @convention(c) (OpaquePointer?) -> UnsafeMutablePointer<CChar>?
    let changedRows: @Sendable @convention(c) (OpaquePointer?) -> UnsafeMutablePointer<CChar>?
    let columnCount: @Sendable @convention(c) (OpaquePointer?) -> CInt
    let columnName: @Sendable @convention(c) (OpaquePointer?, CInt) -> UnsafeMutablePointer<CChar>?
    let rowCount: @Sendable @convention(c) (OpaquePointer?) -> CInt
    let isNull: @Sendable @convention(c) (OpaquePointer?, _ row: CInt, _ column: CInt) -> CInt
    let value: @Sendable @convention(c) (OpaquePointer?, _ row: CInt, _ column: CInt) -> UnsafeMutablePointer<CChar>?

    /// `CONNECTION_OK`
    static let connectionOK: CInt = 0
    /// `PQTRANS_IDLE`
    static let transactionIdle: CInt = 0
    /// `PGRES_COMMAND_OK` and `PGRES_TUPLES_OK`
    static let success: ClosedRange<CInt> = 1...2
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

    private static let library: LibPQ? = try? LibPQ(names: ["libpq.so.5", "libpq.5.dylib"])

    private init(names: [String]) throws(PostgresError) {
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else { throw .noLibrary }
        func function<Function>(_ name: String) throws(PostgresError) -> Function {
            guard let address = dlsym(library, name) else { throw .noLibrary }
            return unsafeBitCast(address, to: Function.self)
        }
        connect = try function("PQconnectdbParams")
        finish = try function("PQfinish")
        status = try function("PQstatus")
        transactionStatus = try function("PQtransactionStatus")
        setNoticeProcessor = try function("PQsetNoticeProcessor")
        execute = try function("PQexec")
        prepare = try function("PQprepare")
        executePrepared = try function("PQexecPrepared")
        clear = try function("PQclear")
        resultStatus = try function("PQresultStatus")
        errorField = try function("PQresultErrorField")
        commandStatus = try function("PQcmdStatus")
        changedRows = try function("PQcmdTuples")
        columnCount = try function("PQnfields")
        columnName = try function("PQfname")
        rowCount = try function("PQntuples")
        isNull = try function("PQgetisnull")
        value = try function("PQgetvalue")
    }
}
