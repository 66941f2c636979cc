"""A PDF: pages of text become text, other pages pictures that are described by their text."""

from itertools import accumulate

from PIL import Image

from tests.decks.decks import Converted, opened


def pdf(*pages: str) -> bytes:
    """A PDF with these content streams, of 800 by 450 points, in Helvetica."""
    fonts = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>"
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    for at, page in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 450] /Resources {fonts} /Contents {4 + 2 * at} 0 R >>",
            f"<< /Length {len(page.encode('latin-1'))} >>\nstream\n{page}\nendstream",
        ]
    written = [f"{at} 0 obj\n{content}\nendobj\n".encode("latin-1") for at, content in enumerate(objects, 1)]
    head = b"%PDF-1.7\n"
    places = list(accumulate(map(len, written), initial=len(head)))
    table = "".join(f"{place:010} 00000 n \n" for place in places[:-1])
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{places[-1]}\n%%EOF\n"
    )
    return head + b"".join(written) + trailer.encode()


def text(words: str, size: int, left: int, bottom: int) -> str:
    return f"BT /F {size} Tf {left} {bottom} Td ({words}) Tj ET\n"


PAGE = (
    text("Hva vil vi?", 36, 50, 380)
    + text("Dette er et avsnitt som er s\xe5 langt at det g\xe5r over til den", 18, 50, 320)
    + text("neste linjen", 18, 50, 298)
    + text("\x95 Ett punkt", 18, 50, 250)
    + text("\x95 Under det", 18, 80, 225)
    + text("1. F\xf8rst", 18, 50, 180)
    + text("2. S\xe5", 18, 50, 155)
)


def test_a_page_of_text_is_text():
    slide = Converted(pdf(PAGE)).slides[0]
    assert "Hva vil vi?" == slide.title
    assert (
        "Dette er et avsnitt som er så langt at det går over til den neste linjen\n\n"
        "- Ett punkt\n  - Under det\n1. Først\n2. Så"
    ) == slide.body


def test_a_page_with_a_drawing_is_a_picture_that_its_text_describes():
    drawn = "".join(f"{x} 50 m {x} 300 l S\n" for x in range(100, 700, 10))
    converted = Converted(pdf(text("Kart", 36, 50, 380) + text("Tre grender", 18, 50, 350) + drawn))
    assert ("Kart", "![Tre grender](slide-1.png)") == (converted.slides[0].title, converted.slides[0].body)
    assert ["The page is a picture here, and its text the description. Read it over."] == converted.told(1)
    assert (1920, 1080) == opened(converted.files["slide-1.png"]).size


def test_a_scanned_page_is_a_picture_that_somebody_must_describe(tmp_path):
    Image.new("RGB", (800, 450), "navy").save(tmp_path / "scan.pdf")
    converted = Converted((tmp_path / "scan.pdf").read_bytes())
    assert "![](slide-1.png)" == converted.slides[0].body
    assert "The page is a picture without text. Describe it between the brackets." in converted.told(1)


def test_a_poll_elsewhere_is_found_in_a_pdf_too():
    page = text("Hva er viktigst?", 36, 50, 380) + text("Svar p\xe5 menti.com, kode 2505 4015", 18, 50, 320)
    slide = Converted(pdf(page)).slides[0]
    assert ["open"] == [one.kind for one in slide.activities]
    assert "menti.com" in slide.notes


def test_every_page_has_its_slide():
    converted = Converted(pdf(*(text(f"Side {n}", 36, 50, 380) for n in range(1, 6))))
    assert [f"Side {n}" for n in range(1, 6)] == [slide.title for slide in converted.slides]
