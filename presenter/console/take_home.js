/** What leaves the console: the picture of the way in, fresh links, and a new meeting. */

import { HandOut } from './sharing/link_handout.js'
import { postJson } from '../shared/request.js'
import { sure } from './confirm.js'
import { $ } from '../shared/dom.js'

const PICTURE_PX = 1024

/** The drawn *image* as PNG, so that it can be pasted into slides and letters. */
const asPng = (image) => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = PICTURE_PX
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, PICTURE_PX, PICTURE_PX)
  pen.imageSmoothingEnabled = false
  pen.drawImage(image, 0, 0, PICTURE_PX, PICTURE_PX)
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}

/** Hand *blob* to the reader as a file. */
export const save = (blob, name) => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

export class TakeAway {
  constructor({ code, t, note, meeting }) {
    Object.assign(this, { code, t, note, made: new HandOut({ box: $('made'), note, meeting }) })
    $('copy-qr').addEventListener('click', () => this.#copyPicture())
    $('again').addEventListener('click', () => this.#again())
    for (const button of document.querySelectorAll('[data-link]')) {
      button.addEventListener('click', () => this.#link(button.dataset.link))
    }
  }

  async #copyPicture() {
    const picture = asPng($('qr'))
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
      this.note(this.t.copied)
    } catch {
      // No clipboard here: without https there is none, and some browsers take no pictures.
      save(await picture, `${this.code}.png`)
      this.note(this.t.saved_image)
    }
  }

  async #link(right) {
    const made = await this.#post('links', { right })
    if (made) this.made.show(this.t.link_done[right], { url: made.url, right })
  }

  async #again() {
    const { t } = this
    if ((await sure({ title: t.again_title, text: t.again_text, yes: $('again').textContent })) === false) return
    const made = await this.#post('again', {})
    if (made) this.made.show(t.again_done, { url: made.console_url, right: 'console', meeting: { title: document.querySelector('.what').textContent, join: made.join_url } })
  }

  async #post(path, content) {
    const { ok, body } = await postJson(`/api/rooms/${this.code}/${path}`, content)
    if (ok) return body
    this.note(body?.title ?? this.t.failed, true)
    return null
  }
}
