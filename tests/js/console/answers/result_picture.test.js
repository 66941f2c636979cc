import assert from 'node:assert/strict'
import test from 'node:test'

import { cardSheets, escapeXml, wall, wrapText } from '../../../../presenter/console/answers/svg_results.js'
import { optionRows } from '../../../../presenter/activities/shared/options.js'
import { contentOf, fileName, renderSvg } from '../../../../presenter/console/answers/result_picture.js'

const options = [
  { letter: 'A', text: 'Skolen', count: 8, share: 0.8 },
  { letter: 'B', text: '<b>Torget</b> & "mer"', count: 2, share: 0.2 },
]

test('what people wrote is shown as text in the picture, never run as markup', () => {
  const drawn = renderSvg({ question: '</svg><script>x</script>', rows: optionRows(options, 'nb'), foot: 'Møtet & mer', lang: 'nb' })
  assert.doesNotMatch(drawn, /<script|<b>|<\/svg>.*<\/svg>/s)
  assert.match(drawn, /&lt;b&gt;Torget&lt;\/b&gt; &amp;/)
  assert.equal('ab', escapeXml('a\u0000\u000bb'))
})

test('a cloud, a wall and themes are drawn as on the screen, and a screen reader reads them', () => {
  const results = { words: [{ text: 'blåbær', count: 9 }, { text: 'skole', count: 1 }], cards: [{ text: 'Flere <benker>' }], shapes: ['cloud', 'list', 'wall'] }
  const measure = (text, size) => ({ drawnWidth: text.length * size * 0.6, width: text.length * size * 0.6 + 20, height: size })
  const drawn = (shown) => renderSvg({ question: 'Hva?', foot: 'Møtet', lang: 'nb', measure, ...shown })
  const cloud = drawn(contentOf({ kind: 'open', results, shape: 'cloud', lang: 'nb' }))
  assert.match(cloud, /<desc id="desc">blåbær 9; skole 1<\/desc>/)
  assert.match(cloud, /text-anchor="middle"[^>]*>blåbær</)
  assert.doesNotMatch(cloud, /textLength/)
  const places = [{ text: 'blåbær', count: 9, x: 0.5, y: 0.2, size: 0.1, loud: 2 }, { text: 'skole', count: 1, x: 0.25, y: 0.1, size: 0.05, loud: 0 }]
  const seen = drawn(contentOf({ kind: 'open', results: { ...results, drawn: { high: 0.4, figure: 0.02, words: places } }, shape: 'cloud', lang: 'nb' }))
  assert.match(seen, /font-size="144" fill="#0b4f47" font-weight="600">blåbær<\/text>\n<text[^>]*font-size="29"[^>]*>9</)
  assert.match(seen, /<text x="332" [^>]*font-weight="400">skole</) // its middle is at a quarter of the width
  assert.match(drawn(contentOf({ kind: 'open', results, shape: 'wall', lang: 'nb' })), />Flere &lt;benker&gt;</)
  assert.match(drawn(contentOf({ kind: 'open', results, shape: 'list', lang: 'nb' })), /<rect[^>]*\/>\n<text[^>]*>9</)
  const themed = drawn({ groups: [{ name: 'Møteplasser', answers: 8, cards: [{ text: 'Kafé' }] }, { name: 'Buss', answers: 4, cards: [] }] })
  assert.match(themed, /<desc id="desc">Møteplasser 8; Buss 4<\/desc>/)
  assert.match(themed, />«Kafé»</)
})

test('before there are results, there is nothing to draw', () => {
  assert.equal(null, contentOf({ kind: 'open', results: null, shape: 'wall', lang: 'nb' }))
})

test('a long wall is saved as several pictures, and no answer is missing', () => {
  const cards = Array.from({ length: 60 }, (_, n) => ({ text: `Svar ${n} om benker, busser og lys langs gangveien til skolen` }))
  const made = cardSheets(cards)
  assert.deepEqual(made.flat(), cards)
  assert.ok(made.length > 1 && made.every((sheet) => sheet.length > 10 && wall(sheet, 0).height <= 1500))
  assert.equal(1, cardSheets([{ text: 'Alt '.repeat(2000) }]).length)
  assert.deepEqual([[]], cardSheets([]))
})

test('a long text is broken into lines, and cut where it is longer still', () => {
  assert.deepEqual(['Flere benker', 'langs elva'], wrapText('Flere benker langs elva', 14, 2))
  assert.deepEqual(['en', 'to …'], wrapText('en to tre', 3, 2))
  assert.deepEqual(['aaaa…'], wrapText('aaaaaaaaaa', 5, 2))
  assert.deepEqual([], wrapText(' ', 5, 2))
})

test('a picture’s file name is valid on every system, whatever the question', () => {
  assert.equal('innspill-25054015-hva-na-etc-passwd.png', fileName('25054015', 'Hva nå? ../../etc/passwd \u202e👩‍👧 "', 'png'))
  assert.equal('innspill-25054015.svg', fileName('25054015', '؟', 'svg'))
})
