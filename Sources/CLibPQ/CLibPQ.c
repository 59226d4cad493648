#include "CLibPQ.h"

#include <dlfcn.h>
#include <stddef.h>

static LibPQ functions;

const LibPQ *_Nullable CLibPQLoad(void) {
    void *library = dlopen("libpq.so.5", RTLD_NOW);
    if (!library) library = dlopen("libpq.5.dylib", RTLD_NOW);
    if (!library) return NULL;

#define LOAD(field, name) \
    if (!(functions.field = (__typeof__(functions.field))dlsym(library, name))) return NULL
    LOAD(connect, "PQconnectdbParams");
    LOAD(finish, "PQfinish");
    LOAD(status, "PQstatus");
    LOAD(errorMessage, "PQerrorMessage");
    LOAD(transactionStatus, "PQtransactionStatus");
    LOAD(setNoticeProcessor, "PQsetNoticeProcessor");
    LOAD(socket, "PQsocket");
    LOAD(execute, "PQexec");
    LOAD(clear, "PQclear");
    LOAD(resultStatus, "PQresultStatus");
    LOAD(errorField, "PQresultErrorField");
    LOAD(commandStatus, "PQcmdStatus");
    LOAD(changedRows, "PQcmdTuples");
    LOAD(columnCount, "PQnfields");
    LOAD(columnName, "PQfname");
    LOAD(rowCount, "PQntuples");
    LOAD(isNull, "PQgetisnull");
    LOAD(value, "PQgetvalue");
    LOAD(freeMemory, "PQfreemem");
    LOAD(sendQuery, "PQsendQuery");
    LOAD(sendPrepare, "PQsendPrepare");
    LOAD(sendPrepared, "PQsendQueryPrepared");
    LOAD(consumeInput, "PQconsumeInput");
    LOAD(isBusy, "PQisBusy");
    LOAD(nextResult, "PQgetResult");
    LOAD(makeCancel, "PQgetCancel");
    LOAD(cancel, "PQcancel");
    LOAD(freeCancel, "PQfreeCancel");
    LOAD(putCopyData, "PQputCopyData");
    LOAD(putCopyEnd, "PQputCopyEnd");
    LOAD(notification, "PQnotifies");
#undef LOAD
    return &functions;
}
