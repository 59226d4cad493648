import FoundationEssentials

/// A moment as a calendar date and a time of day, always UTC, for reading on a page.
///
/// The calendar is the proleptic Gregorian one. Moments outside the years 0001 to 9999 are moved to the nearest end
/// of that range.
struct PageTime: Sendable, Equatable {
    /// The year, 1 to 9999.
    let year: Int
    /// The month, 1 to 12.
    let month: Int
    /// The day of the month, 1 to 31.
    let day: Int
    /// The hour, 0 to 23.
    let hour: Int
    /// The minute, 0 to 59.
    let minute: Int
    /// The second, 0 to 59.
    let second: Int

    /// The seconds since 1970 of 0001-01-01 00:00:00 and 9999-12-31 23:59:59.
    private static let range: ClosedRange<Double> = -62_135_596_800...253_402_300_799

    /// Breaks a moment down, dropping fractions of a second.
    init(_ date: Date) {
        let interval = date.timeIntervalSince1970
        let clamped = min(max(interval.isNaN ? 0 : interval, Self.range.lowerBound), Self.range.upperBound)
        let seconds = Int(clamped.rounded(.down))
        let ofDay = ((seconds % 86_400) + 86_400) % 86_400
        hour = ofDay / 3600
        minute = ofDay / 60 % 60
        second = ofDay % 60
        (year, month, day) = Self.calendarDate(daysSince1970: (seconds - ofDay) / 86_400)
    }

    /// The calendar date of a day number.
    ///
    /// Days are counted from 1 March of the year 0, so that the leap day comes last in a year and every 400 years
    /// (146 097 days) repeat. From March on, month lengths follow a pattern of 153 days in five months.
    private static func calendarDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    /// The moment for the `datetime` attribute of `<time>`: `2026-11-21T14:05:09Z`.
    var machineReadable: String {
        "\(Self.padded(year, to: 4))-\(Self.padded(month))-\(Self.padded(day))"
            + "T\(Self.padded(hour)):\(Self.padded(minute)):\(Self.padded(second))Z"
    }

    /// The date in words: `21 November 2026`, `2026年11月21日`.
    func date(in language: PageLanguage) -> String {
        switch language {
        case .english: "\(day) \(Self.englishMonths[month - 1]) \(year)"
        case .simplifiedChinese: "\(year)年\(month)月\(day)日"
        }
    }

    /// The date and the time of day: `21 November 2026, 14:05 UTC`, `2026年11月21日 14:05（UTC）`.
    func dateAndTime(in language: PageLanguage) -> String {
        let time = "\(Self.padded(hour)):\(Self.padded(minute))"
        return switch language {
        case .english: "\(date(in: language)), \(time) UTC"
        case .simplifiedChinese: "\(date(in: language)) \(time)（UTC）"
        }
    }

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func padded(_ number: Int, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
