"""What works offline in a browser: a fragment with its own script and data, a page around it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from typing import Any

from typology.words.visible_text import visible


def live_fragment(
    name: str, language: str, content: Mapping[str, Any], *, body: str, style: str,
    scripts: Iterable[str],
) -> str:  # fmt: skip
    """Return a ``div`` with its style, its data and its script: nothing comes from elsewhere.

    ``name`` is its class, ``body`` the HTML before the script draws. Style and scripts are files
    in the folder of the documents; the scripts follow each other in their order.
    """
    script = "\n".join(map(_packaged, scripts))
    return "\n".join(
        [
            f'<div class="{name}" lang="{escape(language)}">',
            f"<style>\n{_packaged(style)}</style>",
            body,
            f'<script type="application/json">{json_in_html(content)}</script>',
            f'<script>\n(() => {{\n"use strict";\n{script}\n}})();\n</script>',
            "</div>\n",
        ]
    )


def standalone_page(
    fragment: str, language: str, *, title: str, widest: str, heading: str = "<h1>"
) -> str:
    """Return a complete HTML document around a fragment, to open from a disk.

    The title is HTML; ``widest`` is a length of CSS.
    """
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{title}</title>",
            f"<style>body {{ margin: 0 auto; max-width: {widest}; padding: 1rem; }}</style>",
            "</head>",
            "<body>",
            f"<main>{heading}{title}</h1>",
            f"{fragment}</main>",
            "</body>",
            "</html>\n",
        ]
    )


def json_in_html(content: Mapping[str, Any]) -> str:
    r"""Write plain values, none of them NaN or infinite, as JSON that cannot end its element.

    >>> json_in_html({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    plain = _visible(content)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for unsafe in "<>&":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text


def _packaged(name: str) -> str:
    """Return a file of the package, read without importing what is in its folder."""
    return files("typology").joinpath("documents", *name.split("/")).read_text(encoding="utf-8")


def _visible(content: Any) -> Any:
    """Return values with the control characters of their texts, and of their keys, visible."""
    if isinstance(content, str):
        return visible(content)
    if isinstance(content, Mapping):
        return {_visible(key): _visible(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_visible(each) for each in content]
    return content
