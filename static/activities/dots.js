/** On the phone, the kind `dots`: as a choice of several. */
export { read, show, tell } from './choice.js'
