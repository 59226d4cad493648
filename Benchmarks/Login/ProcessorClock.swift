import Benchmark

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The processor time of this process, all threads, user and system.
///
/// The kernel counts user time in steps of ten milliseconds; this clock is exact.
enum ProcessorClock {
    static var nanoseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
}

extension BenchmarkMetric {
    /// Processor time by ``ProcessorClock``, in nanoseconds: what the thresholds are about.
    static let processorTime = BenchmarkMetric.custom("CPU", polarity: .prefersSmaller, useScalingFactor: true)
}
