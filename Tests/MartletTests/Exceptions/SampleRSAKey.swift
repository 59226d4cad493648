import CryptoExtras
import FoundationEssentials
import Martlet

/// RSA keys of a client and of a provider, made once for all tests.
enum SampleRSAKey {
    static let client = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    static let provider = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    /// The client's key as it is given to a client.
    static func clientKey() throws -> ClientKey {
        try ClientKey(pem: Secret(client.get().pemRepresentation))
    }

    /// The provider's public key as its vendor shows it.
    static func answerKey() throws -> String {
        Data(try provider.get().publicKey.derRepresentation).base64EncodedString()
    }
}
