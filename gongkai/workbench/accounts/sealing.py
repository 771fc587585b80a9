"""Keys of authenticators at rest: sealed with a key derived from the secret of the installation."""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.law.refusal import Refused

PURPOSE = b"gongkai authenticator keys 1"
NONCE = 12


def seal(key: bytes) -> str:
    """The key as text that only this installation can open."""
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, key, None)).decode()


def unseal(text: str) -> bytes:
    """The key again. Refused when the installation's secret is another than the one it was sealed with."""
    sealed = base64.urlsafe_b64decode(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(secret).decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except InvalidTag:
            continue
    raise Refused(
        "undecipherable",
        "解不开验证器的密钥：本系统的密钥（secret-key）与设置时的不同；请恢复原来的密钥，或由安全管理员重置第二因子",
    )


def _cipher(secret: str | bytes) -> AESGCM:
    seed = secret.encode() if isinstance(secret, str) else secret
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(seed))
