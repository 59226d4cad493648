// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

let package = Package(
    name: "martlet-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "martlet", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Login",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"), crypto, cryptoExtras,
                .product(name: "Martlet", package: "martlet"),
                .product(name: "MartletAccounts", package: "martlet"),
                .product(name: "MartletSQLite", package: "martlet"),
                .product(name: "MartletTesting", package: "martlet"),
            ],
            path: "Login",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .target(name: "Support", path: "Support"),
        .executableTarget(
            name: "BareRoute",
            dependencies: [
                "Support", argumentParser, httpTypes, hummingbird, logging, nioPosix,
                // So that a build of this package also makes the program that is measured, with the same options.
                .product(name: "martlet", package: "martlet"),
            ],
            path: "BareRoute"),
        .executableTarget(
            name: "ByHand",
            dependencies: [
                "Support", argumentParser, crypto, httpTypes, hummingbird, logging, nioCore, nioFoundation, nioHTTP1,
                nioPosix,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "ByHand"),
        .executableTarget(
            name: "StubProvider",
            dependencies: ["Support", argumentParser, crypto, cryptoExtras, nioCore, nioHTTP1, nioPosix],
            path: "StubProvider"),
        .executableTarget(
            name: "ProviderCall",
            dependencies: [
                "Support", argumentParser, httpTypes, nioCore, nioHTTP1, nioPosix,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Martlet", package: "martlet"),
            ],
            path: "ProviderCall"),
        .executableTarget(
            name: "Load", dependencies: ["Support", argumentParser, nioCore, nioPosix], path: "Load"),
    ],
    swiftLanguageModes: [.v6]
)
