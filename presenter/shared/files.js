/** Files that the browser makes and saves. */

/**
 * Let the browser save *blob* as a file.
 *
 * @type {(blob: Blob, name: string) => void}
 */
export const saveFile = (blob, name) => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/**
 * An SVG drawn as PNG, in the size that it has.
 *
 * @type {(svg: string) => Promise<Blob>}
 */
export const svgToPng = async (svg) => {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
    context.drawImage(image, 0, 0)
    return await new Promise((done) => canvas.toBlob((blob) => done(/** @type {Blob} */ (blob)), 'image/png'))
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
