import Martlet
import Testing

@Suite("Callback parameters")
struct CallbackParametersTests {
    @Test
    func readsAQuery() throws {
        let parameters = try CallbackParameters(parsing: "code=a%2Bb&state=x+y&empty=&flag")
        #expect(parameters.values == ["code": "a+b", "state": "x y", "empty": "", "flag": ""])
    }

    @Test
    func readsAnEmptyQueryAsNoParameters() throws {
        #expect(try CallbackParameters(parsing: "").values.isEmpty)
    }

    @Test(arguments: ["state=a&state=b", "state=a&state=a", "code=1&x=2&code=", "st%61te=a&state=b"])
    func refusesARepeatedParameter(query: String) {
        #expect(throws: CallbackError.repeated(query.hasPrefix("code") ? "code" : "state")) {
            try CallbackParameters(parsing: query)
        }
    }

    @Test(arguments: ["code=%", "code=%4", "code=%zz", "%g0=1", "code=%ff%fe", "code=%C3"])
    func refusesABrokenEncoding(query: String) {
        #expect(throws: CallbackError.malformed("a percent-encoding is broken")) {
            try CallbackParameters(parsing: query)
        }
    }

    @Test
    func refusesAnOversizeQuery() {
        #expect(throws: CallbackError.malformed("it is longer than 64 KiB")) {
            try CallbackParameters(parsing: "code=" + String(repeating: "a", count: 65_536))
        }
    }

    @Test(arguments: [
        (CallbackError.stateMismatch, "The state is missing or does not belong to this browser's login."),
        (.accessDenied, "The login was cancelled at the provider."),
        (.provider(error: "server_error", description: nil), "The provider answered the error server_error."),
        (.provider(error: "e", description: "later"), "The provider answered the error e."),
        (.missingCode, "The provider sent neither a code nor an error."),
        (.issuerMismatch, "The answer was issued by another provider than the one asked."),
        (.issuerMissing, "The answer does not say who issued it, as this provider promises to."),
        (.wrongProvider, "The login was begun with another provider."),
        (.unproven("it is not signed"), "The callback is not to be trusted: it is not signed."),
        (.repeated("state"), "The parameter state occurs twice."),
        (.malformed("it is too long"), "The parameters cannot be read: it is too long."),
    ])
    func explainsItsErrors(error: CallbackError, text: String) {
        #expect(error.description == text)
    }

    @Test
    func keepsAForgedErrorOnOneShortLine() {
        let forged = "x\r\nforged line\u{2028}" + String(repeating: "y", count: 1000)
        for error in [CallbackError.provider(error: forged, description: forged), .repeated(forged)] {
            #expect(!error.description.contains { $0.isNewline })
            #expect(error.description.count < 700)
        }
    }

    @Test
    func printsNamesAndNoValues() {
        let parameters = CallbackParameters(["code": "SECRET", "state": "SECRET"])
        var texts = "\(parameters) \(String(reflecting: parameters))"
        dump(parameters, to: &texts)
        #expect(!texts.contains("SECRET"))
        #expect(parameters.description == "CallbackParameters(code, state)")
    }
}
