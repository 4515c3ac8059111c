// The client on the Node package ws, with its native parts bufferutil and utf-8-validate.
// measure.tcl describes how it is started and what it prints.

'use strict';

const { readFileSync } = require('fs');
const WebSocket = require('ws');

const [operation, ...words] = process.argv.slice(2);
const option = { compress: '0' };
for (let index = 0; index < words.length; index += 2) {
  option[words[index]] = words[index + 1];
}
const count = Number(option.count);
const size = Number(option.size);
const binary = option.kind === 'binary';

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

function memory(name) {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]);
}

let start = memory('VmRSS');

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

async function run(batch, seconds) {
  const end = performance.now() + 1000 * seconds;
  let operations = 0;
  while (operations === 0 || performance.now() < end) {
    await new Promise(batch);
    operations += count;
  }
  return operations;
}

// Calls the batch, which does `count` operations and then calls its argument, again and again.
async function measure(batch) {
  if (Number(option.warmup) > 0) {
    await run(batch, Number(option.warmup));
  }
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const operations = await run(batch, Number(option.seconds));
  const wall = (performance.now() - begin) / 1e3;
  const used = process.cpuUsage(cpu);
  report(operations, wall, (used.user + used.system) / 1e6);
}

function report(operations, wall, cpu) {
  const [now, peak] = [memory('VmRSS'), memory('VmHWM')];
  console.log(JSON.stringify({ operations, wall, cpu, start, now, peak }));
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
  await measure((finish) => {
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
  await measure((finish) => {
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
  await measure((done) => {
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
  await measure(async (done) => {
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
  report(count, 0, 0);
}

function versions() {
  const version = (name) => `${name} ${require(`${name}/package.json`).version}`;
  const packages = ['ws', 'bufferutil', 'utf-8-validate'].map(version);
  console.log(`Node ${process.versions.node}, ${packages.join(', ')}`);
}

const operations = { pingpong, pipeline, receive, send, connect, idle, versions };
Promise.resolve(operations[operation]()).then(() => process.exit(0));
