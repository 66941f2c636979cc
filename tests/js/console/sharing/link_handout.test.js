import assert from 'node:assert/strict'
import test from 'node:test'

import { letter } from '../../../../presenter/console/sharing/link_handout.js'

test('a letter says what the link is for, and contains it once', () => {
  const t = { text: '{title}\n{may}\n{url}\n{join}', may: { look: 'Se:', run: 'Kjør:' } }
  const made = { right: 'look', url: 'https://innspill.no/25054015/console#nøkkel' }
  const told = letter(made, { title: 'Møte {url} $1', join: 'https://innspill.no/25054015' }, t)
  assert.equal(told, 'Møte {url} $1\nSe:\nhttps://innspill.no/25054015/console#nøkkel\nhttps://innspill.no/25054015')
})
