/// Some entries of the catalogue, looked up by id in constant time. They are made when they are first asked for.
struct CatalogueEntries: Sendable, ExpressibleByArrayLiteral {
    let all: [Provider]
    /// Where an id is among the entries: these are large, and not held twice.
    private let places: [String: Int]

    init(arrayLiteral entries: Provider...) {
        all = entries
        places = Dictionary(
            entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(id: String) -> Provider? { places[id].map { all[$0] } }
}
