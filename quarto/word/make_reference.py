"""Make reference.docx, the styles of the Word documents, from those that Pandoc ships.

Run in this folder when the styles are to change: ``python make_reference.py``. Only Quarto is
needed. The result may also be edited in Word: change styles there, not text.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

REFERENCE = Path(__file__).with_name("reference.docx")
FONT = "Times New Roman"
POINTS = {
    "Title": 18,
    "Subtitle": 13,
    "Heading1": 14,
    "Heading2": 12,
    "Heading3": 11,
    "Compact": 9,
    "Bibliography": 10,
    "TableCaption": 10,
    "ImageCaption": 10,
}
HEADINGS = ("Title", "Heading1", "Heading2", "Heading3")
TABLE_NOTE = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNote">'
    '<w:name w:val="Table Note"/><w:basedOn w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:spacing w:before="60" w:after="240"/></w:pPr>'
    '<w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>'
)
# Cells of a table that goes over a page: its rows may part.
LONG_TABLE = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="LongTableText">'
    '<w:name w:val="Long Table Text"/><w:basedOn w:val="Compact"/><w:qFormat/>'
    '<w:pPr><w:keepNext w:val="0"/></w:pPr></w:style>'
)
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'  # A4, in twentieths of a point
    '<w:pgMar w:top="1418" w:right="1304" w:bottom="1418" w:left="1304" '
    'w:header="709" w:footer="709" w:gutter="0"/>'
)
# Three-line tables, as journals print them: above, under the heads, below.
TABLE_BORDERS = (
    '<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/></w:tblBorders>'
)
NO_ROW_CUT = "<w:trPr><w:cantSplit/></w:trPr>"  # by the end of a page


def main() -> None:
    """Write reference.docx beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "reference.docx"
        subprocess.run(
            ["quarto", "pandoc", "-o", plain, "--print-default-data-file", "reference.docx"],
            check=True,
        )
        with zipfile.ZipFile(plain) as read, zipfile.ZipFile(REFERENCE, "w") as written:
            for name in sorted(read.namelist()):
                content = read.read(name)
                if name == "word/styles.xml":
                    content = restyled(content.decode()).encode()
                if name == "word/document.xml":
                    content = content.replace(b"</w:sectPr>", PAGE.encode() + b"</w:sectPr>")
                entry = zipfile.ZipInfo(name)  # no date: the same bytes every time
                entry.compress_type = zipfile.ZIP_DEFLATED
                written.writestr(entry, content)


def restyled(styles: str) -> str:
    """Return Pandoc's styles with one black serif font, journal sizes and three-line tables."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    styles = re.sub(r"<w:rFonts [^>]*Theme=[^>]*/>", fonts, styles)
    styles = re.sub(r'<w:color w:val="(?:0F4761|595959|4F81BD)"[^>]*/>', "", styles)
    styles = styles.replace('<w:sz w:val="24" />', '<w:sz w:val="22" />', 1)
    styles = styles.replace('<w:spacing w:after="200" />', '<w:spacing w:after="120" />', 1)
    for style, points in POINTS.items():
        styles = _sized(styles, style, points)
    compact = _style(styles, "Compact")  # cells of tables: rows stay with the next, not alone
    styles = styles.replace(compact, compact.replace("<w:pPr>", "<w:pPr><w:keepNext/>", 1))
    for style in HEADINGS:
        styles = styles.replace(_style(styles, style), _bold(_style(styles, style)))
    styles = styles.replace("</w:styles>", f"{TABLE_NOTE}{LONG_TABLE}</w:styles>")
    table = _style(styles, "Table")
    bordered = table.replace("<w:tblCellMar>", f"{TABLE_BORDERS}<w:tblCellMar>", 1)
    narrow = bordered.replace('w:w="108"', 'w:w="60"')
    whole_rows = narrow.replace("</w:tblPr>", f"</w:tblPr>{NO_ROW_CUT}", 1)
    return styles.replace(table, whole_rows)


def _style(styles: str, style: str) -> str:
    found = re.search(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', styles, re.DOTALL)
    if found is None:
        raise ValueError(f"Pandoc's reference.docx has no style {style}: adapt this script.")
    return found[0]


def _sized(styles: str, style: str, points: int) -> str:
    former = _style(styles, style)
    text = re.sub(r"<w:sz(Cs)? [^>]*/>", "", former).replace("<w:rPr />", "")
    text = re.sub(r'<w:spacing w:val="[^"]*" />', "", text)
    return styles.replace(
        former, _with(text, f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>')
    )


def _bold(style: str) -> str:
    if "<w:rPr>" in style:
        return re.sub(r"(<w:rPr>\s*(?:<w:rFonts[^>]*/>)?)", r"\1<w:b/>", style, count=1)
    return _with(style, "<w:b/>")


def _with(style: str, properties: str) -> str:
    if "</w:rPr>" in style:
        return style.replace("</w:rPr>", properties + "</w:rPr>")
    return style.replace("</w:style>", f"<w:rPr>{properties}</w:rPr></w:style>")


if __name__ == "__main__":
    main()
