import Crypto
import FoundationEssentials
public import Martlet

/// What a key of a ``Keyring`` is for. Keys of different purposes are unrelated, so that a text sealed for one use is
/// never accepted in another.
public enum KeyPurpose: String, Hashable, Sendable, CaseIterable {
    /// The cookie that carries a flow.
    case flowCookie
    /// The MAC inside `state`.
    case flowState
    /// The handle that carries a `form_post` answer over to a same-site request.
    case formPostHandle
    /// Binding tokens and the cookie that ties one to its browser.
    case bindingToken
    /// Session tokens.
    case sessionToken
    /// The provider's tokens that are kept with a binding.
    case keptTokens
    /// The ID token that is kept with a session.
    case idToken
    /// The `state` of a logout at the provider.
    case logoutState
    /// The keys that tokens of a provider are bound to (DPoP).
    case dpopKey
}

/// The service's secrets, newest first: the newest seals and signs, and all of them open and verify.
///
/// A key for each purpose is derived with HKDF-SHA256 (RFC 5869). To rotate, put a new secret first; drop the old one
/// when nothing sealed with it can still be in use.
public struct Keyring: Sendable {
    /// The keys by purpose, of the newest secret first.
    private let sealingKeys: [PurposeKeys<SymmetricKey>]
    private let macKeys: [PurposeKeys<HMAC<SHA256>>]
    private let random: RandomSource

    /// Makes a keyring.
    ///
    /// - Parameters:
    ///   - secrets: newest first; each is URL-safe base64 without padding of at least 32 bytes.
    ///   - random: where nonces come from.
    /// - Throws: ``KeyringError``.
    public init(secrets: [Secret], random: RandomSource = .system) throws(KeyringError) {
        guard !secrets.isEmpty else { throw .noSecrets }
        var roots: [SymmetricKey] = []
        for (index, secret) in secrets.enumerated() {
            guard let bytes = Base64URL.decode(secret.reveal()), bytes.count >= 32 else {
                throw .unusableSecret(position: index + 1)
            }
            roots.append(SymmetricKey(data: bytes))
        }
        self.init(roots: roots, random: random)
    }

    /// Makes a keyring with one new secret: what it seals cannot be opened by any other process.
    public init(generatedBy random: RandomSource) {
        self.init(roots: [SymmetricKey(data: random.bytes(32))], random: random)
    }

    private init(roots: [SymmetricKey], random: RandomSource) {
        self.sealingKeys = roots.map { root in PurposeKeys { $0.key(of: root, use: "seal") } }
        self.macKeys = roots.map { root in PurposeKeys { HMAC(key: $0.key(of: root, use: "mac")) } }
        self.random = random
    }

    /// A new secret of 256 random bits, in the form that ``init(secrets:random:)`` takes.
    public static func generateSecret(random: RandomSource = .system) -> Secret {
        Secret(random.token(byteCount: 32))
    }

    /// Encrypts and authenticates with AES-256-GCM (NIST SP 800-38D) under the newest key, with a random 96-bit nonce.
    ///
    /// - Parameters:
    ///   - plaintext: what to seal.
    ///   - purpose: the use; only the same purpose opens it.
    ///   - context: what the text belongs to, authenticated but not contained; only the same context opens it.
    /// - Returns: URL-safe base64 of nonce, ciphertext and tag.
    public func seal(_ plaintext: [UInt8], purpose: KeyPurpose, context: String) -> String {
        let key = sealingKeys[0].key(purpose)
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(12))
            let box = try AES.GCM.seal(plaintext, using: key, nonce: nonce, authenticating: Array(context.utf8))
            return box.combined.map { Base64URL.encode([UInt8]($0)) } ?? ""
        } catch {
            // Only a nonce or key of a wrong length throws. The empty text opens as nothing, so this fails closed.
            return ""
        }
    }

    /// Opens what ``seal(_:purpose:context:)`` made, with any key of the ring.
    ///
    /// - Returns: the plaintext, or nil if the text was altered, cut, or sealed for another purpose, context or ring.
    public func open(_ sealed: String, purpose: KeyPurpose, context: String) -> [UInt8]? {
        guard let bytes = Base64URL.decode(sealed), bytes.count >= 12 + 16 else { return nil }
        for keys in sealingKeys {
            if let box = try? AES.GCM.SealedBox(combined: bytes),
                let plaintext = try? AES.GCM.open(box, using: keys.key(purpose), authenticating: Array(context.utf8))
            {
                return [UInt8](plaintext)
            }
        }
        return nil
    }

    /// The HMAC-SHA256 (RFC 2104) of a message under the newest key: 32 bytes.
    public func mac(_ message: [UInt8], purpose: KeyPurpose) -> [UInt8] {
        mac(message, by: macKeys[0].key(purpose))
    }

    /// Whether a MAC is that of the message under any key of the ring, compared in constant time.
    ///
    /// - Parameter mac: 32 bytes, or exactly the first 16 (RFC 2104 §5); any other length is refused.
    public func isValidMAC(_ mac: [UInt8], for message: [UInt8], purpose: KeyPurpose) -> Bool {
        guard mac.count == 32 || mac.count == 16 else { return false }
        return macKeys.contains { keys in
            constantTimeEqual(mac, Array(self.mac(message, by: keys.key(purpose)).prefix(mac.count)))
        }
    }

    /// The P-256 key of a purpose and context under the newest secret: the same on every node that has the secret.
    ///
    /// - Parameters:
    ///   - purpose: the use.
    ///   - context: what the key belongs to.
    public func clientKey(purpose: KeyPurpose, context: String) -> ClientKey {
        ClientKey(p256: mac(Array(context.utf8), purpose: purpose)) ?? .generated()
    }

    private func mac(_ message: [UInt8], by keyed: HMAC<SHA256>) -> [UInt8] {
        var keyed = keyed
        keyed.update(data: message)
        return [UInt8](keyed.finalize())
    }
}

/// What one secret gives for each purpose, made once.
private struct PurposeKeys<Key: Sendable>: Sendable {
    private let make: @Sendable (KeyPurpose) -> Key
    private let made: [KeyPurpose: Key]

    init(make: @escaping @Sendable (KeyPurpose) -> Key) {
        self.make = make
        made = Dictionary(KeyPurpose.allCases.map { ($0, make($0)) }, uniquingKeysWith: { $1 })
    }

    func key(_ purpose: KeyPurpose) -> Key {
        made[purpose, default: make(purpose)]
    }
}

extension KeyPurpose {
    fileprivate func key(of root: SymmetricKey, use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: root, info: Array("martlet \(use) \(rawValue)".utf8), outputByteCount: 32)
    }
}

extension Keyring: CustomStringConvertible, CustomReflectable {
    /// How many secrets there are, and nothing of them.
    public var description: String { "Keyring of \(macKeys.count)" }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why secrets do not make a keyring.
public enum KeyringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is not one secret.
    case noSecrets
    /// A secret is not URL-safe base64 of at least 32 bytes; positions count from 1.
    case unusableSecret(position: Int)

    /// What is wrong, without the secret.
    public var description: String {
        switch self {
        case .noSecrets: "at least one secret is needed"
        case .unusableSecret(let position): "secret \(position) is not URL-safe base64 of at least 32 bytes"
        }
    }
}
