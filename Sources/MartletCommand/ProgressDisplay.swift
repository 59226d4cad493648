import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Shows how far a long work is: on a terminal as one line with a bar, elsewhere as a line now and then.
final class ProgressDisplay {
    private let isTerminal: Bool
    private let write: (String) -> Void
    private let now: () -> ContinuousClock.Instant
    private var work: String?
    private var began: (time: ContinuousClock.Instant, done: Int)
    private var nextLine: ContinuousClock.Instant
    private var lineIsOpen = false
    private var isDone = false

    /// Shows it on standard error.
    convenience init() {
        self.init(isTerminal: isatty(STDERR_FILENO) == 1, now: { .now }) {
            _ = try? FileDescriptor.standardError.writeAll($0.utf8)
        }
    }

    init(isTerminal: Bool, now: @escaping () -> ContinuousClock.Instant, write: @escaping (String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
        self.now = now
        self.began = (now(), 0)
        self.nextLine = now()
    }

    /// Shows that a part of a work is done.
    ///
    /// - Parameters:
    ///   - work: the work; with another one, a new line begins.
    ///   - unit: what is counted.
    func show(_ work: String, done: Int, total: Int, unit: String) {
        let time = now()
        if work != self.work {
            finish()
            self.work = work
            isDone = false
            began = (time, done)
            nextLine = time + .seconds(isTerminal ? 0 : 5)
        }
        guard total > 0, !isDone, done >= total || time >= nextLine else { return }
        isDone = done >= total
        nextLine = time + (isTerminal ? .milliseconds(100) : .seconds(5))
        let seconds = (time - began.time) / .seconds(1)
        let rate = seconds >= 1 ? ", \(Int(Double(done - began.done) / seconds)) \(unit)/s" : ""
        let share = min(1, Double(done) / Double(total))
        let text = "\(work)  \(Int(share * 100)) %  \(done) of \(total) \(unit)\(rate)"
        guard isTerminal else { return write(text + "\n") }
        let bar = Int(share * 20)
        let line = "[" + String(repeating: "#", count: bar) + String(repeating: ".", count: 20 - bar) + "]  " + text
        // Back to the start of the line, and clear it.
        write("\r\u{1B}[K" + line)
        lineIsOpen = true
    }

    /// Ends the line.
    func finish() {
        if lineIsOpen { write("\n") }
        lineIsOpen = false
    }
}
