import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'

import { page } from '../page.js'

page()
const { readArchive } = await import('../../../presenter/new/deck.js')
const { unpacked } = await import('../../../presenter/new/zip.js')

/** A zip as Python packs it, of names and texts. */
const packed = (files, how = 'ZIP_DEFLATED') => {
  const write = `
import io, json, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w', zipfile.${how}) as archive:
    for name, text in json.loads(sys.argv[1]).items():
        archive.writestr(name, text)
sys.stdout.buffer.write(out.getvalue())`
  const bytes = execFileSync('python3', ['-c', write, JSON.stringify(files)])
  return new Uint8Array(bytes).buffer
}
const LONG = 'Bær og øl. '.repeat(5000)

test('an archive that somebody packed is read, also where its folder was packed as a whole', async () => {
  const { text, pictures } = await readArchive(packed({ 'opplegg/': '', 'opplegg/workshop.md': LONG, 'opplegg/bilder/kart.png': 'png', 'opplegg/.DS_Store': 'x', '__MACOSX/opplegg/workshop.md': 'x' }))
  assert.equal(text, LONG)
  assert.deepEqual([...pictures.keys()], ['bilder/kart.png'])
  assert.equal((await readArchive(packed({ 'workshop.md': 'A', 'kopi/workshop.md': 'B' }, 'ZIP_STORED'))).text, 'A')
})

test('what can’t be read here is left to the server', async () => {
  const zip = packed({ 'workshop.md': LONG })
  assert.equal(await readArchive(packed({ 'notes.md': 'A' })), null)
  assert.equal(await readArchive(packed({ 'a/workshop.md': 'A', 'b/workshop.md': 'B' })), null)
  assert.equal(await readArchive(new ArrayBuffer(100)), null)
  assert.equal(await readArchive(zip.slice(0, -30)), null)
  assert.equal(await unpacked(zip, 1000), null, 'it is larger than may be when unpacked')
  const broken = new Uint8Array(zip.slice(0))
  broken[60] ^= 255
  assert.equal(await readArchive(broken.buffer), null)
})
