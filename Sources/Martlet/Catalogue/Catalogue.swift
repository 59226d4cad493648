/// The providers this library knows: looked up by id in constant time.
public enum Catalogue {
    /// Every entry, sorted by id.
    public static let all: [Provider] = (letters.flatMap { group($0).all } + exceptions.all).sorted { $0.id < $1.id }

    /// The entry of an id, or nil. It makes only entries that begin with the same letter: an application uses few.
    public static func provider(_ id: String) -> Provider? {
        group(id.utf8.first ?? 0)[id] ?? exceptions[id]
    }

    private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")

    /// The entries whose ids begin with a letter, but those of ``exceptions``.
    private static func group(_ letter: UInt8) -> CatalogueEntries {
        switch letter {
        case UInt8(ascii: "a"): a
        case UInt8(ascii: "b"): b
        case UInt8(ascii: "c"): c
        case UInt8(ascii: "d"): d
        case UInt8(ascii: "e"): e
        case UInt8(ascii: "f"): f
        case UInt8(ascii: "g"): g
        case UInt8(ascii: "h"): h
        case UInt8(ascii: "i"): i
        case UInt8(ascii: "k"): k
        case UInt8(ascii: "l"): l
        case UInt8(ascii: "m"): m
        case UInt8(ascii: "n"): n
        case UInt8(ascii: "o"): o
        case UInt8(ascii: "p"): p
        case UInt8(ascii: "q"): q
        case UInt8(ascii: "r"): r
        case UInt8(ascii: "s"): s
        case UInt8(ascii: "t"): t
        case UInt8(ascii: "u"): u
        case UInt8(ascii: "v"): v
        case UInt8(ascii: "w"): w
        case UInt8(ascii: "x"): x
        case UInt8(ascii: "y"): y
        case UInt8(ascii: "z"): z
        default: []
        }
    }
}
