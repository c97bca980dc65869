"""Data put into a page: JSON that its script reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from typology.words.visible_text import visible


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
    plain = _visible(content)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for unsafe in "<>&":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text


def _visible(content: Any) -> Any:
    """Return values with the control characters of their texts, and of their keys, visible."""
    if isinstance(content, str):
        return visible(content)
    if isinstance(content, Mapping):
        return {_visible(key): _visible(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_visible(each) for each in content]
    return content
