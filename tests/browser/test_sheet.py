"""The sheet as a browser prints it."""

import pypdfium2

from tests.browser.test_accessible import faults
from tests.exports.test_one_page_sheet import CROWDED, page

LAID = """() => {
  const box = (one) => one.getBoundingClientRect()
  const low = (those) => Math.max(0, ...[...document.querySelectorAll(those)].map((one) => box(one).bottom))
  return {
    room: box(document.querySelector('.next')).top - low('.column > *'),
    rest: box(document.querySelector('.sheet')).bottom - low('.next *'),
    sideways: document.documentElement.scrollWidth > innerWidth,
  }
}"""


async def test_it_is_one_page_of_a4_whatever_was_said(browser, tmp_path):
    """
    Printed: one page, nothing under the promise or past the edge. On a phone's screen it is read downwards alone.
    """
    context = await browser.new_context()
    shown = await context.new_page()
    asked = []
    shown.on("request", lambda request: asked.append(request.url))
    for name, meeting in CROWDED.items():
        file = tmp_path / "sheet.html"
        file.write_text(page(meeting), "utf-8")
        await shown.set_viewport_size({"width": 360, "height": 740})
        await shown.goto(file.as_uri())
        assert not (await shown.evaluate(LAID))["sideways"], name
        assert name != "twelve themes" or [] == await faults(shown)
        await shown.emulate_media(media="print")
        await shown.set_viewport_size({"width": 703, "height": 1031})  # A4 within its margins
        laid = await shown.evaluate(LAID)
        assert min(laid["room"], laid["rest"]) >= -1, (name, laid)
        printed = pypdfium2.PdfDocument(await shown.pdf(prefer_css_page_size=True))
        await shown.emulate_media(media="screen")
        assert (1, (595, 842)) == (len(printed), tuple(round(side) for side in printed[0].get_size())), name
    assert {file.as_uri()} == set(asked)
