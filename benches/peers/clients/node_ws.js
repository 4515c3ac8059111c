// The client on the Node package ws, with its native parts bufferutil and utf-8-validate.
// measure.tcl describes how it is started and what it prints.

'use strict';

const { readFileSync } = require('fs');
const WebSocket = require('ws');
const { main, measure, memory, option, report } = require('./measure.js');

const count = Number(option.count);
const size = Number(option.size);
const binary = option.kind === 'binary';
let start = memory('VmRSS');

function messages() {
  if (option.messages) {
    return readFileSync(option.messages, 'utf8').split('\n');
  }
  const message = Buffer.alloc(size, ' ');
  if (size >= 2) {
    message.write('<', 0);
    message.write('>', size - 1);
  }
  return [binary ? message : message.toString()];
}

// Checks what came back: its length and its ends.
function check(data, message) {
  const expected = Buffer.from(message);
  const same = (index) => data.at(index) === expected.at(index);
  if (data.length !== expected.length || !same(0) || !same(-1)) {
    throw new Error(`another message came back, of ${data.length} bytes`);
  }
}

const settings = { perMessageDeflate: option.compress === '1', maxPayload: 0 };
if (option.ca) {
  settings.ca = readFileSync(option.ca);
}

function opened() {
  return new Promise((done, failed) => {
    const ws = new WebSocket(option.url, settings);
    ws.on('open', () => done(ws));
    ws.on('error', failed);
  });
}

// Measures batches that call their argument when they are done.
function measureCalls(batch) {
  return measure(() => new Promise(batch), start);
}

async function pingpong() {
  const all = messages();
  const turn = (remaining) => all[remaining % all.length];
  const ws = await opened();
  let remaining, done;
  ws.on('message', (data) => {
    if (data.length !== size) {
      throw new Error(`another message came back, of ${data.length} bytes`);
    }
    if (remaining === 1) {
      check(data, turn(1));
      done();
    } else {
      remaining--;
      ws.send(turn(remaining));
    }
  });
  await measureCalls((finish) => {
    [remaining, done] = [count, finish];
    ws.send(turn(remaining));
  });
}

// Asks for `count` messages with `ask`, and counts them.
async function counting(ask) {
  const [message] = messages();
  const ws = await opened();
  let remaining, done;
  ws.on('message', (data) => {
    remaining--;
    if (remaining === 0) {
      check(data, message);
      done();
    }
  });
  await measureCalls((finish) => {
    [remaining, done] = [count, finish];
    ask(ws, message);
  });
}

async function pipeline() {
  await counting((ws, message) => {
    for (let sent = 0; sent < count; sent++) {
      ws.send(message);
    }
  });
}

async function receive() {
  await counting((ws) => ws.send(`${count} ${size}`));
}

async function send() {
  const [message] = messages();
  const ws = await opened();
  await measureCalls((done) => {
    ws.once('message', (answer) => {
      if (Number(answer) !== count) {
        throw new Error(`the server counted ${answer}`);
      }
      done();
    });
    for (let sent = 0; sent < count; sent++) {
      ws.send(message);
    }
    ws.send('how many?');
  });
}

async function connect() {
  await measureCalls(async (done) => {
    for (let times = 0; times < count; times++) {
      const ws = await opened();
      await new Promise((closed) => {
        ws.on('close', closed);
        ws.close();
      });
    }
    done();
  });
}

async function idle() {
  const connections = [await opened()];
  start = memory('VmRSS');
  for (let times = 0; times < count; times++) {
    connections.push(await opened());
  }
  report(count, 0, 0, start);
}

function versions() {
  const version = (name) => `${name} ${require(`${name}/package.json`).version}`;
  const packages = ['ws', 'bufferutil', 'utf-8-validate'].map(version);
  console.log(`Node ${process.versions.node}, ${packages.join(', ')}`);
}

main({ pingpong, pipeline, receive, send, connect, idle, versions });
