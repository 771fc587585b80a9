"""Personal data at rest: encrypted with a key derived from the installation's secret (decision 050)."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.law.refusal import Refused

PURPOSE = b"gongkai personal data 1"


def encrypt(text: str) -> str:
    """The text as a token that only this installation can read; the same text gives another token each time."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token. Refused when the installation's secret is another than the one it was encrypted with."""
    try:
        return _cipher().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Refused(
            "undecipherable",
            "解不开这项个人信息：本系统的密钥（secret-key）与加密时的不同；请从备份恢复原来的密钥后再看",
        ) from None


def _cipher() -> MultiFernet:
    """The present secret encrypts; secrets that it replaced still decrypt."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    seed = secret.encode() if isinstance(secret, str) else secret
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(seed)
    return base64.urlsafe_b64encode(derived)
