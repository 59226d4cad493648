import ArgumentParser
import NIOCore
import NIOPosix

@main
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Many browsers at once, over plain HTTP/1.1 and connections that are kept.",
        discussion: """
            When the warm-up is over, a line `measuring` is printed, at the end a line `measured`, and then one line of \
            JSON: latencies in microseconds, of whole logins and of each of their steps. The exit status is 1 if \
            nothing succeeded.
            """,
        subcommands: [Start.self, Login.self, Session.self, Get.self])
}

struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Begin logins, and leave them.")

    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var login: LoginOptions

    nonisolated func run() async throws {
        let plan = login.plan
        try await traffic.measure("start", by: try await traffic.crew()) { _ in BegunLogin(start: plan.start) }
    }
}

struct Login: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Complete logins.",
        discussion: """
            The provider is never asked to authorize: the code is made of the authorization URL, as StubProvider reads \
            it. The callback is the redirect_uri of that URL, at the target. Every login is by a browser without cookies.
            """)

    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var login: LoginOptions

    nonisolated func run() async throws {
        let plan = login.plan
        try await traffic.measure("login", by: try await traffic.crew()) { crew in
            CompleteLogin(plan, person: crew.persons.next())
        }
    }
}

struct Session: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Log in, then ask for a path with the cookies of the sessions, in turn.")

    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var login: LoginOptions
    @Option(help: "How many logins come first.") var sessions = 64
    @Option(help: "The path that is asked for.") var path = "/api/auth/verify"
    @Option(help: "The status that is a success.") var status = 200

    nonisolated func run() async throws {
        let plan = login.plan
        let crew = try await traffic.crew()
        let cookies = try await traffic.logIn(sessions, plan, by: crew)
        let (path, status) = (path, status)
        try await traffic.measure("session", by: crew) { crew in
            Visit(target: path, cookies: cookies[crew.begun % cookies.count], status: status)
        }
    }
}

struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Ask for a path.")

    @OptionGroup var traffic: TrafficOptions
    @Argument(help: "The path.") var path: String
    @Option(help: "The status that is a success.") var status = 200

    nonisolated func run() async throws {
        let (path, status) = (path, status)
        try await traffic.measure("get", by: try await traffic.crew()) { _ in
            Visit(target: path, cookies: "", status: status)
        }
    }
}
