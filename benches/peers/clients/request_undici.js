// The client on the Node package undici. request.tcl describes how it is started.

'use strict';

const { createReadStream, createWriteStream, readFileSync, statSync } = require('fs');
const { Agent, interceptors, request, stream } = require('undici');
const { main, measure, memory, option } = require('./measure.js');

const count = Number(option.count);
const concurrency = Number(option.concurrency);
const size = Number(option.size);
const { url, file } = option;

const agent = new Agent({
  connections: concurrency,
  connect: option.ca ? { ca: readFileSync(option.ca) } : {},
});
let dispatcher = agent;
const start = memory('VmRSS');

async function fetched(settings = {}) {
  const { statusCode, body } = await request(url, { dispatcher, ...settings });
  if (statusCode !== 200) {
    throw new Error(`status ${statusCode}`);
  }
  return body;
}

function checkLength(length) {
  if (length !== size) {
    throw new Error(`${length} bytes instead of ${size}`);
  }
}

// Checks a content: its length and its ends.
function check(data, ends = [60, 62]) {
  checkLength(data.length);
  if (data.at(0) !== ends[0] || data.at(-1) !== ends[1]) {
    throw new Error('another content came');
  }
}

async function getInTurn(times) {
  for (let done = 0; done < times; done++) {
    check(await (await fetched()).bytes());
  }
}

async function get() {
  await measure(() => getInTurn(count), start);
}

async function getMany() {
  const each = count / concurrency;
  const tasks = Array.from({ length: concurrency });
  await measure(() => Promise.all(tasks.map(() => getInTurn(each))), start);
}

async function getText() {
  dispatcher = agent.compose(interceptors.decompress());
  await measure(async () => {
    for (let done = 0; done < count; done++) {
      check(await (await fetched()).text(), ['[', ']']);
    }
  }, start);
}

async function getFile() {
  await measure(async () => {
    await stream(url, { dispatcher, method: 'GET' }, () => createWriteStream(file));
    checkLength(statSync(file).size);
  }, start);
}

async function getPieces() {
  await measure(async () => {
    let received = 0;
    for await (const piece of await fetched()) {
      received += piece.length;
    }
    checkLength(received);
  }, start);
}

async function putFile() {
  await measure(async () => {
    const headers = { 'content-length': String(size) };
    const body = await fetched({ method: 'PUT', headers, body: createReadStream(file) });
    checkLength(Number(await body.text()));
  }, start);
}

function versions() {
  const version = require('undici/package.json').version;
  console.log(`Node ${process.versions.node}, undici ${version}`);
}

main({
  get,
  get_many: getMany,
  get_text: getText,
  get_file: getFile,
  get_pieces: getPieces,
  put_file: putFile,
  versions,
});
