import assert from 'node:assert/strict'
import test from 'node:test'

import { lines, safe, sheets, wall } from '../../../presenter/screen/svg_results.js'
import { fileName, picture, rowsOf, shownOf } from '../../../presenter/console/result_picture.js'

const options = [
  { letter: 'A', text: 'Skolen', count: 8, share: 0.8 },
  { letter: 'B', text: '<b>Torget</b> & "mer"', count: 2, share: 0.2 },
]

test('a choice becomes bars as long as their counts', () => {
  const rows = rowsOf({ options }, 'en')
  assert.deepEqual([1, 0.25], rows.map(({ part }) => part))
  assert.deepEqual(['8 (80%)', '2 (20%)'], rows.map(({ said }) => said))
})

test('a scale is drawn against its end, and nothing is drawn of no answers', () => {
  const items = [{ letter: 'A', text: 'Buss', mean: 5, spread: [] }, { letter: 'B', text: 'Vei', mean: null, spread: [] }]
  assert.deepEqual([0.5, 0], rowsOf({ items }, 'nb', 10).map(({ part }) => part))
  assert.deepEqual(['5,0', '–'], rowsOf({ items }, 'nb', 10).map(({ said }) => said))
})

test('words come largest first, and no more than fit', () => {
  const words = Array.from({ length: 50 }, (_, n) => ({ text: `ord${n}`, count: 50 - n }))
  assert.equal(20, rowsOf({ words }, 'nb').length)
  assert.equal(null, rowsOf({ words: [] }, 'nb'))
  assert.equal(null, rowsOf(null, 'nb'))
})

test('what people wrote is text in the picture, never markup', () => {
  const drawn = picture({ question: '</svg><script>x</script>', rows: rowsOf({ options }, 'nb'), foot: 'Møtet & mer', lang: 'nb' })
  assert.doesNotMatch(drawn, /<script|<b>|<\/svg>.*<\/svg>/s)
  assert.match(drawn, /&lt;b&gt;Torget&lt;\/b&gt; &amp;/)
  assert.equal('ab', safe('a\u0000\u000bb'))
})

test('a cloud, a wall and themes are drawn as they are on show, and read as text', () => {
  const results = { words: [{ text: 'blåbær', count: 9 }, { text: 'skole', count: 1 }], cards: [{ text: 'Flere <benker>' }], shapes: ['cloud', 'list', 'wall'] }
  const measure = (text, size) => ({ wide: text.length * size * 0.6, width: text.length * size * 0.6 + 20, height: size })
  const drawn = (shown) => picture({ question: 'Hva?', foot: 'Møtet', lang: 'nb', measure, ...shown })
  const cloud = drawn(shownOf({ results, shape: 'cloud', lang: 'nb' }))
  assert.match(cloud, /<desc id="desc">blåbær 9; skole 1<\/desc>/)
  assert.match(cloud, /textLength="\d+"[^>]*>blåbær</)
  assert.match(drawn(shownOf({ results, shape: 'wall', lang: 'nb' })), />Flere &lt;benker&gt;</)
  assert.match(drawn(shownOf({ results, shape: 'list', lang: 'nb' })), /<rect[^>]*\/>\n<text[^>]*>9</)
  const themed = drawn({ groups: [{ name: 'Møteplasser', answers: 8, cards: [{ text: 'Kafé' }] }, { name: 'Buss', answers: 4, cards: [] }] })
  assert.match(themed, /<desc id="desc">Møteplasser 8; Buss 4<\/desc>/)
  assert.match(themed, />«Kafé»</)
})

test('a wall is drawn whole, on as many pictures as it takes', () => {
  const cards = Array.from({ length: 60 }, (_, n) => ({ text: `Svar ${n} om benker, busser og lys langs gangveien til skolen` }))
  const made = sheets(cards)
  assert.deepEqual(made.flat(), cards)
  assert.ok(made.length > 1 && made.every((sheet) => sheet.length > 10 && wall(sheet, 0).height <= 1500))
  assert.equal(1, sheets([{ text: 'Alt '.repeat(2000) }]).length)
  assert.deepEqual([[]], sheets([]))
})

test('a long name is broken, and cut where it is longer still', () => {
  assert.deepEqual(['Flere benker', 'langs elva'], lines('Flere benker langs elva', 14, 2))
  assert.deepEqual(['en', 'to …'], lines('en to tre', 3, 2))
  assert.deepEqual(['aaaa…'], lines('aaaaaaaaaa', 5, 2))
  assert.deepEqual([], lines(' ', 5, 2))
})

test('a file name is plain, whatever was asked', () => {
  assert.equal('innspill-25054015-hva-na-etc-passwd.png', fileName('25054015', 'Hva nå? ../../etc/passwd \u202e👩‍👧 "', 'png'))
  assert.equal('innspill-25054015.svg', fileName('25054015', '؟', 'svg'))
})
