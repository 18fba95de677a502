"""Names as parts of addresses."""

import re
import unicodedata

_LONGEST = 60


def ascii_slug(name: str) -> str:
    """The name in lower-case ASCII letters, digits and hyphens; empty where the script has none of them."""
    bare = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_LONGEST].strip("-")
