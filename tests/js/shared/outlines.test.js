import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

const { outlineWidth, withOutlines } = await import('../../../presenter/shared/outlines.js')
const letters = JSON.parse(readFileSync(new URL('../../../static/fonts/inter_outlines.json', import.meta.url), 'utf-8'))

const svg = (...texts) => `<svg>${texts.join('\n')}</svg>`

test('a text becomes outlines, each letter once, and what it says does not become markup', () => {
  const drawn = withOutlines(svg('<text x="10" y="20" font-size="100" fill="#14191b">a&lt;å a</text>'), letters)
  assert.doesNotMatch(drawn, /<text/)
  assert.match(drawn, /<g fill="#14191b" transform="translate\(10 20\) scale\(0.1\)"><use href="#r61" x="0"\/><use href="#r3c"/)
  assert.equal(drawn.match(/<path id="r61"/g).length, 1)
})

test('a text in the middle or at the end is set from where it begins', () => {
  const wide = outlineWidth('ab', 1000, 600, letters)
  const startOf = (anchor) => Number(/<use href="#b61" x="(-?\d+)"/.exec(
    withOutlines(svg(`<text x="0" y="0" font-size="1000" fill="#14191b" text-anchor="${anchor}" font-weight="700">ab</text>`), letters))[1])
  assert.equal(startOf('middle'), Math.round(-wide / 2))
  assert.equal(startOf('end'), Math.round(-wide))
})

test('a script without outlines stays text', () => {
  const text = '<text x="0" y="0" font-size="20" fill="#14191b">سلام</text>'
  assert.ok(withOutlines(svg(text), letters).includes(text))
  assert.equal(outlineWidth('سلام', 20, 400, letters), null)
})
