import assert from 'node:assert/strict'
import test from 'node:test'

import { page, settled } from '../../page.js'

page()
const { Pictures } = await import('../../../../presenter/console/answers/pictures.js')

const t = { failed: 'Det gikk ikke.', n_answers: ['{n} svar', '{n} svar'], nothing_asked: 'Her ble ingenting spurt.', saved_image: 'Bildet er lastet ned', n_of: '{n} av {of}' }
const VOTE = { activity: 'v', slide: 2, kind: 'choice', question: 'Hvor?', shape: 'bars', high: 0, answers: 3, results: { options: [{ letter: 'A', text: 'Skolen', count: 3, share: 1 }], shapes: ['bars'], cards: [] } }
const cards = [{ id: '1', text: 'Flere <b>benker</b>' }, { id: '2', text: 'Lys' }]
const OPEN = { activity: 'o', slide: 3, kind: 'open', question: '', shape: 'wall', high: 0, answers: 2, results: { cards, cards_total: 2, words: [], shapes: ['wall'] } }

/** The places for pictures and for the results of a slide; the server has *all*, or can't be reached. */
const picturesWith = (all) => {
  const ids = { 'pictures-part': 'section', pictures: 'ul', 'past-part': 'div', 'past-title': 'h3', past: 'div', 'picture-png': 'button', 'picture-svg': 'button' }
  const $ = page({ ids })
  $('picture-png').textContent = 'Lagre bilde'
  $('picture-svg').textContent = 'Lagre som SVG'
  const [saved, asked, notes] = [[], [], []]
  globalThis.URL.createObjectURL = (blob) => (saved.push(blob), 'blob:x')
  globalThis.URL.revokeObjectURL = () => {}
  globalThis.fetch = async (url) => {
    asked.push(url)
    if (!all) throw new TypeError('no connection')
    return { ok: true, json: async () => (url.endsWith('/results') ? all : { cards: new URL(url, 'http://x').searchParams.get('offset') === '0' ? cards : [] }) }
  }
  const made = $.document.createElement
  $.document.createElement = (tag) => Object.assign(made(tag), tag === 'canvas' ? { getContext: () => ({ measureText: (text) => ({ width: text.length * 50 }) }) } : {})
  const pictures = new Pictures({ code: '25054015', t, note: (text) => notes.push(text) })
  pictures.show({ title: 'Nærdemokrati', language: 'nb' })
  return { $, pictures, saved, asked, notes }
}

test('every question that was answered has its pictures, whichever is on show', async () => {
  const { $, pictures, saved, asked } = picturesWith([VOTE, OPEN])
  await pictures.draw()
  assert.equal($('pictures-part').hidden, false)
  assert.deepEqual($('pictures').children.map((row) => row.querySelector('p').textContent), ['Hvor? 3 svar', 'Nærdemokrati 2 svar'])
  await $('picture-of-o-svg').click()
  await settled()
  assert.match(asked.at(-1), /^\/25054015\/cards\?.*activity=o/, 'its own answers are asked for, not those on show')
  const svg = await saved[0].text()
  assert.match(svg, /Flere &lt;b&gt;benker/)
  assert.match(svg, /Nærdemokrati · 2 svar/)
})

test('where nothing was answered there are no pictures to save', async () => {
  const { $, pictures } = picturesWith([])
  await pictures.draw()
  assert.ok($('pictures-part').hidden)
})

test('without a connection that is said, and what was there stays', async () => {
  const { $, pictures, notes } = picturesWith(null)
  $('past-part').hidden = true
  await pictures.draw()
  await pictures.read({ n: 3, title: 'Hva nå?' })
  assert.ok(notes.length > 0 && notes.every((text) => text === 'Det gikk ikke.'))
  assert.ok($('past-part').hidden, 'nothing is said of a slide that nobody could ask about')
})

test('after the end the results of a slide are read beside the programme, whatever its kind', async () => {
  const { $, pictures } = picturesWith([VOTE, OPEN])
  await pictures.read({ n: 2, title: 'Torget' })
  assert.equal($('past-title').textContent, 'Torget')
  assert.equal($.document.activeElement, $('past-title'))
  assert.match($('past').textContent, /^Hvor\?3 svar.*Skolen/)
  await pictures.read({ n: 3, title: 'Hva nå?' })
  assert.deepEqual($('past').querySelectorAll('.said-list li').map(({ textContent }) => textContent), ['Flere <b>benker</b>', 'Lys'])
  await pictures.read({ n: 1, title: 'Velkommen' })
  assert.equal($('past').textContent, 'Her ble ingenting spurt.')
})
