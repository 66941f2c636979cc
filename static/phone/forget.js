/** What a device does before another person, or the same one anew, uses it for the meeting. */

/** Delete all that this browser stores of the meeting. @param {string} code */
export const forget = async (code) => {
  const prefix = `innspill:${code}`
  const ours = (/** @type {string} */ key) => key === prefix || key.startsWith(`${prefix}:`) || key.startsWith(`innspill:draft:/${code}:`)
  try {
    for (const key of Object.keys(localStorage).filter(ours)) localStorage.removeItem(key)
  } catch { /* it stores nothing there */ }
  await new Promise((done) => {
    const request = indexedDB.open('innspill', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('out')
    request.onerror = done
    request.onsuccess = () => {
      const transaction = request.result.transaction('out', 'readwrite')
      const store = transaction.objectStore('out')
      store.getAllKeys().onsuccess = ({ target }) => {
        for (const key of /** @type {IDBRequest<IDBValidKey[]>} */ (target).result) if (ours(String(key))) store.delete(key)
      }
      transaction.oncomplete = transaction.onabort = transaction.onerror = done
    }
  }).catch(() => {})
}
