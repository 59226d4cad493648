import FoundationEssentials
import Testing

@testable import MartletServer

@Suite struct PageLanguageTests {
    @Test(arguments: [
        "zh", "zh-CN", "zh-cn", "ZH-Hans", "zh-Hans-CN", "zh-SG", "zh-CN,zh;q=0.9,en;q=0.8", "en;q=0.5, zh",
        "fr, zh;q=0.1", "zh-TW,zh;q=0.9,en;q=0.8", "zh ; q=0.8 , en;q=0.799", "en;q=0, zh;q=0.001", ", ,zh,",
        "zh;q=1.000", "zh;Q=1, en;q=0.9", "en;q=0.5,\tzh",
    ])
    func choosesSimplifiedChinese(header: String) {
        #expect(PageLanguage(acceptLanguage: header) == .simplifiedChinese)
    }

    @Test(arguments: [
        nil, "", "en", "en-GB", "fr", "*", "zh-TW", "zh-Hant", "zh-Hant-CN", "zh-HK", "en, zh", "zh;q=0",
        "zh;q=0.5, *", "zh;q=0.8, en-GB;q=0.9", "zhx", "cmn",
    ])
    func choosesEnglish(header: String?) {
        #expect(PageLanguage(acceptLanguage: header) == .english)
    }

    @Test(arguments: [
        "zh;q=2", "zh;q=1.001", "zh;q=0.1234", "zh;q=", "zh;q=.5", "zh;q=-1", "zh;q=0,5", "zh;q=1;q=1", "zh;x=1", "zh;",
        "zh--CN", "zh-", "-zh", "zh_CN", "zh CN", "zh;q = 1", "中文, zh", "zh, en;q=x", "zh-toolongsubtag", "zh\u{0},zh",
        "zh, \u{212A}", ";q=1",
    ])
    func takesAMalformedHeaderForEnglish(header: String) {
        #expect(PageLanguage(acceptLanguage: header) == .english)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z", "1 January 1970", "1970年1月1日"),
        (1_795_269_909, "2026-11-21T14:05:09Z", "21 November 2026", "2026年11月21日"),
        (951_782_399, "2000-02-28T23:59:59Z", "28 February 2000", "2000年2月28日"),
        (951_782_400, "2000-02-29T00:00:00Z", "29 February 2000", "2000年2月29日"),
        (4_107_542_400, "2100-03-01T00:00:00Z", "1 March 2100", "2100年3月1日"),
        (-1, "1969-12-31T23:59:59Z", "31 December 1969", "1969年12月31日"),
        (1_735_689_599, "2024-12-31T23:59:59Z", "31 December 2024", "2024年12月31日"),
    ])
    func writesDates(seconds: Double, machine: String, english: String, chinese: String) {
        let time = PageTime(Date(timeIntervalSince1970: seconds))
        #expect(time.machineReadable == machine)
        #expect(time.date(in: .english) == english)
        #expect(time.date(in: .simplifiedChinese) == chinese)
    }

    @Test func writesTheTimeOfDay() {
        let time = PageTime(Date(timeIntervalSince1970: 1_795_269_909.9))
        #expect(time.dateAndTime(in: .english) == "21 November 2026, 14:05 UTC")
        #expect(time.dateAndTime(in: .simplifiedChinese) == "2026年11月21日 14:05\u{FF08}UTC\u{FF09}")
    }

    @Test(arguments: [
        (Double.infinity, "9999-12-31T23:59:59Z"), (-Double.infinity, "0001-01-01T00:00:00Z"),
        (Double.greatestFiniteMagnitude, "9999-12-31T23:59:59Z"), (Double.nan, "1970-01-01T00:00:00Z"),
    ])
    func movesAnAbsurdDateIntoRange(seconds: Double, machine: String) {
        #expect(PageTime(Date(timeIntervalSince1970: seconds)).machineReadable == machine)
    }

    /// Foundation's calendar is the Julian one before 15 October 1582, day -141 427.
    @Test func agreesWithFoundationOnEveryDayOfTheGregorianCalendarUpToTheYear2369() {
        let style = Date.ISO8601FormatStyle()
        for day in -141_427...146_097 {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3_723)
            guard PageTime(date).machineReadable != style.format(date) else { continue }
            Issue.record("day \(day)")
            return
        }
    }
}
