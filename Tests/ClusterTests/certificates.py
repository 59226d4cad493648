"""Authorities of a test's own, and what they sign."""

import subprocess
from pathlib import Path


def _openssl(*arguments: str | Path) -> None:
    done = subprocess.run(
        ["openssl", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


class Authority:
    """A certificate authority, whose files lie in a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.certificate = folder / f"{name}.crt"
        self._key = folder / f"{name}.key"
        subject = ("-subj", f"/CN={name}", "-days", "2")
        options = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        _openssl("req", "-x509", *options, *subject, "-keyout", self._key, "-out", self.certificate)

    def sign(self, host: str) -> tuple[Path, Path]:
        """A certificate for a host name, and its key."""
        key, request, certificate = (
            self._folder / f"{host}.{kind}" for kind in ("key", "csr", "crt")
        )
        names = self._folder / f"{host}.ext"
        names.write_text(f"subjectAltName=DNS:{host}\n")
        options = (
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            f"/CN={host}",
        )
        _openssl("req", *options, "-keyout", key, "-out", request)
        _openssl(
            *("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self._key),
            *("-CAcreateserial", "-days", "2", "-extfile", names, "-out", certificate),
        )
        return certificate, key
