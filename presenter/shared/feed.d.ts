/** The types of feed.js until they stand in it (see tsconfig.json). */

export class Feed {
  constructor(of: { code: string, face: string })
  readonly ready: Promise<unknown>
  readonly frame: Frame
  readonly stale: boolean
  serverNow(): number
  swapKey(): Promise<'none' | 'swapped' | 'refused'>
  connect(): void
  showStill(frame: Frame): void
  close(): void
  act(action: Action): Promise<ActionResult>
  addEventListener(name: string, listener: (event: CustomEvent) => unknown): void
}
