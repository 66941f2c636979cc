/**
 * Messages between the console and the screen when both are open in one browser, as on a facilitator's laptop. They are
 * about what a key changes on the screen alone (turn a page, show how to join), which the server need not know.
 *
 * Returns `send(message)`; the other pages receive it in their `onMessage(message)`. Without BroadcastChannel nothing is
 * sent, and nothing breaks.
 *
 * @type {(code: string, onMessage?: (message: any) => void) => (message: any) => void}
 */
export const consoleChannel = (code, onMessage = () => {}) => {
  if (!('BroadcastChannel' in globalThis)) return () => {}
  const channel = new BroadcastChannel(`innspill-${code}`)
  channel.onmessage = ({ data }) => onMessage(data)
  return (message) => channel.postMessage(message)
}
