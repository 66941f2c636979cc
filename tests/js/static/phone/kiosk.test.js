import assert from 'node:assert/strict'
import test from 'node:test'

const { Kiosk } = await import('../../../../static/phone/kiosk.js')

test('the second that comes before the dialog has told that it closed asks nobody again', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const went = []
  const onClose = []
  const globals = {
    addEventListener() {},
    location: { search: '?kiosk', replace: (address) => went.push(address) },
    fetch: async () => ({ ok: true }),
  }
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]))
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true })
  t.after(() => {
    for (const [name, was] of Object.entries(before)) was ? Object.defineProperty(globalThis, name, was) : delete globalThis[name]
  })
  const dialog = {
    open: false, returnValue: '',
    addEventListener: (name, listen) => name === 'close' && onClose.push(listen),
    querySelectorAll: () => [],
    showModal() { this.open = true },
    close(value) { Object.assign(this, { open: false, returnValue: value }) },
  }
  const left = { textContent: '', dataset: { left: '{n} sekunder' } }
  new Kiosk('25054015', true, dialog, left)
  t.mock.timers.tick(60_000)
  assert.deepEqual([dialog.open, left.textContent], [true, '20 sekunder'])
  t.mock.timers.tick(19_000)
  assert.equal(left.textContent, '1 sekunder')
  t.mock.timers.tick(2000)
  assert.equal(dialog.open, false)
  onClose[0]()
  await new Promise(setImmediate)
  assert.deepEqual(went, ['/25054015/next?now='])
})
