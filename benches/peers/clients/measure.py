"""What the clients in Python have in common: options, payloads, and measuring, as measure.tcl
describes them. The name of the package that is measured comes before the operation.
"""

import json
import ssl
import sys
import time

package, operation, *words = sys.argv[1:]
option = {"compress": "0", **dict(zip(words[::2], words[1::2]))}
count = int(option.get("count", 0))
size = int(option.get("size", 0))
compress = option["compress"] == "1"
tls = ssl.create_default_context(cafile=option["ca"]) if "ca" in option else None


def messages():
    if "messages" in option:
        with open(option["messages"], encoding="utf-8") as file:
            return file.read().split("\n")
    if option["kind"] == "binary":
        return [b"<" + bytes([32]) * (size - 2) + b">"]
    return ["<" + " " * (size - 2) + ">"]


def check(data, message):
    """Checks what came back: its length and its ends."""
    if (len(data), data[0], data[-1]) != (len(message), message[0], message[-1]):
        raise ValueError(f"another message came back, of {len(data)} characters")


def memory(name):
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))


def report(operations, wall, cpu, start):
    now, peak = memory("VmRSS"), memory("VmHWM")
    print(
        json.dumps(dict(operations=operations, wall=wall, cpu=cpu, start=start, now=now, peak=peak))
    )


async def run(batch, seconds):
    end = time.perf_counter() + seconds
    operations = 0
    while operations == 0 or time.perf_counter() < end:
        await batch()
        operations += count
    return operations


async def measure(batch, start):
    """Calls the batch, which does `count` operations, again and again."""
    if float(option["warmup"]) > 0:
        await run(batch, float(option["warmup"]))
    cpu, begin = time.process_time(), time.perf_counter()
    operations = await run(batch, float(option["seconds"]))
    report(operations, time.perf_counter() - begin, time.process_time() - cpu, start)
