import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { examplePicture, threeOf } = await import('../../../presenter/new/examples.js')

const kinds = { pair: { talk: true, writes: '' }, open: { talk: false, writes: 'text' }, scale: { talk: false, writes: 'choices' } }
const example = (name, ...written) => ({ name, title: name, language: 'nb', kinds: written, text: `# ${name}` })

test('three examples that look different are shown before those that look alike', () => {
  const names = (...examples) => threeOf(examples, kinds).map(({ name }) => name)
  const [a, b, c, d] = [example('a', 'pair', 'open'), example('b', 'open'), example('c', 'scale'), example('d')]
  assert.deepEqual(names(a, b, c, d), ['a', 'c', 'd'])
  assert.deepEqual(names(a, b, c), ['a', 'c', 'b'])
  assert.deepEqual(names(), [])
})

test('a picture that is pressed gives the example, in its own language', async () => {
  const picked = []
  const button = examplePicture(example('a', 'open'), kinds, (text) => picked.push(text)).firstChild
  await button.click()
  assert.deepEqual([picked, button.lang, button.textContent, button.querySelectorAll('svg').length], [['# a'], 'nb', 'a', 1])
})
