extension AccountStrings {
    /// The texts in English.
    static let english = AccountStrings(
        unlink: "Unlink",
        unlinkNamed: { "Unlink \($0)" },
        onlyBinding: "It is your only way to sign in, so it cannot be unlinked. Link another account first.",
        linkAnother: "Link another account",
        linkNamed: { "Link \($0)" },
        pendingLead: { "Sign in the way you used before to link your \($0.isEmpty ? "other" : $0) account." },
        offerTitle: { $0.isEmpty ? "Link your account?" : "Link your \($0) account?" },
        offerText: "You can then sign in with either account.",
        offerButton: { $0.isEmpty ? "Link it to your account" : "Link \($0) to your account" },
        notNow: "Not now",
        confirmTitle: { "Link your \($0) account?" },
        confirmText: { "Your \($0) account will be linked to \($1)’s account here. It can then be used to sign in." },
        confirmCaution: "Another site or an unknown link brought you here. Go on only if you meant to do this.",
        cancel: "Cancel",
        sessions: "Where you are signed in",
        thisSession: "This one",
        sessionSince: { "Since \($0)" },
        sessionEnds: { "Until \($0)" },
        unknownBrowser: "Unknown browser",
        browserOnSystem: { "\($0) on \($1)" },
        endSession: "Sign out there",
        endSessionNamed: { "Sign out there: \($0)" },
        endOtherSessions: "Sign out everywhere else",
        deleteAccount: "Delete account",
        deletionConsequences:
            "Your account here, its linked accounts and all sessions are removed at once. This cannot be undone. "
            + "Your accounts with the providers themselves stay as they are.",
        deletionConfirmation: "I want to delete my account for good."
    )
}
