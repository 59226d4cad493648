/// Certificates and keys made by openssl for these tests alone; they are good until 2120.
enum TestCertificates {
    /// Who issued the server's and the client's certificate.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBdTCCARygAwIBAgICEAAwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWTWFydGxl
        dCB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowITEfMB0GA1UEAwwWTWFydGxldCB0ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABKsJG3Z6B80usgJLLoRYhMlSr2kDTLMuY87g0CKG7HRF
        jwlJVOSJ1mQcGZ9ErZKnMHRTS56YZndO/YbBw4LJd8GjQjBAMA8GA1UdEwEB/wQF
        MAMBAf8wDgYDVR0PAQH/BAQDAgIEMB0GA1UdDgQWBBQ6l2Yg5xJpCyRlFeHdG7cU
        L4hyaTAKBggqhkjOPQQDAgNHADBEAiB91E3ZXWcTxhfFJ4iH+gYYZuHCDBC4LspP
        x4YOIwaTaAIgYuPkcVITocxh1o3fOK4hCDiuQdLUfcpjGq67k8JrjN4=
        -----END CERTIFICATE-----
        """

    /// For `localhost` and `127.0.0.1`.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBozCCAUigAwIBAgICEAEwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWTWFydGxl
        dCB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowETEPMA0GA1UEAwwGc2VydmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        Bv0bylmP32H3Q0crp4QyzWVPgAxhd0zsC3QW+0VqtcFp9hkEwLSvYtNSRjBrmlqw
        ESfXytObp7X8uK3M41jUQKN+MHwwCQYDVR0TBAIwADAaBgNVHREEEzARgglsb2Nh
        bGhvc3SHBH8AAAEwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFA5jiDCU
        xAJ1kvwYPpeylWReVbFtMB8GA1UdIwQYMBaAFDqXZiDnEmkLJGUV4d0btxQviHJp
        MAoGCCqGSM49BAMCA0kAMEYCIQC98gWKTkxDHkYD8TkdOIQMb/OoTLpQ4bXKhRdD
        R1rFsgIhAIA8oXKLH+dFo4proG75kLc7Tl5TkrAx70k+7OK0pr0Q
        -----END CERTIFICATE-----
        """

    /// The key of ``server``.
    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgER/1ST8WhFxfW7Y+
        HIMFdQKqfwed1HuTfz2Dh0ycIW2hRANCAAQG/RvKWY/fYfdDRyunhDLNZU+ADGF3
        TOwLdBb7RWq1wWn2GQTAtK9i01JGMGuaWrARJ9fK05untfy4rczjWNRA
        -----END PRIVATE KEY-----
        """

    /// For TLS clients.
    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBhjCCASygAwIBAgICEAIwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWTWFydGxl
        dCB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAw
        MFowETEPMA0GA1UEAwwGY2xpZW50MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        F6pCekOP0B4/ttER+FZwQqsyQouIbIRmJ+0tQx4bUoO+aNueKlJvLKNc6sA4lq6f
        M3Gsl7dwWuY4WtP/ADGhxaNiMGAwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEF
        BQcDAjAdBgNVHQ4EFgQUDoduzTMVnTf9MDQwHVDBSyT/h9QwHwYDVR0jBBgwFoAU
        OpdmIOcSaQskZRXh3Ru3FC+IcmkwCgYIKoZIzj0EAwIDSAAwRQIgdMBRg0RW7l/s
        9lwgh22+1oq4gRIxIeJ6ozrO/6peHGUCIQCvcVFBRC2qu7SJSfvhdhHi6P4czILD
        ljiT4rBq8YRtTw==
        -----END CERTIFICATE-----
        """

    /// The key of ``client``.
    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzUEtzPAYcwqZDSw8
        LC1scej4+nV77IUOCLEkN7peRYShRANCAAQXqkJ6Q4/QHj+20RH4VnBCqzJCi4hs
        hGYn7S1DHhtSg75o254qUm8so1zqwDiWrp8zcayXt3Ba5jha0/8AMaHF
        -----END PRIVATE KEY-----
        """

    /// Issued by itself.
    static let stranger = """
        -----BEGIN CERTIFICATE-----
        MIIBVzCB/6ADAgECAgIQAzAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhzdHJhbmdl
        cjAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowEzERMA8GA1UEAwwI
        c3RyYW5nZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQatD7f33upUyWdwb+L
        bkqEWvQzvVb8h+1bSZrdB14luZ+rPv4s6i2jPVDRaWgq1/L5KEmnJyZBmcnJZNRp
        99dQo0EwPzAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQW
        BBTff6F2z+f2rvlCX1CMvEszO1TgIDAKBggqhkjOPQQDAgNHADBEAiALUcdDgLXw
        RenpnkALqijz3Md1Ixu2U0SkCHqO0vdZ6gIgFOduinsZQ2D0gxyocC974YeM4Ett
        cffJF3yCfUaJJ8A=
        -----END CERTIFICATE-----
        """

    /// The key of ``stranger``.
    static let strangerKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglq/BAfJRhTOkmlPN
        qCaG7jpruGqhZ897CwTC7X00UX6hRANCAAQatD7f33upUyWdwb+LbkqEWvQzvVb8
        h+1bSZrdB14luZ+rPv4s6i2jPVDRaWgq1/L5KEmnJyZBmcnJZNRp99dQ
        -----END PRIVATE KEY-----
        """
}
