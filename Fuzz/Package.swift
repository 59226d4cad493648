// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "martlet-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "martlet", path: ".."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    ],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "LibFuzzer",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Martlet", package: "martlet"),
                .product(name: "MartletAccounts", package: "martlet"),
                .product(name: "MartletHummingbird", package: "martlet"),
                .product(name: "MartletTesting", package: "martlet"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .systemLibrary(name: "LibFuzzer"),
    ],
    swiftLanguageModes: [.v6]
)
