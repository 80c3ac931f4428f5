"""XML that strangers made, as a tree: in one of the encodings that route files have, without document types and entities."""

import codecs
import re
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import fromstring

from missions.errors import FormatError

_DECLARATION = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([^"'<>]{0,40})["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""First bytes that tell the encoding before any declaration does (XML 1.0, appendix F)."""

CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
}
"""Declared name, in lower case -> Python's codec. GB18030 contains GBK, which contains GB2312."""


def parse_xml(source: str, content: bytes) -> Element:
    """The root element. Raises FormatError with line and column, or naming the encoding that is not read."""
    text = _decode(source, content)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        cause = f"is not well-formed XML: {expat.ErrorString(error.code)}"
        raise FormatError(source, f"line {line}, column {column + 1}", cause) from error
    except DTDForbidden as error:
        raise FormatError(source, "<!DOCTYPE>", "document types are not read; take the declaration out") from error
    except (DefusedXmlException, ValueError) as error:
        raise FormatError(source, "", "is refused as XML: it declares entities or refers to other files") from error
    return root


def _decode(source: str, content: bytes) -> str:
    codec = next((codec for mark, codec in _MARKS if content.startswith(mark)), None) or _declared(source, content)
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FormatError(source, f"line {line}", f"is not {codec.upper()} text; save the file as UTF-8") from error


def _declared(source: str, content: bytes) -> str:
    """The codec of the encoding that the XML declaration names; UTF-8 where it names none."""
    match = _DECLARATION.match(content)
    if match is None:
        return "utf-8"
    name = match[1].decode("ascii", "replace").strip()
    codec = CODECS.get(name.lower())
    if codec is None:
        raise FormatError(source, "encoding", f"{name!a} is not read; save the file as UTF-8")
    return codec
