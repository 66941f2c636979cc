/** What can be taken from the console: the QR code as a picture, new links, and a copy of the meeting to hold again. */

import { LinkHandout } from './link_handout.js'
import { saveFile, svgToPng } from '../../shared/files.js'
import { postJson } from '../../shared/request.js'
import { confirm } from '../confirm.js'
import { $ } from '../../shared/dom.js'

const PICTURE_PX = 1024

/**
 * The QR code in *image* as PNG, so that it can be pasted into slides and letters.
 *
 * @type {(image: HTMLElement) => Promise<Blob>}
 */
const qrToPng = (image) => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = PICTURE_PX
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  context.fillStyle = '#fff'
  context.fillRect(0, 0, PICTURE_PX, PICTURE_PX)
  context.imageSmoothingEnabled = false
  context.drawImage(/** @type {HTMLImageElement} */ (image), 0, 0, PICTURE_PX, PICTURE_PX)
  return new Promise((done) => canvas.toBlob((blob) => done(/** @type {Blob} */ (blob)), 'image/png'))
}

export class TakeHome {
  /** @param {{code: string, t: Strings, note: ShowNote, meeting: () => import('./link_handout.js').Meeting}} of */
  constructor({ code, t, note, meeting }) {
    this.code = code
    this.t = t
    this.note = note
    this.handout = new LinkHandout({ box: $('made'), note, meeting })
    $('copy-qr').addEventListener('click', () => this.#copyPicture())
    $('qr-slide').addEventListener('click', () => this.#saveSlide())
    $('again').addEventListener('click', () => this.#makeCopy())
    $('lend').addEventListener('click', () => this.handout.show(t.link_done.kiosk, { url: `${meeting().join}?kiosk`, right: 'kiosk' }))
    for (const button of document.querySelectorAll('[data-link]')) {
      button.addEventListener('click', () => this.#makeLink(String(button.dataset.link)))
    }
  }

  async #copyPicture() {
    const png = qrToPng($('qr'))
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
      this.note(this.t.copied)
    } catch {
      // No clipboard: there is none without https, and some browsers accept no pictures.
      saveFile(await png, `${this.code}.png`)
      this.note(this.t.saved_image)
    }
  }

  async #saveSlide() {
    const response = await fetch(`/${this.code}/qr-slide.svg${location.search}`).catch(() => null)
    if (!response?.ok) return this.note(this.t.failed, true)
    saveFile(await svgToPng(await response.text()), `innspill-${this.code}-qr.png`)
    this.note(this.t.saved_image)
  }

  /** @param {string} right */
  async #makeLink(right) {
    const link = await this.#post('links', { right })
    if (link) this.handout.show(this.t.link_done[right], { url: link.url, right })
  }

  async #makeCopy() {
    const { t } = this
    if ((await confirm({ title: t.again_title, text: t.again_text, yes: $('again').textContent })) === false) return
    const copy = await this.#post('again', {})
    if (copy) this.handout.show(t.again_done, { url: copy.console_url, right: 'console', meeting: { title: document.querySelector('.what')?.textContent ?? '', join: copy.join_url } })
  }

  /**
   * @param {string} path
   * @param {object} content
   */
  async #post(path, content) {
    const { ok, body } = await postJson(`/api/rooms/${this.code}/${path}`, content)
    if (ok) return body
    this.note(body?.title ?? this.t.failed, true)
    return null
  }
}
