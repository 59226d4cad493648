/// Why no connection could be made, in words that name no host, user or file: libpq's own text does, and quotes what it
/// cannot read of a connection string, which may be a password.
enum ConnectionTrouble {
    /// What libpq and the server say (in English, for this program sets no locale), and what it means.
    private static let meanings: [(sign: String, meaning: String)] = [
        ("invalid URI query parameter", "the connection string has a parameter that libpq does not know"),
        ("invalid connection option", "the connection string has a parameter that libpq does not know"),
        ("invalid percent-encoded", "a % in the connection string is not followed by two hexadecimal digits"),
        ("could not translate host name", "the name of a host is not known"),
        ("Connection refused", "a host is there, and no server listens"),
        ("timeout expired", "a server does not answer"),
        ("No route to host", "a host cannot be reached"),
        ("Network is unreachable", "a host cannot be reached"),
        ("certificate verify failed", "a server's certificate is not signed by an authority of sslrootcert"),
        ("does not match host name", "a server's certificate is for another host name"),
        ("root certificate file", "the file named by sslrootcert is missing or cannot be read"),
        ("server does not support SSL", "a server has no TLS"),
        ("password authentication failed", "a server refuses the user or the password"),
        ("no password supplied", "a server asks for a password, and none is given"),
        ("no pg_hba.conf entry", "a server's pg_hba.conf lets nobody in this way"),
        ("role \"", "there is no such user, or it may not connect"),
        ("database \"", "there is no such database, or it lets nobody in"),
        ("session is read-only", "a server can only be read from"),
        ("is in hot standby mode", "a server can only be read from"),
        ("the database system is", "a server is starting, stopping or recovering"),
        ("too many clients", "a server has no connection left"),
        ("remaining connection slots", "a server has no connection left"),
    ]

    /// What libpq's message about a failed connection means; with several hosts, it tells of each.
    static func text(for message: String) -> String {
        var found: [String] = []
        for (sign, meaning) in meanings where message.contains(sign) && !found.contains(meaning) {
            found.append(meaning)
        }
        return found.isEmpty
            ? "libpq refuses the connection string, or no server accepts it; try it with psql"
            : found.joined(separator: "; ")
    }
}
