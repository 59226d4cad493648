/// The providers this library knows: looked up by id in constant time.
public enum Catalogue {
    /// Every entry, sorted by id.
    public static let all: [Provider] = entries.sorted { $0.id < $1.id }

    /// The entry of an id, or nil.
    public static func provider(_ id: String) -> Provider? {
        places[id].map { entries[$0] }
    }

    private static let entries: [Provider] = [
        exceptions, a, b, c, d, e, f, g, h, i, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z,
    ].flatMap(\.self)

    /// Where an id is among the entries: these are large, and not held twice.
    private static let places: [String: Int] = Dictionary(
        entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
}
