// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "martlet",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Martlet", targets: ["Martlet"]),
        .library(name: "MartletHummingbird", targets: ["MartletHummingbird"]),
        .library(name: "MartletAccounts", targets: ["MartletAccounts"]),
        .library(name: "MartletSQLite", targets: ["MartletSQLite"]),
        .library(name: "MartletPostgres", targets: ["MartletPostgres"]),
        .library(name: "MartletServer", targets: ["MartletServer"]),
        .library(name: "MartletSimulator", targets: ["MartletSimulator"]),
        .library(name: "MartletTesting", targets: ["MartletTesting"]),
        .executable(name: "martlet", targets: ["MartletCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.33.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "Martlet",
            dependencies: [
                asyncHTTPClient, crypto, cryptoExtras, httpTypes, nioCore, nioHTTP1, nioHTTPCompression, nioPosix,
                nioSSL, .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .target(
            name: "MartletAccounts", dependencies: ["Martlet", crypto, logging],
            swiftSettings: settings),
        .target(
            name: "MartletHummingbird",
            dependencies: ["Martlet", "MartletAccounts", hummingbird, httpTypes, logging, nioCore],
            swiftSettings: settings),
        .target(
            name: "MartletSQLite",
            dependencies: [
                "MartletAccounts", "Martlet", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .target(name: "CLibPQ"),
        .target(
            name: "MartletPostgres", dependencies: ["CLibPQ", "Martlet", "MartletAccounts"],
            swiftSettings: settings),
        .target(
            name: "MartletServer",
            dependencies: [
                "Martlet", "MartletAccounts", "MartletHummingbird", "MartletPostgres", "MartletSQLite", crypto,
                hummingbird, httpTypes, logging, nioCore, serviceLifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("Resources")],
            swiftSettings: settings),
        .target(
            name: "MartletSimulator",
            dependencies: [hummingbird, crypto, cryptoExtras, httpTypes, logging, nioCore, serviceLifecycle],
            swiftSettings: settings),
        .target(
            name: "MartletTesting", dependencies: ["Martlet", "MartletAccounts", httpTypes],
            swiftSettings: settings),
        .executableTarget(
            name: "MartletCommand",
            dependencies: [
                "Martlet", "MartletAccounts", "MartletServer", "MartletSimulator", "MartletSQLite", hummingbird,
                logging,
                nioCore,
                serviceLifecycle,
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "GitHubLogin", dependencies: ["Martlet", "MartletHummingbird", hummingbird],
            path: "Examples/GitHubLogin", swiftSettings: settings),
        .executableTarget(
            name: "OwnUsers",
            dependencies: [
                "Martlet", "MartletAccounts", "MartletHummingbird", "MartletSQLite", hummingbird,
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Examples/OwnUsers", swiftSettings: settings),
        .testTarget(
            name: "MartletHummingbirdTests",
            dependencies: [
                "GitHubLogin", "Martlet", "MartletAccounts", "MartletHummingbird", "MartletSimulator", "MartletTesting",
                hummingbird, hummingbirdTesting, httpTypes,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Martlet", "MartletAccounts", "MartletHummingbird", "MartletServer", "MartletSimulator",
                "MartletPostgres", "MartletSQLite", "MartletTesting", "OwnUsers", asyncHTTPClient, hummingbird,
                hummingbirdTesting,
                httpTypes,
                logging, nioCore,
                serviceLifecycle,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "EndToEndTests", "Martlet", "MartletSimulator", "MartletTesting", crypto, hummingbirdTesting, httpTypes,
                nioCore,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MartletCommandTests",
            dependencies: [
                "EndToEndTests", "Martlet", "MartletAccounts", "MartletCommand", "MartletServer", "MartletSimulator",
                "MartletSQLite", "MartletTesting", hummingbird, hummingbirdTesting, httpTypes, logging, nioCore,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MartletTests",
            dependencies: [
                "Martlet", "MartletAccounts", "MartletHummingbird", "MartletTesting", asyncHTTPClient, crypto,
                cryptoExtras, httpTypes, hummingbird, hummingbirdTesting, hummingbirdTLS, nioCore, nioSSL,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MartletServerTests",
            dependencies: [
                "Martlet", "MartletAccounts", "MartletHummingbird", "MartletServer", "MartletTesting",
                "MartletSimulator", hummingbird, hummingbirdTesting, httpTypes, logging, nioCore,
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "MartletPostgresTests",
            dependencies: ["Martlet", "MartletAccounts", "MartletPostgres", "MartletSQLite", "MartletTesting"],
            swiftSettings: settings),
        .testTarget(
            name: "MartletSimulatorTests",
            dependencies: ["MartletSimulator", hummingbirdTesting, crypto, cryptoExtras, httpTypes, logging, nioCore],
            swiftSettings: settings),
        .testTarget(
            name: "MartletAccountsTests", dependencies: ["MartletAccounts", "MartletTesting", "Martlet"],
            swiftSettings: settings),
        .testTarget(
            name: "MartletSQLiteTests",
            dependencies: [
                "MartletSQLite", "MartletTesting", "MartletAccounts", "Martlet",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
