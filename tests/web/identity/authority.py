"""A certificate authority of the tests: who trusts it, trusts the servers of this machine."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hub.clock import system_clock

if TYPE_CHECKING:
    from pathlib import Path

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority, and a certificate of it for this machine.

    Attributes:
        root: the file that whoever trusts it is given (``SSL_CERT_FILE``).
        certificate: the file of a server: certificate, then key.
    """

    root: Path
    certificate: Path

    def trust(self) -> ssl.SSLContext:
        """Return what believes this authority and no other."""
        return ssl.create_default_context(cafile=str(self.root))


def make_authority(folder: Path) -> Authority:
    """Return an authority whose files are in *folder*."""
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("authority of the tests")
    authority = (
        _begin(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    certificate = (
        _begin(_name(HOST), name, own)
        .add_extension(names, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    root, served = folder / "authority.pem", folder / "server.pem"
    root.write_bytes(authority.public_bytes(Encoding.PEM))
    secret = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    served.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
    return Authority(root, served)


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = system_clock()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _key_usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
