/** Marks on a plane that must not cover each other. Pure. */

const ROUNDS = 120

/**
 * Where to draw marks of *size* px so that none covers another: as near to their *points* as that allows, within *wide* × *high* px.
 *
 * Each round pushes overlapping pairs apart and pulls every mark a little towards its point. Marks on the same spot part in
 * directions of their own, so that the same points always give the same places.
 *
 * @type {(points: {x: number, y: number}[], size: number, wide: number, high: number) => {x: number, y: number}[]}
 */
export const apart = (points, size, wide, high) => {
  const places = points.map(({ x, y }, n) => ({ x: x + Math.cos(n * 2.4) * 0.01, y: y + Math.sin(n * 2.4) * 0.01 }))
  for (let round = 0; round < ROUNDS; round += 1) {
    const pull = round < ROUNDS / 2 ? 0.1 : 0 // in the end nothing pulls, so that what is apart stays so
    places.forEach((place, n) => {
      place.x += (points[n].x - place.x) * pull
      place.y += (points[n].y - place.y) * pull
    })
    for (let one = 0; one < places.length; one += 1) {
      for (let other = 0; other < one; other += 1) push(places[one], places[other], size)
    }
    for (const place of places) {
      place.x = Math.min(wide, Math.max(0, place.x))
      place.y = Math.min(high, Math.max(0, place.y))
    }
  }
  return places
}

/** @type {(one: {x: number, y: number}, other: {x: number, y: number}, size: number) => void} */
const push = (one, other, size) => {
  const [x, y] = [one.x - other.x, one.y - other.y]
  const far = Math.hypot(x, y)
  if (far >= size) return
  const [across, down] = far ? [x / far, y / far] : [1, 0]
  const by = (size - far) / 2
  one.x += across * by
  one.y += down * by
  other.x -= across * by
  other.y -= down * by
}
