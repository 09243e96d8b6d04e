"""A server of IRC that says what a test tells it: for what no real server says.

    /usr/bin/python3 irc.py FOLDER

writes its port into FOLDER/port. What clients say is in FOLDER/heard, a line each, with "connected" before a new client. Bytes
that are written into the pipe FOLDER/say go to the newest client as they are. It ends when FOLDER is gone, or its parent.
"""

import asyncio
import os
import sys

FOLDER = sys.argv[1]
PARENT = os.getppid()
newest = None


async def serve(reader, writer):
    global newest
    newest = writer
    with open(f"{FOLDER}/heard", "ab", buffering=0) as heard:
        heard.write(b"connected\n")
        try:
            while line := await reader.readline():
                heard.write(line.replace(b"\r\n", b"\n"))
        except ConnectionError:
            pass
        heard.write(b"closed\n")
    writer.close()


async def say():
    """From the pipe, which is kept open for writing as well, so that it does not end with each writer."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    pipe = os.fdopen(os.open(f"{FOLDER}/say", os.O_RDWR | os.O_NONBLOCK), "rb", buffering=0)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    while data := await reader.read(65536):
        if newest:
            newest.write(data)


async def main():
    os.mkfifo(f"{FOLDER}/say")
    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 20)
    with open(f"{FOLDER}/port.new", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(f"{FOLDER}/port.new", f"{FOLDER}/port")
    talker = asyncio.ensure_future(say())
    while os.path.exists(f"{FOLDER}/say") and os.getppid() == PARENT:
        await asyncio.sleep(0.2)
    talker.cancel()
    os._exit(0)


asyncio.run(main())
