/**
 * How figures are written: the same on every face and in every file, as live/i18n/figures.py writes them too. Halves go
 * up, and the figure is rounded from the share or mean that a view has, never from one that was written before.
 */

const language = () => document.documentElement.lang

/**
 * *share* (0–1, with four decimals as in views) in whole percent, as it is written in *lang*: 0.625 is "63 %".
 *
 * @type {(share: number, lang?: string) => string}
 */
export const percent = (share, lang = language()) =>
  new Intl.NumberFormat(lang, { style: 'percent' }).format(Math.floor((Math.round(share * 10_000) + 50) / 100) / 100)

/**
 * *number* (0 or more, with two decimals as in views) with one decimal: 2.25 is "2,3"; a dash for null.
 *
 * @type {(number: number | null, lang?: string) => string}
 */
export const decimal = (number, lang = language()) =>
  number === null ? '–' : new Intl.NumberFormat(lang, { minimumFractionDigits: 1 }).format(Math.floor((Math.round(number * 100) + 5) / 10) / 10)

/**
 * *text* in which no line can end inside a number such as "400 000", or between it and its unit. Only spaces change, into
 * such as do not break.
 *
 * @type {(text: string) => string}
 */
export const unbrokenNumbers = (text) => text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, '\u00a0').replace(/(?<=\d) (?=(?:kr|kroner|nok|%|prosent|mill\.?|millioner)(?!\p{L}))/giu, '\u00a0')
