import assert from 'node:assert/strict'
import test from 'node:test'

import { page } from '../page.js'

page()
const { Fields, faultsByPart } = await import('../../../presenter/editor/fields.js')
const { slidePreviews } = await import('../../../presenter/editor/slides/slide_previews.js')
const { addressesOf, withOwnPictures } = await import('../../../presenter/editor/slides/slide_pictures.js')

const META = ['title', 'organisation', 'purpose', 'owner', 'report-by', 'ladder', 'contact']
const t = {
  about: 'Om møtet', meta: Object.fromEntries(META.map((key) => [key, `Om ${key}`])), lacks: 'Folk får ikke vite:', passed: 'Datoen har gått', untitled: 'Uten tittel',
  title: 'Overskrift', big: 'Stor', body: 'Tekst', body_help: '', points: 'Punkter', one_by_one: 'Ett om gangen', note: 'Notater', instruction: 'Hva folk skal gjøre',
  options: { any: 'Valg', dots: 'Prikker på' }, no_from: { group: 'svarene før', dots: 'det som står her' }, more: 'Flere valg', other_kind: 'Bytt', change_to: 'Gjør til {kind}',
  add: 'Legg til:', ask_here: 'Spør her', ask_after: 'Spør etter {n}, «{title}»', alt: 'Hva «{name}» viser', slide_n: 'Lysbilde {n}', place: 'Lysbilde {n} av {of}', type_here: 'skriv her', slides: 'Lysbilder', minutes: '{n} min', n_faults: ['{n} feil', '{n} feil'], is_hidden: 'skjult', hide: 'Skjul', unhide: 'Vis igjen', up: 'Opp', down: 'Ned', over_up: 'Til lysbildet før', over_down: 'Til lysbildet etter', copy: 'Kopier', drop: 'Slett',
  low_end: 'Lavest', high_end: 'Høyest', kinds: { open: 'Fritekst', scale: 'Skala', dots: 'Prikker', group: 'Samle' },
  attributes: { time: 'Tid', max: 'Tegn', 'scale.max': 'Høyeste', from: 'Svarene til', 'dots.from': 'Prikker på' }, values: { manual: 'når jeg vil' },
  on_screen: 'På skjermen', on_phone: 'På telefonen', for_you: 'Bare du ser', send: 'Send',
}
const attribute = (key, type = 'whole', more = {}) => ({ key, type, words: [], default: null, ...more })
const kinds = {
  group: { order: 3, options: true, own_options: true, writes: '', talk: false, ends: '', first: ['from'], more: [], attributes: [attribute('from', 'id')] },
  open: { order: 0, options: false, writes: 'text', talk: false, ends: '', first: ['max'], more: ['time', 'reveal'],
    attributes: [attribute('max'), attribute('time', 'duration'), attribute('reveal', 'word', { words: ['manual', 'live', 'after-own'] })] },
  dots: { order: 2, options: true, own_options: false, writes: 'choices', talk: false, ends: '', first: ['from'], more: [], attributes: [attribute('from', 'id')] },
  scale: { order: 1, options: true, own_options: false, writes: 'choices', talk: false, ends: 'labels', first: ['max', 'labels'], more: [],
    attributes: [attribute('max', 'whole', { default: 5 }), attribute('labels', 'labels')] },
  pair: { order: 4, options: false, writes: '', talk: true, ends: '', first: [], more: [], attributes: [] },
}
const activity = (kind, more = {}) => ({ kind, instruction: '', options: [], attributes: {}, line: 7, last: 9, ...more })
const slide = (more = {}) => ({ title: 'Hva nå?', big: false, body: '', notes: [], line: 5, pictures: [], activities: [], ...more })

/** The form on a page, with *slides* and the one at *open* open. */
const form = (slides, { open = 0, meta = {}, faults = [], pictures = {} } = {}) => {
  const $ = page({ ids: { form: 'section' } })
  const outline = { meta, slides, broken: [] }
  $('form').append(...new Fields(t, kinds, () => '2027-06-15').all(outline, open, faultsByPart(outline, faults), pictures))
  return Object.assign($, {
    all: (selector) => $('form').querySelectorAll(selector),
    labels: (root = $('form')) => root.querySelectorAll('label').map(({ textContent }) => textContent),
  })
}
const options = (select) => select.children.map((option) => [option.value, option.textContent])

test('the open slide has its fields, the others only their heading', () => {
  const $ = form([slide(), slide({ title: '' })])
  assert.deepEqual($.all('.step').map((button) => [button.textContent, button.getAttribute('aria-current')]), [['1Hva nå?', 'true'], ['2Uten tittel', null]])
  assert.equal($('f-title-0-0-').value, 'Hva nå?')
  assert.equal($('f-title-1-0-'), null)
})

test('a slide tells how long it takes, or its faults; hidden ones take no time', () => {
  const slides = [slide({ time_s: 130 }), slide({ time_s: 600, hidden: true, line: 10 }), slide({ time_s: 60, line: 20 })]
  const $ = form(slides, { faults: [{ line: 21, message: 'Ukjent ord' }] })
  assert.deepEqual($.all('.beside-step').map(({ firstChild }) => firstChild.textContent), ['3 min', '', '1 feil'])
  assert.equal($.all('.part-title')[0].textContent, 'Lysbilder4 min')
  assert.equal($('f-open-1').textContent, '2Hva nå? · skjult')
})

test('kinds are offered in the server’s order, also those this page has no word for', () => {
  const $ = form([slide()])
  assert.deepEqual($.all('[data-does=add_activity]').map(({ textContent }) => textContent), ['Fritekst', 'Skala', 'Prikker', 'Samle', 'pair'])
})

test('what people are not yet told is named, and each name leads to its field', () => {
  const $ = form([slide()], { meta: { title: 'Møtet', purpose: 'Å bli enige', owner: 'Rådmannen' } })
  assert.deepEqual($.all('[data-does=reach]').map(({ textContent }) => textContent), ['Om report-by', 'Om ladder', 'Om contact'])
  assert.equal($('f-meta-0-0-purpose').value, 'Å bli enige')
  assert.equal(form([slide()], { meta: Object.fromEntries(META.map((key) => [key, 'x'])) }).all('.lacks').length, 0)
})

test('the day of the answers is chosen in a calendar, and told when it has passed; what is no day stays a text', () => {
  const field = (value) => {
    const $ = form([slide()], { meta: { 'report-by': value } })
    return [$('f-meta-0-0-report-by').type, $('f-meta-0-0-report-by').value, $('f-passed')?.textContent]
  }
  assert.deepEqual(field('2027-06-15'), ['date', '2027-06-15', undefined])
  assert.deepEqual(field('2027-06-14'), ['date', '2027-06-14', 'Datoen har gått'])
  assert.deepEqual(field('I juni'), ['text', 'I juni', undefined])
  assert.equal(form([slide()])('f-meta-0-0-report-by').type, 'date')
})

test('an activity shows the attributes of its kind: first some, the others folded', () => {
  const $ = form([slide({ activities: [activity('open', { attributes: { max: 120 } })] })])
  const fold = $('f-more-0-0')
  assert.equal($('f-attribute-0-0-max').value, '120')
  assert.deepEqual($.labels(fold), ['Tid', 'reveal'])
  assert.equal($('f-attribute-0-0-time').getAttribute('placeholder'), '2:00')
  assert.equal($('f-attribute-0-0-max').getAttribute('inputmode'), 'numeric')
})

test('a word of the file is shown in the reader’s words, and one without effect is not offered', () => {
  const $ = form([slide({ activities: [activity('open')] })])
  assert.deepEqual(options($('f-attribute-0-0-reveal')), [['', ''], ['manual', 'når jeg vil'], ['live', 'live']])
  const other = form([slide({ activities: [activity('open', { attributes: { reveal: 'after-own' } })] })])
  assert.equal(other('f-attribute-0-0-reveal').value, 'after-own', 'but one that stands there stays')
})

test('a kind may have another word for an attribute, and a scale a field for each of its ends', () => {
  const $ = form([slide({ activities: [activity('scale', { attributes: { labels: 'Uenig|Enig' } })] })])
  assert.deepEqual($.labels().filter((label) => ['Tegn', 'Høyeste', 'Lavest', 'Høyest'].includes(label)), ['Høyeste', 'Lavest', 'Høyest'])
  assert.deepEqual([0, 1].map((end) => $(`f-attribute-0-0-labels${end}`).value), ['Uenig', 'Enig'])
  assert.equal($('f-attribute-0-0-max').value, '5')
  const steps = form([slide({ activities: [activity('scale', { attributes: { labels: 'Nei|Tja|Ja' } })] })])
  assert.equal(steps('f-attribute-0-0-labels').value, 'Nei|Tja|Ja', 'words for all steps stand in one field')
})

test('options are written here, unless they come from another activity', () => {
  const fields = (kind, more) => form([slide({ activities: [activity(kind, more)] })])('f-options-0-0-')
  assert.equal(fields('dots', {}).value, '')
  assert.equal(fields('dots', { attributes: { from: 'temaer' } }), null)
  assert.equal(fields('dots', { attributes: { from: 'temaer' }, options: ['Buss'] }).value, 'Buss')
  assert.equal(fields('group', { attributes: { from: 'svar' } }).value, '', 'a group has themes of its own to begin with')
  assert.equal(fields('open', {}), null)
})

test('the answers of an earlier activity can be taken, and it is called what people know it by', () => {
  const before = slide({ activities: [activity('open', { attributes: { id: 'svar', question: '' } }), activity('open', { instruction: 'Uten id' })] })
  const $ = form([before, slide({ title: 'Etterpå', activities: [activity('group'), activity('open', { attributes: { id: 'senere' } })] })], { open: 1 })
  assert.deepEqual(options($('f-attribute-1-0-from')), [['', 'svarene før'], ['svar', 'Fritekst: Hva nå?']])
})

test('an activity of a kind that the server can’t run keeps its text, and is not changed', () => {
  const $ = form([slide({ activities: [activity('brainwrite', { instruction: 'Ranger.' })] })])
  assert.equal($('f-instruction-0-0-').value, 'Ranger.')
  assert.deepEqual($.all('[data-does=kind]'), [])
  assert.equal($.all('legend')[0].textContent, 'brainwrite')
})

test('what stands at an end can only be moved the other way', () => {
  const $ = form([slide({ activities: [activity('open')] }), slide()])
  assert.deepEqual([-1, 1].map((by) => $(`f-move_slide-0-${by}`).disabled), [true, false])
  assert.ok(!$('f-drop_slide-0').disabled)
  assert.ok($('f-move_activity-0-0--1').disabled)
  assert.equal($('f-move_activity-0-0-1').textContent, 'Til lysbildet etter')
  assert.ok(form([slide()])('f-drop_slide-0').disabled, 'the last slide stays')
})

test('each slide can be asked about, and its first picture is in the list', () => {
  const pictures = [{ name: 'borte.png', alt: '', decorative: false }, { name: 'kart.png', alt: 'Kart', decorative: false }, { name: 'pynt.png', alt: '', decorative: true }]
  const $ = form([slide(), slide({ pictures })], { open: 1, pictures: { 'kart.png': '/kart.webp' } })
  assert.deepEqual($.all('.ask-here').map((button) => [button.getAttribute('aria-label'), button.dataset.slide, button.tabIndex]), [['Spør her: Lysbilde 1', '0', -1], ['Spør her: Lysbilde 2', '1', undefined]])
  assert.deepEqual($.all('.thumb-picture').map((image) => image.getAttribute('src')), ['/kart.webp'])
  assert.deepEqual($.all('.alt-words').map((field) => field.textContent), ['Hva «borte.png» viser', 'Hva «kart.png» viser'])
  assert.equal($('f-alt-1-1-').value, 'Kart')
})

test('the picture of a question is on the screen and on the phone', () => {
  const { figures } = preview([shown('open', { picture: { name: 'kart.png' } }), shown('open', { picture: { name: 'borte.png' } })])
  assert.deepEqual(figures.map((figure) => figure.querySelectorAll('.asked-about').length), [1, 1])
})

test('pictures that only the page holds stand where the server left room for them', () => {
  const own = new Map([['a.png', 'blob:1'], ['b.png', 'blob:2']])
  assert.equal(withOwnPictures('<img src="#1-0.webp" width="0" height="0" alt="B"><img src="#7-0.webp" width="0" height="0" alt="">', own), '<img src="blob:2" alt="B"><img src="" alt="">')
  assert.deepEqual(addressesOf({ 'c.png': '/c' }, own), { 'a.png': 'blob:1', 'b.png': 'blob:2' })
  assert.deepEqual(addressesOf({ 'c.png': '/c' }, new Map()), { 'c.png': '/c' })
})

test('a fault stands where it is', () => {
  const faults = [{ line: 1, message: 'Mangler `title`' }, { line: 8, message: 'Ukjent ord' }]
  const $ = form([slide({ activities: [activity('open')] })], { faults })
  assert.ok($('f-about').open)
  assert.deepEqual($.all('.problem').map(({ textContent }) => textContent), ['Mangler title', '1 feil', 'Ukjent ord'])
  assert.equal($.all('fieldset .problem')[0].textContent, 'Ukjent ord')
})

const preview = (activities, more = {}) => {
  page()
  const shown = slidePreviews({ title: 'Hva nå?', html: '', language: 'nb', big: false, notes: '', activities, ...more }, t, kinds, { 'kart.png': '/kart.webp' })
  return { figures: shown, phone: shown[1].querySelector('.as-phone') }
}
const shown = (kind, more = {}) => ({ kind, instruction: '', question: '', options: [], attrs: {}, max: 60, ...more })

test('the preview of the phone shows what people answer with', () => {
  const boxes = (...activities) => preview(activities).phone.querySelectorAll('.box').map(({ textContent }) => textContent)
  const two = [{ text: 'Skolen' }, { text: 'Torget' }]
  assert.deepEqual(boxes(shown('open')), ['0 / 60'])
  assert.deepEqual(boxes(shown('dots', { options: two })), ['Skolen', 'Torget'])
  assert.deepEqual(boxes(shown('scale', { options: two, attrs: { low: 1, high: 3 } })), ['1', '2', '3', '1', '2', '3'])
  assert.deepEqual(boxes(shown('group', { options: two })), [])
  assert.deepEqual(boxes(shown('brainwrite', { options: two })), [], 'a kind that can’t run yet shows no field')
})

test('of several activities the phone shows the first that is more than a talk', () => {
  const text = (...activities) => preview(activities).phone.textContent
  const [talk, write] = [shown('pair', { instruction: 'To og to.' }), shown('open', { instruction: 'Skriv.', question: 'Hva er viktigst?' })]
  assert.equal(text(talk, write), 'Hva er viktigst?Skriv.0 / 60Send')
  assert.equal(text(talk), 'Hva nå?To og to.')
  assert.equal(text(), 'Hva nå?')
})

test('the preview of the screen has the slide and what people will do; notes stand apart', () => {
  const { figures } = preview([shown('pair', { instruction: 'To og to.' }), shown('open')], { big: true, notes: 'Husk kaffe.' })
  assert.ok(figures[0].querySelector('.as-screen').classList.contains('big'))
  assert.equal(figures[0].querySelectorAll('li').length, 1)
  assert.equal(figures[2].querySelector('p').textContent, 'Husk kaffe.')
  assert.equal(preview([]).figures.length, 2)
})
