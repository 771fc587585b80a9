"""Pictures: what rides along with the pixels, and the pixels alone."""

from __future__ import annotations

import io
import struct

from PIL import ExifTags, Image, UnidentifiedImageError

from gongkai.screening.findings import Place
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight

PIXELS = 60_000_000
FRAMES = 200
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, KeyError, IndexError, TypeError,
           EOFError, OverflowError, MemoryError, ZeroDivisionError, Image.DecompressionBombError)  # fmt: skip
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF", "webp": "WEBP"}
_ENDS = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9", "gif": b";"}
_SAID = ("comment", "Comment", "Description", "Author", "Title", "Copyright", "Software", "XML:com.adobe.xmp", "xmp")


def look(data: bytes, kind: str, sight: Sight, place: Place) -> None:
    """Note metadata, position, comments and trailing data. NotAccepted when it is no such picture or too large."""
    with _opened(data, kind) as image:
        _metadata(image, sight, place)
    end = _ENDS.get(kind)
    tail = data.rpartition(end)[2] if end and end in data else b""
    if kind in _ENDS and tail.strip(b"\x00\r\n "):
        sight.hide("trailing_data", place, f"{len(tail)} 字节")


def reencoded(data: bytes, kind: str) -> bytes:
    """The pixels written anew, without anything else; turned upright as the metadata said."""
    with _opened(data, kind) as image:
        frames = [_bare(image)] if getattr(image, "n_frames", 1) == 1 else _frames(image)
        out = io.BytesIO()
        options = {"quality": 90} if kind in ("jpeg", "webp") else {}
        try:
            frames[0].save(out, _FORMATS[kind], save_all=len(frames) > 1, append_images=frames[1:], **options)
        except _FAULTS as fault:
            raise _no_picture() from fault
    return out.getvalue()


def kind_of_picture(data: bytes) -> str:
    """png, jpeg, … by content; "" for anything else (emf, wmf, …)."""
    starts = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"),
              (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"), (b"RIFF", "webp"))  # fmt: skip
    return next((kind for start, kind in starts if data.startswith(start)), "")


def _opened(data: bytes, kind: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])
        if image.width * image.height * min(getattr(image, "n_frames", 1), FRAMES + 1) > PIXELS:
            raise NotAccepted("too_large", "图片的像素太多。请缩小后再上传。")
        image.load()
    except _FAULTS as fault:
        raise _no_picture() from fault
    return image


def _no_picture() -> NotAccepted:
    return NotAccepted("damaged", "图片已损坏或不完整。请用看图软件打开确认,另存后再上传。")


def _metadata(image: Image.Image, sight: Sight, place: Place) -> None:
    try:
        exif = image.getexif()
        position = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
        tags = {ExifTags.TAGS.get(tag, str(tag)): value for tag, value in exif.items() if isinstance(value, str | int)}
    except _FAULTS:
        position, tags = {}, {"EXIF": "损坏"}
    if position:
        sight.hide("picture_position", place, "EXIF GPS")
    told = {name: value for name, value in tags.items() if name not in ("Orientation", "GPSInfo", "ExifOffset")}
    told |= {name: _plain(image.info[name]) for name in _SAID if name in image.info}
    if told:
        said = ";".join(f"{name}={value}" for name, value in told.items())
        sight.hide("picture_metadata", place, said, "properties")


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _bare(image: Image.Image) -> Image.Image:
    """A new picture with these pixels and nothing else."""
    turned = _upright(image)
    mode = turned.mode if turned.mode in ("1", "L", "RGB", "RGBA", "P", "CMYK") else "RGB"
    source = turned if turned.mode == mode else turned.convert(mode)
    bare = Image.new(mode, source.size)
    if mode == "P" and (palette := source.getpalette()) is not None:
        bare.putpalette(palette)
        if "transparency" in source.info:
            bare.info["transparency"] = source.info["transparency"]
    bare.paste(source)
    return bare


def _upright(image: Image.Image) -> Image.Image:
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    turn = turns.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image.transpose(turn) if turn is not None else image


def _frames(image: Image.Image) -> list[Image.Image]:
    frames = []
    for number in range(min(getattr(image, "n_frames", 1), FRAMES)):
        image.seek(number)
        frames.append(image.convert("RGBA" if image.format != "TIFF" else "RGB").copy())
    return frames


def jpeg_without_metadata(data: bytes) -> bytes:
    """A JPEG without its EXIF, XMP, IPTC and comment segments; the pixels stay as they are. Others come back unchanged.

    Colour segments (JFIF, ICC, Adobe) stay: without them the picture changes its colours.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker not in (0xE1, 0xED, 0xFE):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])
