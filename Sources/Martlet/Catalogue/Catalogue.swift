/// The providers this library knows: looked up by id in constant time.
public enum Catalogue {
    /// Every entry, sorted by id.
    public static let all: [Provider] = entries.sorted { $0.id < $1.id }

    /// The entry of an id, or nil.
    public static func provider(_ id: String) -> Provider? {
        byID[id]
    }

    private static let entries: [Provider] = [
        a, b, c, d, f, g, h, i, k, l, m, n, o, p, q, r, s, t, v, w, x, y, z,
    ].flatMap(\.self)

    private static let byID: [String: Provider] = Dictionary(
        entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
