/** On the phone, the kind `dots`: as a choice of several. Where an option may have several, points.js draws them (`script`). */
export { read, show, tell } from './choice.js'
