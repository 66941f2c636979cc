import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { decimal, percent } from '../../../presenter/shared/figures.js'

/** The same table as for Python (tests/i18n/test_figures.py). */
const table = JSON.parse(readFileSync(new URL('../../figures.json', import.meta.url), 'utf8'))

test('every figure is written as in files and on the pages that the server makes', () => {
  assert.deepEqual(table.percent.map(([, text]) => text), table.percent.map(([share]) => percent(share, 'nb').replace('\u00a0', ' ')))
  assert.deepEqual(table.decimal.map(([, text]) => text), table.decimal.map(([number]) => decimal(number, 'nb')))
})

test('figures are written as in the page’s language', () =>
  assert.deepEqual(['63%', '2.3'], [percent(0.625, 'en'), decimal(2.25, 'en')]))
