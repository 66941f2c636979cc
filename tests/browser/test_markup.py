"""Five hundred ways to write markup, scripts and links: text on every face, and nothing runs."""

import asyncio
import itertools

from tests.browser.handset import WORKSHOP, handset, writing
from tests.phones import hall

MARK = "innspillXSS"
RUNS = f"globalThis.{MARK}=1"
CARRIERS = [
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<svg><script>{}</script></svg>",
    "<body onload={}>", "<iframe src=javascript:{}>", "<a href=javascript:{}>x</a>", "<details open ontoggle={}>",
    "<input autofocus onfocus={}>", "<video><source onerror={}></video>", "<math><a xlink:href=javascript:{}>x",
    "<style>@import'javascript:{}'</style>", "<object data=javascript:{}>", "<embed src=javascript:{}>",
    "<form action=javascript:{}><button>x</button></form>", "<template><img src=x onerror={}></template>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>", "<select onchange={} autofocus>", "<marquee onstart={}>",
    "<base href=javascript:{}//>", "<meta http-equiv=refresh content=0;url=javascript:{}>",
    "<link rel=import href=data:,{}>",
    "{{{{constructor.constructor('{}')()}}}}", "${{{}}}", "javascript:{}",
]  # fmt: skip
WRAPS = [
    "{}", '">{}', "'>{}", "</title>{}", "</textarea>{}", "</script>{}", "--><{}", "]]>{}", "<!--{}-->", "\\u003c{}",
    "&lt;{}&gt;", "%3C{}%3E", "<x {}", "{}<plaintext>", "`{}`", "*/{}/*", "<b>{}</b>", "</li></ol>{}", "</script{}",
    "[x]({})",
]  # fmt: skip
PAYLOADS = [wrap.format(carrier.format(RUNS)) for carrier, wrap in itertools.product(CARRIERS, WRAPS)]
PHONES = 25
MOST_CARDS = 12  # on a page of the wall
LOOK = f"""() => ({{
  ran: '{MARK}' in globalThis,
  made: [...document.body.querySelectorAll('script:not([src]):not([type]), img[src="x"], object, embed, plaintext')]
    .map((one) => one.outerHTML),
  links: [...document.querySelectorAll('[href],[action],[src]')]
    .filter((one) => ['href', 'action', 'src'].some((name) => /javascript:/i.test(one.getAttribute(name))))
    .map((one) => one.outerHTML),
}})"""


async def test_whatever_is_written_is_text_on_every_face(server, browser):
    assert 500 == len(set(PAYLOADS))
    room = await server.open(WORKSHOP.replace("max=40", "max=200").replace("many ", "many=20 "))
    await writing(room)
    seen: set[str] = set()
    async with hall(room, PHONES) as phones:
        for place, phone in enumerate(phones):
            for text in PAYLOADS[place::PHONES]:
                await phone.send("viktigst", text)
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, 40) for phone in phones))
    assert 500 == (await room.show())["counts"]["answers"]
    await room.act("reveal")
    await room.act("close")
    await room.act("next")
    faces = [
        await handset(browser, room.links["screen_url"], size=(1920, 1080)),
        await handset(browser, room.links["console_url"], size=(1280, 900)),
        await handset(browser, room.links["join_url"]),
    ]
    screen, console, phone = faces
    for face in faces:
        await face.state("results")
    for shape in ("cloud", "list", "wall"):
        await room.act("show_as", shape=shape)
        await screen.page.wait_for_function(f"() => document.body.dataset.scene === '{shape}'")
        await clean(*faces)
    # The first answers come with the view and the rest after it.
    await screen.page.wait_for_function(
        "least => Number(document.getElementById('page').dataset.page.split(' of ')[1]) >= least",
        arg=len(PAYLOADS) // MOST_CARDS,
    )
    while True:
        seen |= set(await screen.page.locator("[data-card]").all_inner_texts())
        page, pages = map(int, (await screen.page.locator("#page").get_attribute("data-page")).split(" of "))
        if page == pages:
            break
        await room.act("page", n=page)
        await screen.page.wait_for_function(
            "n => document.getElementById('page').dataset.page.startsWith(`${n} of `)", arg=page + 1
        )
    await clean(*faces)
    assert [] == [text for text in PAYLOADS if " ".join(text.split()) not in {" ".join(one.split()) for one in seen}]
    await console.page.locator("#all").click()
    await console.page.wait_for_function("() => document.querySelectorAll('#answers > li').length === 500")
    await clean(console)
    for path in ("results", "results?page=3", "report", "console"):
        await phone.page.goto(f"{room.server.url}/{room.code}/{path}")
        await clean(phone)
    assert [] == [fault for face in faces for fault in face.faults]


async def clean(*faces) -> None:
    for face in faces:
        assert {"ran": False, "made": [], "links": []} == await face.page.evaluate(LOOK), face.page.url
