extension AccountStrings {
    /// The texts in Chinese, in simplified characters.
    static let simplifiedChinese = AccountStrings(
        unlink: "解绑",
        unlinkNamed: { spaced("解绑", $0) },
        onlyBinding: "这是您唯一的登录方式，因此不能解绑。请先绑定另一个账号。",
        linkAnother: "绑定其他账号",
        linkNamed: { spaced("绑定", $0) },
        pendingLead: { spaced("请用您以前的方式登录，以便绑定您的", $0, "账号。") },
        offerTitle: { spaced("是否绑定您的", $0, "账号？") },
        offerText: "绑定后，两种方式均可登录。",
        offerButton: { $0.isEmpty ? "绑定到我的账号" : spaced("将", $0, "绑定到我的账号") },
        notNow: "暂不绑定",
        confirmTitle: { spaced("是否绑定您的", $0, "账号？") },
        confirmText: { spaced("您的", $0, "账号将绑定到", $1, "在本站的账号，此后可用它登录。") },
        confirmCaution: "您是从其他网站或来源不明的链接到达此页的。仅当您确实要绑定时才继续。",
        cancel: "取消",
        sessions: "已登录的浏览器",
        thisSession: "当前浏览器",
        sessionSince: { spaced("登录于", $0) },
        sessionEnds: { spaced("有效期至", $0) },
        unknownBrowser: "未知浏览器",
        browserOnSystem: { spaced($1, "上的", $0) },
        endSession: "退出该处登录",
        endSessionNamed: { "退出该处登录：\($0)" },
        endOtherSessions: "退出其他所有登录",
        deleteAccount: "删除账号",
        deletionConsequences: "您在本站的账号、已绑定的登录方式和所有会话将立即删除，且无法恢复。您在各登录服务商处的账号不受影响。",
        deletionConfirmation: "我要永久删除我的账号。"
    )
}
