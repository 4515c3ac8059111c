// What the clients in Node have in common: options and measuring. measure.tcl describes how they
// are started and what they print.

'use strict';

const { readFileSync } = require('fs');

const [operation, ...words] = process.argv.slice(2);
const option = { compress: '0', concurrency: '1' };
for (let index = 0; index < words.length; index += 2) {
  option[words[index]] = words[index + 1];
}

function memory(name) {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]);
}

async function run(batch, seconds) {
  const end = performance.now() + 1000 * seconds;
  let operations = 0;
  while (operations === 0 || performance.now() < end) {
    await batch();
    operations += Number(option.count);
  }
  return operations;
}

// Calls the batch, which does `count` operations, again and again. `start` is the memory at first.
async function measure(batch, start) {
  if (Number(option.warmup) > 0) {
    await run(batch, Number(option.warmup));
  }
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const operations = await run(batch, Number(option.seconds));
  const wall = (performance.now() - begin) / 1e3;
  const used = process.cpuUsage(cpu);
  report(operations, wall, (used.user + used.system) / 1e6, start);
}

function report(operations, wall, cpu, start) {
  const [now, peak] = [memory('VmRSS'), memory('VmHWM')];
  console.log(JSON.stringify({ operations, wall, cpu, start, now, peak }));
}

// Does the operation that is asked for, and ends.
function main(operations) {
  Promise.resolve(operations[operation]()).then(() => process.exit(0));
}

module.exports = { main, measure, memory, option, report };
