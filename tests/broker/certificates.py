"""Certificates for a test: an authority, and what it vouches for; made with the command `openssl`."""

from __future__ import annotations

import subprocess
from pathlib import Path

_COMMON = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2")


class Authority:
    """A certificate authority of its own in `folder`."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self._folder = folder
        self.certificate, self._key = folder / f"{name}.pem", folder / f"{name}.key"
        self._make(
            self.certificate, self._key, name, "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"
        )

    def issue(self, name: str, *, address: str | None = None, password: str | None = None) -> tuple[Path, Path]:
        """Certificate and key for a server at `address`, or else for the client `name`."""
        certificate, key = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        usage = f"subjectAltName=IP:{address}" if address else "extendedKeyUsage=clientAuth"
        signed = ("-CA", str(self.certificate), "-CAkey", str(self._key))
        self._make(certificate, key, name, usage, "basicConstraints=CA:FALSE", options=signed, password=password)
        return certificate, key

    @staticmethod
    def _make(
        certificate: Path,
        key: Path,
        name: str,
        *extensions: str,
        options: tuple[str, ...] = (),
        password: str | None = None,
    ) -> None:
        command = [*_COMMON, "-subj", f"/CN={name}", "-out", str(certificate), "-keyout", str(key), *options]
        for extension in extensions:
            command += ["-addext", extension]
        command += ["-passout", f"pass:{password}"] if password else ["-nodes"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
