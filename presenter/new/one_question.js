/** A whole workshop from one question. */

const MARKS = /[!-/:-@[-`{-~]/g // every sign that Markdown may take for markup, and lets stand behind a backslash
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** *text* as one line of Markdown that shows just these signs, and that opens no heading, note, slide or activity. */
export const asLine = (text) =>
  text.replace(LONE, '\ufffd').replace(CONTROL, ' ').replace(/\s+/gu, ' ').trim().replace(MARKS, (sign, at, all) =>
    isHarmless(sign, all[at - 1] ?? ' ', all[at + 1] ?? ' ') ? sign : `\\${sign}`)

/** Commas and the like in a sentence stay as they are, so that the file can be read and edited by people. */
const isHarmless = (sign, before, after) =>
  /[,.?;%/()'"]/.test(sign) || (/[-:!]/.test(sign) && /[\p{L}\p{N} ]/u.test(before) && /[\p{L}\p{N} ]/u.test(after))

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/**
 * The workshop file: people talk two and two for *talkS* seconds (0: not at all), then write.
 *
 * `many`: several answers from each phone. `words` are the sentences people read: talk, several, one.
 */
export const workshopOf = ({ question, talkS, many, language, words }) => {
  const lines = ['---', 'format: workshop/1', `language: ${language}`, '---', '', `## ${asLine(question)}`, '']
  if (talkS > 0) lines.push(`:::pair{time=${clock(talkS)}}`, asLine(words.talk), ':::', '')
  lines.push(`:::open{id=svar${many ? ' many' : ''}}`, asLine(many ? words.several : words.one), ':::', '')
  return lines.join('\n')
}
