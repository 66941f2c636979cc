/** On the phone, the kind `quiz`: as a choice. */
export { read, show, tell } from './choice.js'
