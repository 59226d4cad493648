extension Simulator {
    /// A recording of each provider that is known by one, by provider id: JSON Lines in the format of
    /// `martlet providers replay`, logins and refusals, written from the vendors' documentation.
    public static var recordings: [String: String] { Recordings.byID }
}
