import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import test from 'node:test'

import * as kinds from '../../../presenter/activities/kinds.js'

const PRESENTER = new URL('../../../presenter/', import.meta.url)
const KINDS = readdirSync(new URL('../../../live/activities/', import.meta.url)) // a kind has the same name in every tree
  .map((name) => name.replace(/\.py$/, ''))
  .filter((name) => readdirSync(new URL('../../../templates/activities/', import.meta.url)).includes(`${name}.html`))
const PARTS = ['scenes', 'table', 'small', 'picture', 'fields', 'sketch']

test('every file of a kind has its line, and gives only parts that are drawn', () => {
  const named = readdirSync(new URL('activities/', PRESENTER)).filter((name) => KINDS.includes(name.replace('.js', '')))
  assert.deepEqual(Object.keys(kinds).sort(), named.map((name) => name.replace('.js', '')).sort())
  for (const [kind, drawing] of Object.entries(kinds)) {
    assert.deepEqual(Object.keys(drawing).filter((part) => !PARTS.includes(part)), [], kind)
  }
})
