extension PageStrings {
    /// The texts in Chinese, in simplified characters.
    static let simplifiedChinese = PageStrings(
        signIn: "登录",
        chooseProvider: "请选择登录方式。",
        providersLabel: "登录方式",
        continueWith: { spaced("使用", $0, "继续") },
        passwordStays: { spaced("您将在登录服务商自己的页面上完成登录，密码不会透露给", $0, "。") },
        noProviders: Message(
            text: "尚未设置任何登录方式。",
            advice: "如果您是本站的管理者，请在服务配置中添加一个登录服务商，然后重新启动服务。"),
        signedIn: "您已登录",
        goToProfile: "前往个人资料",
        signOut: "退出登录",
        unnamed: "未提供姓名",
        verified: "已验证",
        notVerified: "未验证",
        privateRelay: "隐私转发",
        profile: "个人资料",
        bindings: "已绑定的登录方式",
        noBindings: "尚未绑定任何账号。",
        linkedSince: { spaced("绑定于", $0) },
        account: .simplifiedChinese,
        errorLine: { "错误 \($0)" },
        forSupport: "寻求帮助时，请提供以下信息：",
        requestID: "请求编号",
        errorCode: "错误代码",
        backToSignIn: "返回登录页",
        noticeSignedIn: "登录成功。",
        noticeBound: "账号绑定成功，今后您可以用它登录。",
        noticeUnbound: { spaced("您的", $0, "账号已解绑。") },
        noticeSessionEnded: "该会话已结束。",
        noticeOtherSessionsEnded: "现在您只在此浏览器中保持登录。",
        noticeAccountDeleted: "您的账号及其全部数据均已删除。",
        noticeSignedOut: "您已退出登录。",
        signOutAtProvider: { spaced("同时退出", $0) },
        noticePendingBinding: {
            Message(
                text: spaced("本站尚无法识别这个", $0, "账号。"),
                advice: "请用您以前的方式登录，然后即可绑定。")
        },
        problems: .simplifiedChinese
    )
}

extension ProblemStrings {
    /// The words for errors in Chinese, in simplified characters.
    fileprivate static let simplifiedChinese = ProblemStrings(
        providerNotFound: Problem("不支持此登录方式", "本站不提供您请求的登录方式。", "请在登录页选择其他方式。"),
        stateInvalid: Problem("无法确认本次登录", "本次登录与此浏览器中发起的登录不符。", "请从登录页重新开始，并全程使用同一浏览器。"),
        stateExpired: Problem("登录超时", "您未在五分钟内完成登录，本次登录已失效。", "请重新登录。"),
        tokenExchangeFailed: Problem("登录未获确认", "登录服务商未确认本次登录。", "请重试。如果仍然失败，请联系本站管理者。"),
        userInfoFailed: Problem("缺少账号信息", "登录服务商未提供登录所需的账号信息。", "请重试，并在服务商询问时允许访问您的资料。"),
        alreadyBound: Problem(
            "无法绑定此账号", "此账号已绑定其他用户，或者您已绑定同一服务商的另一个账号。", "请换一个账号，或先解绑原来的账号。"),
        bindingUserMismatch: Problem("登录用户不一致", "发起绑定的用户与当前登录的用户不同。", "请以发起绑定的用户登录，然后重新绑定。"),
        bindingTokenInvalid: Problem("绑定请求已失效", "此绑定请求已被使用或已过期。", "请重新绑定，并在五分钟内完成。"),
        lastBinding: Problem("这是唯一的登录方式", "这是您最后一个可用于登录的账号，不能解绑。", "请先绑定另一个账号。"),
        bindingNotFound: Problem("尚未绑定", "您没有绑定该服务商的账号。", "请打开个人资料，查看已绑定的账号。"),
        accessDenied: Problem("登录已取消", "登录已在服务商页面上取消。", "您可以重试，或选择其他登录方式。"),
        providerError: Problem("登录服务商出错", "登录服务商未能完成本次登录。", "请过几分钟重试，或选择其他登录方式。"),
        providerUnavailable: Problem("无法连接登录服务商", "登录服务商暂时没有响应。", "请稍候重试，或选择其他登录方式。"),
        redirectInvalid: Problem("不允许的返回地址", "您打开的链接要求返回到本站不允许的地址。", "请从登录页开始，并告知提供此链接的人。"),
        accountDisabled: Problem("账号已停用", "您在本站的账号已被停用。", "如有疑问，请联系本站管理者。"),
        unauthorized: Problem("请先登录", "您需要登录才能进行此操作。", "请登录后重试。"),
        rateLimited: Problem("操作过于频繁", "短时间内请求次数过多。", "请等待一分钟后重试。"),
        csrfRejected: Problem("请求已被拦截", "该请求并非来自本站页面，因此未作任何更改。", "请打开本站页面，在那里重新操作。"),
        badRequest: Problem("无法理解该请求", "网址或随之提交的数据不完整或格式有误。", "请返回后重试。如果您是通过链接打开的，链接可能已损坏。"),
        notFound: Problem("页面不存在", "此网址没有对应的页面。", "请检查网址，或返回登录页。"),
        methodNotAllowed: Problem("不支持此操作", "此网址不能以这种方式使用。", "请回到之前的页面重试。"),
        unavailable: Problem("服务暂时不可用", "服务目前无法访问数据库，您刚才的操作可能没有完成。", "请过几分钟重试。"),
        internalError: Problem("服务出现故障", "服务内部发生错误，这不是您的问题。", "请过几分钟重试。如果再次出现，请联系本站管理者。"),
        unknown: Problem("操作未成功", "发生了未知错误。", "请从登录页重新开始。")
    )
}

/// Joins the parts of a sentence, with a space wherever a Han character meets another script, as Chinese typography
/// asks for.
func spaced(_ parts: String...) -> String {
    parts.reduce(into: "") { sentence, part in
        if let before = sentence.unicodeScalars.last, let after = part.unicodeScalars.first,
            before.properties.isIdeographic != after.properties.isIdeographic,
            !before.isFullWidthPunctuation, !after.isFullWidthPunctuation
        {
            sentence += " "
        }
        sentence += part
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is one of the punctuation marks that bring their own space.
    fileprivate var isFullWidthPunctuation: Bool {
        (0x3000...0x303F).contains(value) || (0xFF00...0xFFEF).contains(value)
    }
}
