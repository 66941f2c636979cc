import assert from 'node:assert/strict'
import test from 'node:test'

import { markdownLine, workshopText } from '../../../presenter/new/one_question.js'

const words = { talk: 'Snakk sammen.', several: 'Flere svar.', one: 'Ett svar.' }
const made = (more = {}) => workshopText({ question: 'Hva er viktigst?', talkS: 120, many: true, language: 'nb', words, ...more })

test('one question becomes a workshop: people talk, then write', () => {
  assert.equal(made(), `---
format: workshop/1
language: nb
---

## Hva er viktigst?

:::pair{time=2:00}
Snakk sammen.
:::

:::open{id=svar many}
Flere svar.
:::
`)
})

test('a workshop from one question can leave out the talk, and allow one answer only', () => {
  const text = made({ talkS: 0, many: false })
  assert.ok(!text.includes(':::pair'))
  assert.ok(text.includes(':::open{id=svar}\nEtt svar.\n:::'))
  assert.ok(made({ talkS: 90 }).includes('time=1:30'))
})

test('a question with special characters is shown as typed, and never becomes markup', () => {
  for (const typed of ['a\n---\nb', '# stor', ':::open{id=x}', '<!-- borte', 'a <!-- b']) {
    const line = markdownLine(typed)
    assert.equal(line.split('\n').length, 1, typed)
    assert.doesNotMatch(line, /^(#|:::)/, typed)
    assert.doesNotMatch(line, /<!--/, typed)
  }
  assert.equal(markdownLine('  Hva   nå?\t'), 'Hva nå?')
  assert.equal(markdownLine('Skole, helse og vei: hva først?'), 'Skole, helse og vei: hva først?')
})
