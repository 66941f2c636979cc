/** On the phone, the kind `dots`: as a choice of several, or as points where an option may have several dots. */
import * as choice from './choice.js'
import * as points from './points.js'

/** @type {(view: PhoneView) => KindScript} */
const of = (view) => /** @type {KindScript} */ (view.per ? points : choice)

/** @type {KindScript['show']} */
export const show = (place, view, own, seed, say) => of(view).show?.(place, view, own, seed, say)

/** @type {Read} */
export const read = (data, view, refuse) => of(view).read?.(data, view, refuse) ?? null

/** @type {Tell} */
export const tell = (value, view) => of(view).tell?.(value, view) ?? ''
