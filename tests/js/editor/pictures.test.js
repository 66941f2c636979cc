import assert from 'node:assert/strict'
import test from 'node:test'

import { freeName, withPicture } from '../../../presenter/editor/pictures.js'

test('a picture gets a name that needs no quotes and is not taken', () => {
  assert.equal('kart-over-torget.png', freeName('Kart over (torget).PNG', ''))
  assert.equal('ås-2.jpg', freeName('Ås.jpg', '![Ås](ås.jpg)'))
  assert.equal('picture.png', freeName('???.png', ''))
  assert.equal('bilde.png', freeName('bilde', ''))
})

test('it stands on its own after the line of the caret, which goes to its words', () => {
  const { text, caret } = withPicture('# Torget\n\nHei\n', 2, '![](a.png)')
  assert.equal('# Torget\n\n![](a.png)\n\n\nHei\n', text)
  assert.equal('](', text.slice(caret, caret + 2))
  const front = '---\nformat: workshop/1\n---\n# Hei'
  assert.equal(`${front}\n\n![](a.png)\n`, withPicture(front, 5, '![](a.png)').text)
  assert.equal('![](a.png)\n', withPicture('', 0, '![](a.png)').text)
})
