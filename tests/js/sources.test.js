import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import test from 'node:test'

const HOUSE = new URL('../../', import.meta.url)

const files = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const url = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder)
  return entry.isDirectory() ? files(url) : url.href.endsWith('.js') ? [url] : []
})
const modules = ['presenter/', 'static/'].flatMap((tree) => files(new URL(tree, HOUSE)))
  .map((url) => ({ url, name: url.href.slice(HOUSE.href.length), source: readFileSync(url, 'utf8') }))

const listed = (names = '') => names.split(',').map((name) => name.trim().split(' as ')).filter(([name]) => name)

/** What *source* imports or hands on: `{ from, names }`; a name is `[name there, name here]`. */
const imports = (source) => [...source.matchAll(/^(import|export)\s+(?:\{([^}]*)\}|\* as \w+)?\s*(?:from )?'([^']+)'/gm)]
  .map(([, verb, names, from]) => ({ from, handsOn: verb === 'export', names: listed(names) }))

const exportsOf = (source) => new Set([
  ...[...source.matchAll(/^export (?:async )?(?:function\*?|const|let|class) ([\w$]+)/gm)].map(([, name]) => name),
  ...[...source.matchAll(/^export (default)/gm)].map(([, name]) => name),
  ...[...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names]) => listed(names).map((name) => name.at(-1))),
])

test('every import leads to a file and to a name that it exports: a page where one does not stays empty', () => {
  const missing = modules.flatMap(({ url, name, source }) => imports(source).flatMap(({ from, names }) => {
    const target = new URL(from, url)
    if (!existsSync(target)) return [`${name}: ${from}`]
    const exported = exportsOf(readFileSync(target, 'utf8'))
    return names.filter(([there]) => !exported.has(there)).map(([there]) => `${name}: ${there} of ${from}`)
  }))
  assert.deepEqual(missing, [])
})

test('nothing that is imported stays unused', () => {
  const uses = (source, name) => source.match(new RegExp(`(?<![\\w$]|[^.]\\.)${name.replace('$', '\\$')}(?![\\w$])`, 'g'))?.length ?? 0
  const unused = modules.flatMap(({ name, source }) => imports(source).filter(({ handsOn }) => !handsOn)
    .flatMap(({ names }) => names.filter((each) => uses(source, each.at(-1)) < 2).map((each) => `${name}: ${each.at(-1)}`)))
  assert.deepEqual(unused, [])
})
