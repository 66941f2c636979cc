"""What browsers read in the styles that are sent is what was written."""

from live.web.assets import Assets
from tests.web.test_assets import sent

RULES = """(text) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s+/g, ' ').replace(/\\s*,\\s*/g, ','))
}"""


async def test_the_styles_that_are_sent_are_the_same_rules(browser):
    page = await browser.new_page()
    for path, file in sent().items():
        if path.endswith(".css"):
            written = await page.evaluate(RULES, Assets().sources[path].decode())
            assert written, path
            assert written == await page.evaluate(RULES, file.body.decode()), path
    await page.close()
