"""Addresses are told without the user name and password in them.

People paste addresses with a password in them. Such an address is refused; what says so must not repeat it, on a
terminal, in a log, in Discord or in the store: every error of ours is told `without_login`.
"""

from __future__ import annotations

import re

#: What stands in the place of a secret.
SECRET = "[secret]"  # noqa: S105

# Before the host of an address, also with one slash too few; with a colon in front of it a password may hold slashes
# (a port does not look like one), and an address without its scheme is one too. An `@` behind the host is of the path.
_LOGIN = re.compile(
    r"""
    (?P<mark> :/{1,3} | // ) (?: [^\s/@"'<>?#]{1,200} | [^\s/@:\["'<>]{0,64} : (?!\d{1,5}[/?#]) [^\s@"'<>]{1,200} ) @
    | (?<![\w.+-]) [\w.+-]{1,64} : (?!/) [^\s/@"'<>]{1,200} @ (?=[\w\[])
    """,
    re.VERBOSE,
)


def without_login(text: str) -> str:
    """`text` with the user name and password of every address in it replaced."""
    if "@" not in text:
        return text
    return _LOGIN.sub(lambda match: f"{match['mark'] or ''}{SECRET}@", text)
