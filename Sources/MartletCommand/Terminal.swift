import FoundationEssentials
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where a command talks with a person.
struct Terminal: Sendable {
    /// Says a line.
    var tell: @Sendable (_ line: String) -> Void
    /// Asks for a line; a secret is not shown while it is typed. Nil when there is nobody to ask.
    var ask: @Sendable (_ question: String, _ isSecret: Bool) -> String?

    /// Standard output and input. Nobody is asked when the input is no terminal.
    static let standard: Terminal = Terminal(tell: { say($0) }) { question, isSecret in
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        _ = try? FileDescriptor.standardOutput.writeAll("\(question): ".utf8)
        guard isSecret else { return readLine() }
        return withoutEcho { readLine() }
    }

    private static func withoutEcho<Value>(_ read: () -> Value) -> Value {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return read() }
        let shown = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var shown = shown
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            say("")
        }
        return read()
    }
}
