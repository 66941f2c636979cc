import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { crc32, entriesOf, textEntry, zipOf } from '../../../presenter/new/zip.js'

/** Python's own reader of zips: what it finds wrong, and each name with the bytes behind it. */
const READ = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    print(json.dumps([archive.testzip(), {name: archive.read(name).hex() for name in archive.namelist()}]))
`

const encode = (text) => new TextEncoder().encode(text)

test('what is written is a zip for others, and is read here as it was written', async () => {
  const picture = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) & 255)
  const zip = zipOf([['workshop.md', textEntry('# Bær og øl\n')], ['bilder/kart å.png', { bytes: picture, crc: crc32(picture) }], ['tom.md', textEntry('')]])
  const buffer = await zip.arrayBuffer()
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  try {
    writeFileSync(join(folder, 'a.zip'), new Uint8Array(buffer))
    const [damaged, files] = JSON.parse(execFileSync('python3', ['-c', READ, join(folder, 'a.zip')], { encoding: 'utf8' }))
    assert.equal(null, damaged)
    const hex = (bytes) => Buffer.from(bytes).toString('hex')
    assert.deepEqual({ 'workshop.md': hex(encode('# Bær og øl\n')), 'bilder/kart å.png': hex(picture), 'tom.md': '' }, files)
  } finally {
    rmSync(folder, { recursive: true })
  }
  const entries = entriesOf(buffer)
  assert.deepEqual(['workshop.md', 'bilder/kart å.png', 'tom.md'], [...entries.keys()])
  assert.deepEqual({ bytes: picture, crc: crc32(picture) }, entries.get('bilder/kart å.png'))
})

test('the checksum is that of zips', () => {
  assert.equal(0xcbf43926, crc32(encode('123456789'))) // the check value of CRC-32/ISO-HDLC
  assert.equal(0, crc32(new Uint8Array()))
})

test('a zip that was cut off on its way holds what came whole, and nothing is read where there is none', async () => {
  const buffer = await zipOf([['workshop.md', textEntry('# A')], ['slide-1-1.png', textEntry('picture')]]).arrayBuffer()
  assert.deepEqual(['workshop.md'], [...entriesOf(buffer.slice(0, 80)).keys()])
  assert.equal(0, entriesOf(new ArrayBuffer(0)).size)
  assert.equal(0, entriesOf(encode('no zip, but a text that is longer than the head of one').buffer).size)
})
