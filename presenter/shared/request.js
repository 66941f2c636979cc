/** Sends JSON to our server. */

/**
 * Send *content* and read the JSON that comes back.
 *
 * Returns `{ok, status, body}`; `body` is null where no JSON came, `status` 0 when the server could not be reached. Never throws.
 *
 * @type {(url: string, content: object, headers?: Record<string, string>) => Promise<JsonReply>}
 */
export const postJson = async (url, content, headers = {}) => {
  const response = await fetch(url, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(content),
  }).catch(() => null)
  return { ok: response?.ok ?? false, status: response?.status ?? 0, body: (await response?.json().catch(() => null)) ?? null }
}
