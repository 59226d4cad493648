extension PageStrings {
    /// The texts in English.
    static let english = PageStrings(
        signIn: "Sign in",
        chooseProvider: "Choose how you would like to continue.",
        providersLabel: "Ways to sign in",
        continueWith: { "Continue with \($0)" },
        passwordStays: { "You sign in on the provider’s own page. \($0) never sees your password." },
        noProviders: Message(
            text: "No way to sign in has been set up yet.",
            advice: "If you run this site, add a provider to the service’s configuration and start it again."),
        signedIn: "You are signed in",
        goToProfile: "Go to your profile",
        signOut: "Sign out",
        unnamed: "No name given",
        verified: "Verified",
        notVerified: "Not verified",
        privateRelay: "Private relay",
        profile: "Your profile",
        bindings: "Accounts you sign in with",
        noBindings: "No accounts are linked yet.",
        linkedSince: { "Linked since \($0)" },
        account: .english,
        errorLine: { "Error \($0)" },
        forSupport: "If you ask for help, pass this on:",
        requestID: "Request ID",
        errorCode: "Error code",
        backToSignIn: "Back to sign-in",
        noticeSignedIn: "Sign-in complete.",
        noticeBound: "The account is now linked. You can sign in with it from now on.",
        noticeUnbound: { "Your \($0) account is no longer linked." },
        noticeSessionEnded: "That session has been ended.",
        noticeOtherSessionsEnded: "You are now signed in only in this browser.",
        noticeAccountDeleted: "Your account and everything kept with it have been deleted.",
        noticeSignedOut: "You have signed out.",
        signOutAtProvider: { "Sign out at \($0) too" },
        noticePendingBinding: {
            Message(
                text: $0.isEmpty ? "This account is not known here." : "This \($0) account is not known here.",
                advice: "Sign in the way you used before, then you can link it.")
        },
        problems: .english
    )
}

extension ProblemStrings {
    /// The words for errors in English.
    fileprivate static let english = ProblemStrings(
        providerNotFound: Problem(
            "Sign-in method not offered", "This site does not offer the sign-in method you asked for.",
            "Choose one of those on the sign-in page."),
        stateInvalid: Problem(
            "Sign-in not recognised", "This sign-in does not match one that was started in this browser.",
            "Start again from the sign-in page, and stay in the same browser until you are done."),
        stateExpired: Problem(
            "Sign-in took too long", "The sign-in was not finished within five minutes and has expired.",
            "Please start again."),
        tokenExchangeFailed: Problem(
            "Sign-in not confirmed", "The provider did not confirm the sign-in.",
            "Try again. If it keeps failing, tell whoever runs this site."),
        userInfoFailed: Problem(
            "Account details missing", "The provider did not pass on the account details needed to sign you in.",
            "Try again, and allow access to your profile when the provider asks."),
        alreadyBound: Problem(
            "Account cannot be linked",
            "Either this account is linked to another user, or you have already linked a different one from the same "
                + "provider.",
            "Use another account, or unlink the earlier one first."),
        bindingUserMismatch: Problem(
            "Signed in as somebody else", "A different user started to link this account.",
            "Sign in as the user who started, then link the account again."),
        bindingTokenInvalid: Problem(
            "Link request no longer valid", "The request to link this account has been used or has expired.",
            "Link the account again, and finish within five minutes."),
        lastBinding: Problem(
            "Only way to sign in", "This is the last account you can sign in with, so it cannot be unlinked.",
            "Link another account first."),
        bindingNotFound: Problem(
            "Account not linked", "You have no linked account from that provider.",
            "Open your profile to see the accounts that are linked."),
        accessDenied: Problem(
            "Sign-in cancelled", "The sign-in was cancelled at the provider.",
            "Try again when you are ready, or choose another way to sign in."),
        providerError: Problem(
            "Provider reported an error", "The provider could not complete the sign-in.",
            "Try again in a few minutes, or choose another way to sign in."),
        providerUnavailable: Problem(
            "Provider out of reach", "The provider is not answering at the moment.",
            "Wait a little and try again, or choose another way to sign in."),
        redirectInvalid: Problem(
            "Return address not allowed",
            "The link you followed would return you to an address this site does not allow.",
            "Start from the sign-in page, and tell whoever gave you the link."),
        accountDisabled: Problem(
            "Account disabled", "Your account on this site has been disabled.",
            "If you think this is a mistake, tell whoever runs this site."),
        unauthorized: Problem(
            "Please sign in", "You need to be signed in to do that.",
            "Sign in, then try again."),
        rateLimited: Problem(
            "Too many attempts", "There have been too many requests in a short time.",
            "Wait a minute, then try again."),
        csrfRejected: Problem(
            "Request blocked", "The request did not come from a page of this site, so nothing was changed.",
            "Open the page on this site and try again from there."),
        badRequest: Problem(
            "Request not understood", "The address or the data sent with it is incomplete or malformed.",
            "Go back and try again. If you followed a link, it may be damaged."),
        notFound: Problem(
            "Page not found", "There is no page at this address.",
            "Check the address, or go back to sign-in."),
        methodNotAllowed: Problem(
            "Not possible this way", "This address cannot be used in that way.",
            "Go back to the page you came from and try again."),
        unavailable: Problem(
            "Out of order for a moment",
            "The service cannot reach its database. What you just did may not have been done.",
            "Try again in a few minutes."),
        internalError: Problem(
            "Something went wrong here", "The service ran into an error of its own. It is not your fault.",
            "Try again in a few minutes. If it happens again, tell whoever runs this site."),
        unknown: Problem(
            "That did not work", "Something went wrong, and nothing more is known about it.",
            "Please start again from the sign-in page.")
    )
}
