// The server on the Node package ws, with its native parts bufferutil and utf-8-validate.
// src/bin/load/server.rs describes how it is started, and what it does.

'use strict';

const { readFileSync } = require('fs');
const http = require('http');
const https = require('https');
const { WebSocketServer } = require('ws');

const words = process.argv.slice(2);

function serve() {
  const option = {};
  for (let index = 0; index < words.length; index += 2) {
    option[words[index]] = words[index + 1];
  }
  const server = option.certificate
    ? https.createServer({ cert: readFileSync(option.certificate), key: readFileSync(option.key) })
    : http.createServer();
  const wss = new WebSocketServer({ server, maxPayload: 0 });
  wss.on('connection', (ws, request) => {
    if (request.url === '/echo') {
      ws.on('message', (data, binary) => ws.send(data, { binary }));
    } else {
      ws.on('message', (data, binary) => {
        for (const client of wss.clients) {
          client.send(data, { binary });
        }
      });
    }
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
  process.stdin.on('end', () => process.exit(0)).resume();
}

if (words[0] === 'versions') {
  const version = (name) => `${name} ${require(`${name}/package.json`).version}`;
  const packages = ['ws', 'bufferutil', 'utf-8-validate'].map(version);
  console.log(`Node ${process.versions.node}, ${packages.join(', ')}`);
} else {
  serve();
}
