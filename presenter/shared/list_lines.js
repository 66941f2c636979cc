/** Reads what people type or paste into a field that takes one entry on each line. */

// A list may be pasted, from a word processor too: its marks are not part of the words.
const LIST_MARK = /^(?:[•▪◦·●○■□▫‣⁃∙☐\uf0b7\uf0a7]\s*|[-–—−*]\s+)/

/**
 * The lines that have words, without the marks of a list.
 *
 * @type {(text: string) => string[]}
 */
export const filledLines = (text) => text.split('\n').map((line) => line.trim().replace(LIST_MARK, '')).filter(Boolean)
