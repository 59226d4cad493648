package import Hummingbird
import Logging

extension RequestContext {
    /// The id that the framework put into the request's logger; empty where a log handler keeps no metadata.
    package var requestID: String {
        logger[metadataKey: "hb.request.id"]?.description ?? ""
    }
}
