// A WebSocket server for the tests, on the Node package ws.
//
// What the paths do is described in echo_websockets.py. The difference: /fragments sends no empty
// last fragment.

'use strict';

const http = require('http');
const { WebSocketServer } = require('ws');

const PATTERNS = {
  binary: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  text: Buffer.from('abcdefghijklmnopqrstuvwxyz'),
};

// The path and the query of a request.
class Target {
  constructor(request) {
    const url = new URL(request.url, 'ws://localhost');
    this.path = url.pathname;
    this.query = url.searchParams;
  }

  number(name, fallback) {
    return Number(this.query.get(name) ?? fallback);
  }

  // What permessage-deflate is to be like, if the query asks for it.
  get deflate() {
    return (
      this.query.has('deflate') && {
        threshold: 0,
        serverNoContextTakeover: this.query.has('server_no_context_takeover') || undefined,
        clientNoContextTakeover: this.query.has('client_no_context_takeover') || undefined,
        serverMaxWindowBits: this.number('server_max_window_bits', NaN) || undefined,
        clientMaxWindowBits: this.number('client_max_window_bits', NaN) || undefined,
      }
    );
  }

  get kind() {
    return this.query.get('kind') ?? 'binary';
  }

  section(start, size) {
    const pattern = PATTERNS[this.kind];
    start %= pattern.length;
    return Buffer.alloc(start + size, pattern).subarray(start);
  }
}

function echo(socket) {
  socket.on('message', (data, binary) => socket.send(data, { binary }));
}

function scatter(socket) {
  socket.on('message', (data, binary) => {
    const place = () => Math.floor(Math.random() * (data.length + 1));
    const cuts = Array.from({ length: Math.random() * 9 }, place).sort((a, b) => a - b);
    [0, ...cuts].forEach((start, index) => {
      const fin = index === cuts.length;
      socket.send(data.subarray(start, fin ? data.length : cuts[index]), { binary, fin });
    });
  });
}

// Sends, and waits until the kernel has taken it: back-pressure.
function transmit(socket, data, options) {
  return new Promise((done) => socket.send(data, options, done));
}

async function send(socket, target) {
  const size = target.number('size', 1);
  const count = target.number('count', 1);
  const binary = target.kind === 'binary';
  for (let start = 0; start < count; start++) {
    await transmit(socket, target.section(start, size), { binary });
  }
}

async function fragments(socket, target) {
  const size = target.number('size', 1);
  const count = target.number('count', 1);
  const binary = target.kind === 'binary';
  for (let sent = 0; sent < count; sent++) {
    await transmit(socket, target.section(sent * size, size), { binary, fin: sent === count - 1 });
  }
}

function close(socket, target) {
  if (target.query.has('code')) {
    socket.close(target.number('code'), target.query.get('reason') ?? '');
  } else {
    socket.close();
  }
}

function ping(socket, target) {
  socket.once('pong', (data) => socket.send(`pong:${data}`));
  socket.ping(target.query.get('data') ?? '');
}

function hold(socket) {
  socket.pause();
}

function drop(socket) {
  socket.once('message', () => socket.terminate());
}

const BEHAVIOURS = {
  '/scatter': scatter,
  '/send': send,
  '/fragments': fragments,
  '/close': close,
  '/ping': ping,
  '/hold': hold,
  '/drop': drop,
};

// The library configures extensions for all connections of a server: here each has its own.
function websocketServer(target) {
  return new WebSocketServer({
    noServer: true,
    perMessageDeflate: target.deflate,
    maxPayload: 0, // no limit
    handleProtocols: (offered) =>
      target.path === '/protocol' && offered.has('mqtt') ? 'mqtt' : false,
  });
}

function refuse(stream, target) {
  const status = target.number('code', 404);
  const body = target.query.get('body') ?? '';
  stream.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? 'Unknown'}\r\n` +
      'Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

const server = http.createServer();

server.on('upgrade', (request, stream, head) => {
  const target = new Target(request);
  stream.on('error', () => {}); // clients that break off
  if (target.path === '/status') {
    refuse(stream, target);
    return;
  }
  websocketServer(target).handleUpgrade(request, stream, head, (socket) => {
    socket.on('error', () => {});
    (BEHAVIOURS[target.path] ?? echo)(socket, target);
  });
});

server.listen(0, '127.0.0.1', () => {
  console.log(`ws://127.0.0.1:${server.address().port}/`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
