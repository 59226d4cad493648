import Dispatch
import GRDB
import Testing

@testable import MartletSQLite

@Suite("Writes that share a transaction")
struct WriteGroupTests {
    private struct Refusal: Error {}

    private let queue: DatabaseQueue
    private let group: WriteGroup

    init() throws {
        queue = try DatabaseQueue()
        group = WriteGroup(writer: queue)
        try queue.write { try $0.execute(sql: "CREATE TABLE entries (id INTEGER PRIMARY KEY NOT NULL)") }
    }

    /// Writes 0 to 299 at once; one in three fails after its insert.
    @Test
    func undoesOnlyTheWriteThatFailed() async throws {
        let group = group
        try await withThrowingTaskGroup { tasks in
            for id in 0..<300 {
                tasks.addTask {
                    do {
                        let written = try await group.write { database in
                            try database.execute(sql: "INSERT INTO entries (id) VALUES (?)", arguments: [id])
                            guard !id.isMultiple(of: 3) else { throw Refusal() }
                            return id
                        }
                        #expect(written == id && !id.isMultiple(of: 3))
                    } catch is Refusal {
                        #expect(id.isMultiple(of: 3))
                    }
                }
            }
            try await tasks.waitForAll()
        }
        let kept = try await queue.read { try Int.fetchAll($0, sql: "SELECT id FROM entries ORDER BY id") }
        #expect(kept == (0..<300).filter { !$0.isMultiple(of: 3) })
    }

    /// While a first write is under way, five others come, which then share a transaction. One of them ends it, as SQLite
    /// itself does after some errors.
    @Test
    func writesTheOthersAgainWhereOneEndedTheirTransaction() async throws {
        let group = group
        let gate = DispatchSemaphore(value: 0)
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        async let first: Void = group.write { _ in
            beginning.finish()
            gate.wait()
        }
        for await _ in begun {}
        let failed = await withTaskGroup(of: Int?.self) { tasks in
            for id in 0..<5 {
                tasks.addTask {
                    do {
                        try await group.write { database in
                            try database.execute(sql: "INSERT INTO entries (id) VALUES (?)", arguments: [id])
                            guard id == 2 else { return }
                            try database.execute(sql: "ROLLBACK")
                            throw Refusal()
                        }
                        return nil
                    } catch {
                        return id
                    }
                }
            }
            while group.waitingCount < 5 { await Task.yield() }
            gate.signal()
            return await tasks.reduce(into: []) { failed, id in failed += id.map { [$0] } ?? [] }
        }
        try await first
        let kept = try await queue.read { try Int.fetchAll($0, sql: "SELECT id FROM entries ORDER BY id") }
        #expect(failed == [2])
        #expect(kept == [0, 1, 3, 4])
    }

    @Test
    func goesOnAfterAFailure() async throws {
        await #expect(throws: (any Error).self) {
            try await group.write { try $0.execute(sql: "INSERT INTO nothing VALUES (1)") }
        }
        try await group.write { try $0.execute(sql: "INSERT INTO entries (id) VALUES (7)") }
        let kept = try await queue.read { try Int.fetchOne($0, sql: "SELECT id FROM entries") }
        #expect(kept == 7)
    }

    @Test
    func failsOnAClosedDatabase() async throws {
        try queue.close()
        await #expect(throws: (any Error).self) {
            try await group.write { try $0.execute(sql: "INSERT INTO entries (id) VALUES (1)") }
        }
    }
}
