/** The same with socket.io, by WebSocket alone. */

import http from 'node:http'
import { Server } from 'socket.io'

const server = http.createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  sockets.emit('view', JSON.parse(Buffer.concat(parts).toString()))
  response.writeHead(204).end()
})
// The swarm answers no pings of socket.io's own.
const sockets = new Server(server, { transports: ['websocket'], serveClient: false, pingInterval: 3_600_000 })
sockets.on('connection', (socket) => socket.on('answer', () => socket.emit('ack')))
server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
