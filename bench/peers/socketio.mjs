/**
 * A Socket.IO server as its documentation sets it up, for the WebSocket transport: everybody joins one room; whoever
 * says `broadcast` has the payload of the first message sent to the room, once each time. Tells its port over IPC.
 */
import { createServer } from 'node:http';

import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
let payload = {};
io.on('connection', (socket) => {
  socket.join('room');
  socket.on('payload', (given) => {
    payload = given;
  });
  socket.on('broadcast', () => io.to('room').emit('next', payload));
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: http.address().port }));
process.on('disconnect', () => process.exit(0));
