"""A self-signed certificate: sound and microphone need https as soon as others join in."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from editor.home import Home, write_private

VALID_DAYS = 820
RENEW_DAYS = 14


def ensure_certificate(home: Home, names: Sequence[str]) -> str:
    """Make sure that `home` holds a certificate for `names`; return its SHA-256 fingerprint.

    A certificate that covers the names and has two weeks left is kept, so that people who have
    accepted it aren't asked again.
    """
    home.prepare()
    certificate = _kept(home, names) or _make(home, names)
    digest = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return ":".join(digest[i : i + 2] for i in range(0, len(digest), 2))


def _kept(home: Home, names: Sequence[str]) -> x509.Certificate | None:
    if not home.certificate_key.exists():
        return None
    try:
        certificate = x509.load_pem_x509_certificate(home.certificate.read_bytes())
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (OSError, ValueError, x509.ExtensionNotFound):
        return None
    covered = {str(name.value) for name in extension.value}
    left = certificate.not_valid_after_utc - datetime.datetime.now(datetime.UTC)
    if left.days < RENEW_DAYS or not covered.issuperset(names):
        return None
    return certificate


def _make(home: Home, names: Sequence[str]) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Antiphon on this machine")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName([_general(n) for n in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_private(home.certificate_key, private.decode("ascii"))
    home.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    return certificate


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
