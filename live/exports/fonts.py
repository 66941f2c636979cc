"""The fonts of files: ours, and which letters a PDF can show on this machine, by what fontconfig knows."""

import ctypes
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable

LIBRARIES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig-1.dll")
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")

# What people in Norway write, and a letter that shows whether a font has it.
SCRIPTS = {
    "Latin": "å", "Sami": "ŋ", "Vietnamese": "ế", "Cyrillic": "ж", "Greek": "λ", "Arabic": "ع", "Hebrew": "א",
    "Ethiopic": "ሀ", "Thai": "ก", "Tamil": "அ", "Devanagari": "अ", "Bengali": "অ", "Gurmukhi": "ਅ", "Sinhala": "අ",
    "Burmese": "က", "Khmer": "ក", "Tibetan": "ཀ", "Georgian": "ა", "Armenian": "ա", "Chinese": "中", "Japanese": "あ",
    "Korean": "한", "emoji": "🌲",
}  # fmt: skip


def file(name: str) -> Traversable:
    """A file of static/fonts/, which is in the package in a wheel and beside it in a checkout."""
    packaged = files("live") / "static"
    return (packaged if packaged.is_dir() else files("live").joinpath("..", "static")) / "fonts" / name


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.c_void_p))


def _load() -> ctypes.CDLL | None:
    for name in LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for pointer in (library.FcPatternCreate, library.FcCharSetCreate, library.FcObjectSetCreate):
            pointer.restype = ctypes.c_void_p
            pointer.argtypes = ()
        library.FcFontList.restype = ctypes.POINTER(_FontSet)
        library.FcFontList.argtypes = (ctypes.c_void_p,) * 3
        library.FcCharSetAddChar.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        library.FcPatternAddCharSet.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
        library.FcFontSetDestroy.argtypes = (ctypes.POINTER(_FontSet),)
        for gone in (library.FcPatternDestroy, library.FcCharSetDestroy, library.FcObjectSetDestroy):
            gone.argtypes = (ctypes.c_void_p,)
        return library
    return None


def pango_installed() -> bool:
    """Whether a PDF can be set. Elsewhere than on Linux the libraries have other names; there, trying tells."""
    if sys.platform != "linux":
        return True
    try:
        for name in PANGO:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def any_font_has(letter: str = "") -> bool:
    """Whether a font has *letter*; without one, whether there is any font. True where that can't be found out."""
    library = _load()
    if library is None:
        return True
    library.FcInitBringUptoDate()  # a font may have been installed since
    pattern, letters, wanted = library.FcPatternCreate(), library.FcCharSetCreate(), library.FcObjectSetCreate()
    try:
        if letter:
            library.FcCharSetAddChar(letters, ord(letter))
            library.FcPatternAddCharSet(pattern, b"charset", letters)
        found = library.FcFontList(None, pattern, wanted)
        if not found:
            return True
        count = int(found.contents.count)
        library.FcFontSetDestroy(found)
        return count > 0
    finally:
        library.FcObjectSetDestroy(wanted)
        library.FcCharSetDestroy(letters)
        library.FcPatternDestroy(pattern)


def missing_scripts() -> list[str]:
    """Those of SCRIPTS that no font has: in a PDF, their letters are boxes."""
    return [script for script, letter in SCRIPTS.items() if not any_font_has(letter)]
