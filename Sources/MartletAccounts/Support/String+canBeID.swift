extension String {
    /// Whether a store can tell this id from every other: it is not empty, and holds no NUL character, at which a text
    /// ends in some databases, so that two people would become one.
    var canBeID: Bool { !isEmpty && !utf8.contains(0) }
}
