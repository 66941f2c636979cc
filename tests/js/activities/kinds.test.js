import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import test from 'node:test'

import * as kinds from '../../../presenter/activities/kinds.js'

const PRESENTER = new URL('../../../presenter/', import.meta.url)
const KINDS = readdirSync(new URL('../../../live/activities/', import.meta.url)) // a kind has the same name in every tree
  .map((name) => name.replace(/\.py$/, ''))
  .filter((name) => readdirSync(new URL('../../../templates/activities/', import.meta.url)).includes(`${name}.html`))
const PARTS = ['scenes', 'table', 'small', 'picture', 'fields']

const files = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const url = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder)
  return entry.isDirectory() ? files(url) : url.href.endsWith('.js') ? [url] : []
})

const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/** The places in *source* where something depends on the name of a kind: comparisons, cases, lists, and keys of a table. */
const namings = (source) => {
  const name = `(?:${KINDS.join('|')})`
  const quoted = `['"\`]${name}['"\`]`
  const compared = new RegExp(`[!=]==? *${quoted}|${quoted} *[!=]==?|case ${quoted}|${quoted} in |startsWith\\(${quoted}|\\[(?:'[\\w-]+', *)*${quoted}(?:, *'[\\w-]+')*\\]\\.(?:includes|indexOf|some)|new Set\\(\\[[^\\]]*${quoted}`, 'g')
  const tables = [...source.matchAll(/\{[^{}]*\}/g)].map(([table]) => table)
    .filter((table) => new Set([...table.matchAll(new RegExp(`(?:[{,]\\s*)['"]?(${name})['"]?\\s*:`, 'g'))].map((found) => found[1])).size > 1)
  return [...[...source.matchAll(compared)].map(([text]) => text), ...tables]
}

test('no file outside activities/ depends on the name of a kind', () => {
  const found = files(PRESENTER).filter(({ href }) => !href.includes('/presenter/activities/'))
    .flatMap((url) => namings(withoutComments(readFileSync(url, 'utf8'))).map((text) => `${url.href.slice(PRESENTER.href.length)}: ${text}`))
  assert.deepEqual(found, [])
})

test('such a dependence would be found, however it is written', () => {
  const kindsToo = [
    "view.kind === 'think'", "'dots' !== kind", "case 'scale':", "['open', 'words'].includes(kind)", "!['pair'].includes(kind)",
    "const T = { think: ['time'], open: ['max'] }", "kind.startsWith('pair')", 'new Set(["choice", "dots"])',
  ]
  for (const source of kindsToo) assert.equal(namings(source).length, 1, source)
  for (const source of ["el('div', { role: 'group' })", "{ words: a, of: b }", "new Event('open')"]) assert.deepEqual(namings(source), [], source)
})

test('every file of a kind has its line, and gives only parts that are drawn', () => {
  const named = readdirSync(new URL('activities/', PRESENTER)).filter((name) => KINDS.includes(name.replace('.js', '')))
  assert.deepEqual(Object.keys(kinds).sort(), named.map((name) => name.replace('.js', '')).sort())
  for (const [kind, drawing] of Object.entries(kinds)) {
    assert.deepEqual(Object.keys(drawing).filter((part) => !PARTS.includes(part)), [], kind)
  }
})
