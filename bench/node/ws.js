/** The least a server on Node can do with `ws`: take a message, send one back; what is posted goes to all. */

import http from 'node:http'
import { WebSocketServer } from 'ws'

const server = http.createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  const text = Buffer.concat(parts).toString()
  for (const one of sockets.clients) one.send(text)
  response.writeHead(204).end()
})
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => socket.on('message', () => socket.send('{"type":"ack"}')))
server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
