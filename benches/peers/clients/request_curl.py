"""The client that starts the command curl, for ten times COUNT small contents at once, which it
throws away, or for one large one. To start it takes time too. request.tcl describes how this is
started.
"""

import asyncio
import os
import resource
import subprocess
import time

import measure
from measure import operation, option, report, size

concurrency = int(option.get("concurrency", 1))
many = 10 if operation in ("get", "get_many", "get_text") else 1
measure.count *= many


def curl(arguments, output):
    """Requests as many contents as are to be, and checks their lengths."""
    request = f'url = "{option["url"]}"\noutput = "{output}"\n'
    command = ["curl", "--silent", "--show-error", "--fail", *arguments]
    command += ["--write-out", "%{size_download} %{size_upload}\\n", "--config", "-"]
    if "ca" in option:
        command += ["--cacert", option["ca"]]
    done = subprocess.run(
        command, input=request * measure.count, capture_output=True, text=True, check=True
    )
    lengths = done.stdout.split("\n")[:-1]
    if len(lengths) != measure.count:
        raise ValueError(f"{len(lengths)} contents instead of {measure.count}")
    return [tuple(map(int, line.split())) for line in lengths]


async def get(*arguments, output="/dev/null"):
    # With a coding, what is counted is what has come.
    expected = {size} if operation != "get_text" else range(1, size)
    if any(length not in expected for length, _ in curl(arguments, output)):
        raise ValueError("a content has another length")


async def get_many():
    await get("--parallel", "--parallel-immediate", "--parallel-max", str(concurrency))


async def get_text():
    await get("--compressed")


async def get_file():
    await get(output=option["file"])
    if os.path.getsize(option["file"]) != size:
        raise ValueError("the file has another length")


async def put_file():
    if curl(["--upload-file", option["file"]], "/dev/null") != [(len(str(size)), size)]:
        raise ValueError("another length was sent")


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def main(batch):
    if float(option["warmup"]) > 0:
        await measure.run(batch, float(option["warmup"]))
    before, begin = cpu(), time.perf_counter()
    operations = await measure.run(batch, float(option["seconds"]))
    report(operations, time.perf_counter() - begin, cpu() - before, 0)


if operation == "versions":
    line = subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True).stdout
    print(" ".join(line.split()[:2]))
else:
    OPERATIONS = dict(
        get=get, get_many=get_many, get_text=get_text, get_file=get_file, put_file=put_file
    )
    asyncio.run(main(OPERATIONS[operation]))
