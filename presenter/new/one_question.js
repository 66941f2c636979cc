/** Makes a whole workshop file from one question. */

const MARKS = /[!-/:-@[-`{-~]/g // every character that may be Markdown, and that a backslash makes plain text
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * *text* as one line of Markdown that shows exactly these characters, and that starts no heading, note, slide or activity.
 *
 * @type {(text: string) => string}
 */
export const markdownLine = (text) =>
  text.replace(LONE_SURROGATES, '\ufffd').replace(CONTROL_CHARACTERS, ' ').replace(/\s+/gu, ' ').trim().replace(MARKS, (character, index, all) =>
    isHarmless(character, all[index - 1] ?? ' ', all[index + 1] ?? ' ') ? character : `\\${character}`)

/**
 * Commas and the like in a sentence need no backslash; without them people can read and edit the file.
 *
 * @type {(character: string, before: string, after: string) => boolean}
 */
const isHarmless = (character, before, after) =>
  /[,.?;%/()'"]/.test(character) || (/[-:!]/.test(character) && /[\p{L}\p{N} ]/u.test(before) && /[\p{L}\p{N} ]/u.test(after))

/** @type {(seconds: number) => string} */
const minutesText = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/**
 * The workshop file: people talk two and two for *talkS* seconds (0: not at all), then write.
 *
 * `many`: several answers from each phone. `words` are the sentences people read: talk, several, one.
 *
 * @type {(of: {question: string, talkS: number, many: boolean, language: string, words: Strings}) => string}
 */
export const workshopText = ({ question, talkS, many, language, words }) => {
  const lines = ['---', 'format: workshop/1', `language: ${language}`, '---', '', `## ${markdownLine(question)}`, '']
  if (talkS > 0) lines.push(`:::pair{time=${minutesText(talkS)}}`, markdownLine(words.talk), ':::', '')
  lines.push(`:::open{id=svar${many ? ' many' : ''}}`, markdownLine(many ? words.several : words.one), ':::', '')
  return lines.join('\n')
}
