import assert from 'node:assert/strict'
import test from 'node:test'
import { isDeck, namesPictures, withPictures } from '../../../presenter/new/deck.js'
import { entriesOf, textEntry } from '../../../presenter/new/zip.js'

test('a file is a deck by its first bytes, whatever it is called', async () => {
  assert.equal(true, await isDeck(new File(['%PDF-1.7'], 'notes.md')))
  assert.equal(true, await isDeck(new File(['PK\u0003\u0004…'], 'a.pptx')))
  assert.equal(false, await isDeck(new File(['PK\u0003\u0004…'], 'workshop.zip')))
  assert.equal(false, await isDeck(new File(['---\nformat: workshop/1'], 'a.pptx')))
})

test('a text goes with the pictures that it still names, and alone when it names none', async () => {
  const pictures = new Map([['slide-1-1.png', textEntry('one')], ['slide-11-1.png', textEntry('two')]])
  const sent = withPictures('# Kart\n\n![Kart](slide-11-1.png)\n', pictures)
  const files = entriesOf(await sent.arrayBuffer())
  assert.equal('application/zip', sent.type)
  assert.deepEqual(['workshop.md', 'slide-11-1.png'], [...files.keys()])
  assert.equal('# Kart\n\n![Kart](slide-11-1.png)\n', new TextDecoder().decode(files.get('workshop.md').bytes))
  assert.equal('# Kart\n', withPictures('# Kart\n', pictures))
})

test('a text that names pictures is known', () => {
  assert.equal(true, namesPictures('a\n![](slide-1-1.png){decorative}'))
  assert.equal(false, namesPictures('[a link](https://example.org) and ![unfinished'))
})
