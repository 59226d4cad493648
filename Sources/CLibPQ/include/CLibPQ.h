#ifndef CLIBPQ_H
#define CLIBPQ_H

/// A connection.
typedef struct pg_conn PGconn;
/// An answer of the server.
typedef struct pg_result PGresult;
/// What is needed to have the statement of a connection cancelled.
typedef struct pg_cancel PGcancel;

typedef PGconn *_Nullable PQConnection;
typedef PGresult *_Nullable PQResult;
typedef PGcancel *_Nullable PQCancel;
typedef const char *_Nullable PQText;
typedef const PQText *_Nullable PQTexts;
typedef void (*_Nullable PQNoticeProcessor)(void *_Nullable context, PQText message);

/// What another connection has notified; freed with `freeMemory`.
typedef struct pgNotify {
    char *_Nonnull channel;
    int senderProcess;
    char *_Nonnull payload;
    struct pgNotify *_Nullable next;
} PQNotification;

/// The functions of libpq 12 or newer that are used, each under a name of ours, with its types as libpq declares them.
///
/// https://www.postgresql.org/docs/current/libpq.html
typedef struct __attribute__((swift_attr("@Sendable"))) {
    // PQconnectdbParams, PQfinish, PQstatus, PQerrorMessage, PQtransactionStatus, PQsetNoticeProcessor, PQsocket
    PQConnection (*_Nonnull connect)(PQTexts names, PQTexts values, int expandsName);
    void (*_Nonnull finish)(PQConnection);
    int (*_Nonnull status)(PQConnection);
    char *_Nullable (*_Nonnull errorMessage)(PQConnection);
    int (*_Nonnull transactionStatus)(PQConnection);
    PQNoticeProcessor (*_Nonnull setNoticeProcessor)(PQConnection, PQNoticeProcessor, void *_Nullable context);
    int (*_Nonnull socket)(PQConnection);

    // PQexec
    PQResult (*_Nonnull execute)(PQConnection, PQText sql);

    // PQclear, PQresultStatus, PQresultErrorField, PQcmdStatus, PQcmdTuples
    void (*_Nonnull clear)(PQResult);
    int (*_Nonnull resultStatus)(PQResult);
    char *_Nullable (*_Nonnull errorField)(PQResult, int code);
    char *_Nullable (*_Nonnull commandStatus)(PQResult);
    char *_Nullable (*_Nonnull changedRows)(PQResult);

    // PQnfields, PQfname, PQntuples, PQgetisnull, PQgetvalue
    int (*_Nonnull columnCount)(PQResult);
    char *_Nullable (*_Nonnull columnName)(PQResult, int column);
    int (*_Nonnull rowCount)(PQResult);
    int (*_Nonnull isNull)(PQResult, int row, int column);
    char *_Nullable (*_Nonnull value)(PQResult, int row, int column);

    // PQfreemem
    void (*_Nonnull freeMemory)(void *_Nullable);

    // PQsendQuery, PQsendPrepare, PQsendQueryPrepared, PQconsumeInput, PQisBusy, PQgetResult
    int (*_Nonnull sendQuery)(PQConnection, PQText sql);
    int (*_Nonnull sendPrepare)(PQConnection, PQText name, PQText sql, int typeCount, const unsigned int *_Nullable types);
    int (*_Nonnull sendPrepared)(
        PQConnection, PQText name, int count, PQTexts values, const int *_Nullable lengths,
        const int *_Nullable formats, int resultFormat);
    int (*_Nonnull consumeInput)(PQConnection);
    int (*_Nonnull isBusy)(PQConnection);
    PQResult (*_Nonnull nextResult)(PQConnection);

    // PQgetCancel, PQcancel, PQfreeCancel
    PQCancel (*_Nonnull makeCancel)(PQConnection);
    int (*_Nonnull cancel)(PQCancel, char *_Nonnull error, int errorSize);
    void (*_Nonnull freeCancel)(PQCancel);

    // PQputCopyData, PQputCopyEnd, PQnotifies
    int (*_Nonnull putCopyData)(PQConnection, PQText bytes, int count);
    int (*_Nonnull putCopyEnd)(PQConnection, PQText error);
    PQNotification *_Nullable (*_Nonnull notification)(PQConnection);
} LibPQ;

/// Loads libpq; to be called once.
///
/// \returns NULL if it, or one of the functions, is not there.
const LibPQ *_Nullable CLibPQLoad(void);

#endif
