/**
 * A word between the console and the screen when both are open in one browser, as on a facilitator's laptop: what a
 * key does to the picture alone (turn a part, show the way in) and the server need not know.
 *
 * `say(what)` is heard by the others as `listen(what)`. Without BroadcastChannel nothing is said and nothing breaks.
 */
export const beside = (code, listen = () => {}) => {
  if (!('BroadcastChannel' in globalThis)) return () => {}
  const channel = new BroadcastChannel(`innspill-${code}`)
  channel.onmessage = ({ data }) => listen(data)
  return (what) => channel.postMessage(what)
}
