import assert from 'node:assert/strict'
import test from 'node:test'

import { firstDifference, fromFile, toFile } from '../../../presenter/editor/editor.js'

for (const text of ['', 'a\nb\n', 'a\r\nb\r\n', '\ufeffa\nb', '\ufeffa\r\nb', 'a']) {
  test(`what the field shows is sent back as it came: ${JSON.stringify(text)}`, () => {
    const { text: shown, fileFormat } = fromFile(text)
    assert.equal(toFile(shown, fileFormat), text)
    assert.doesNotMatch(shown, /[\r\ufeff]/)
  })
}

test('a file with mixed line ends is saved with one kind', () => {
  const { text, fileFormat } = fromFile('a\r\nb\nc')
  assert.equal(toFile(text, fileFormat), 'a\nb\nc')
})

test('the editor names the first line that somebody else has changed', () => {
  assert.equal(firstDifference('a\nB\nc', 'a\nb\nc'), 2)
  assert.equal(firstDifference('a\nb\nny', 'a\nb'), 3)
  assert.equal(firstDifference('a', 'a\nborte'), 2)
})
