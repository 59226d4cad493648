extension GuideStrings {
    static let simplifiedChinese: GuideStrings = GuideStrings(
        introduction: { count in
            """
            # 登录平台一览

            [English](providers.md)

            目录共有 \(count) 个条目：先列出各平台默认申请的权限和邮箱的证明方式，再说明[如何接入](#接入步骤)。终端里也能查看：\
            `martlet providers list`、`martlet providers show ID --setup`。选择、修改和添加平台见[指南](guides/providers.zh-CN.md)。

            **邮箱证明**：平台应答中的哪个字段证明邮箱属于本人。“未验证”表示没有证明：邮箱会显示，但不作为依据。


            """
        },
        setupHeading: "接入步骤",
        setupIntroduction: """
            `PUBLIC_URL` 是浏览器访问你的服务时使用的地址，即配置项 `publicURL`。粗体是平台自己的叫法。每个配置项可以写在配置文件里，也可以用旁边的\
            环境变量；密钥还可以从文件读取（`clientSecretFile`、`…_CLIENT_SECRET_FILE`）。`martlet check` 会指出还缺什么，\
            `martlet providers try ID` 可以在终端里试登录一次。
            """,
        columns: Columns(
            name: "平台", id: "id", kind: "协议", scopes: "默认权限", email: "邮箱证明"),
        emailProofs: EmailProofs(
            noEmail: "无邮箱", unverified: "未验证", onlyVerified: "文档说明只返回已验证的邮箱",
            list: { "邮箱列表中的 \(code: $0) 和 \(code: $1)" }),
        register: { "登记应用：\(link: $0)" },
        documentation: { "文档：\(link: $0)" },
        redirect: { "在 \(strong: $0) 填写 \(code: $1)" },
        redirectDomain: { "在 \(strong: $0) 填写 \(code: $1) 的域名；回调地址是 \(code: $2)" },
        configure: "填入配置：",
        giveToLibrary: "交给库：",
        handleAsSubject: {
            "平台只以用户名一类的名称识别用户：名称可能更改，也可能连同其账号落入他人之手。如接受这一风险，请设置 \(code: $0)"
        },
        setting: { label, keys, variable in
            let key = Phrase(keys, separator: " 或 ")
            guard let variable else { return "\(strong: label)：\(key)" }
            return "\(strong: label)：\(key)，或 \(code: variable)"
        },
        scopes: { "默认申请的权限：\(Phrase($0.map { "\(code: $0)" }, separator: " "))" },
        noScopes: "不申请任何权限。",
        fieldScope: { fields, scope, isAsked in
            let names = fields.joined(separator: "、")
            return isAsked ? "\(names)需要 \(code: scope)" : "\(names)需要 \(code: scope)，须自行写入 \(code: "scopes")"
        },
        canRefresh: "平台如果返回刷新令牌，可以刷新。", canRevoke: "令牌可以撤销。",
        noBrowser: "没有浏览器登录：由库接收 App 提交的 code，服务不提供。",
        fields: ["username": "用户名", "name": "名称", "email": "邮箱", "avatar": "头像"],
        labels: Labels(
            domain: "主机名，不带 https://", tenant: "租户", apiKey: "API key", privateKey: "私钥（PEM 文件的路径）",
            keyID: "私钥的 ID", teamID: "团队 ID", answerKey: "平台公钥", certificate: "TLS 证书（PEM 文件的路径）",
            certificateKey: "证书私钥（PEM 文件的路径）", authorizeParameter: "授权请求的参数"))
}
