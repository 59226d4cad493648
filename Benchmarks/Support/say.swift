#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Prints a line at once, also into a pipe.
public func say(_ line: String) {
    print(line)
    fflush(nil)
}
