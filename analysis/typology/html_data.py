"""Data put into a page: JSON that its script reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def json_in_html(content: Mapping[str, Any]) -> str:
    r"""Write JSON that cannot end the element that holds it.

    Parameters
    ----------
    content : mapping
        Of plain values, none of them NaN or infinite.

    Returns
    -------
    str

    Examples
    --------
    >>> json_in_html({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text
