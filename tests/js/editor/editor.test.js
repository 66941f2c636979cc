import assert from 'node:assert/strict'
import test from 'node:test'

import { differsAt, pack, unpack } from '../../../presenter/editor/editor.js'

for (const text of ['', 'a\nb\n', 'a\r\nb\r\n', '\ufeffa\nb', '\ufeffa\r\nb', 'a']) {
  test(`what the field shows is sent back as it came: ${JSON.stringify(text)}`, () => {
    const { text: shown, shape } = unpack(text)
    assert.equal(pack(shown, shape), text)
    assert.doesNotMatch(shown, /[\r\ufeff]/)
  })
}

test('a file with mixed line ends is saved with one kind', () => {
  const { text, shape } = unpack('a\r\nb\nc')
  assert.equal(pack(text, shape), 'a\nb\nc')
})

test('the editor names the first line that somebody else has changed', () => {
  assert.equal(differsAt('a\nB\nc', 'a\nb\nc'), 2)
  assert.equal(differsAt('a\nb\nny', 'a\nb'), 3)
  assert.equal(differsAt('a', 'a\nborte'), 2)
})
