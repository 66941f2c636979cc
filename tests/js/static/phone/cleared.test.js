import assert from 'node:assert/strict'
import test from 'node:test'
import { unsentTexts } from '../../../../static/phone/cleared.js'

test('what was never received is told: texts that wait and drafts, but no ticks, deletions, and answers that were acked before', () => {
  const waiting = [
    { type: 'answer', text: 'Aldri sendt' },
    { type: 'answer', text: 'Mottatt før', again: true },
    { type: 'answer', value: ['a'] },
    { type: 'withdraw' },
  ]
  const drafts = { ':a': 'Halvveis', ':b': 'option=a&option=b', ':c': 'item-a=4', ':d': '  ', ':e': 'a = b, sa hun' }
  assert.deepEqual(unsentTexts(waiting, drafts), ['Aldri sendt', 'Halvveis', 'a = b, sa hun'])
})
