import assert from 'node:assert/strict'
import test from 'node:test'
import { isDeck, textsOf } from '../../../presenter/new/deck.js'

/** A zip as the server writes it: each file stored, with its sizes before it. */
function zip(files) {
  const encode = (text) => new TextEncoder().encode(text)
  const parts = Object.entries(files).map(([name, text]) => {
    const [title, content] = [encode(name), encode(text)]
    const head = new DataView(new ArrayBuffer(30))
    head.setUint32(0, 0x04034b50, true)
    head.setUint32(18, content.length, true)
    head.setUint32(22, content.length, true)
    head.setUint16(26, title.length, true)
    return [new Uint8Array(head.buffer), title, content]
  })
  return new Blob([...parts.flat(), encode('PK\u0001\u0002')]).arrayBuffer()
}

test('the texts of a zip are read, and its pictures are passed over', async () => {
  const texts = textsOf(await zip({ 'workshop.md': '# Bær og øl', 'slide-1-1.png': 'PK\u0003\u0004', 'report.json': '{}' }))
  assert.deepEqual([['workshop.md', '# Bær og øl'], ['report.json', '{}']], [...texts])
  assert.equal(0, textsOf(new ArrayBuffer(0)).size)
})

test('a file is a deck by its first bytes, whatever it is called', async () => {
  assert.equal(true, await isDeck(new File(['%PDF-1.7'], 'notes.md')))
  assert.equal(true, await isDeck(new File(['PK\u0003\u0004…'], 'a.pptx')))
  assert.equal(false, await isDeck(new File(['PK\u0003\u0004…'], 'workshop.zip')))
  assert.equal(false, await isDeck(new File(['---\nformat: workshop/1'], 'a.pptx')))
})
