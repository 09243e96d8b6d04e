"""The other end of the line, for tests of lua/host/: servers on loopback that behave, and that misbehave.

    /usr/bin/python3 peer.py FOLDER

prints a line "NAME PORT" for each server below, then "ready", and ends as soon as nobody reads what it prints:
with its test, however that ends. FOLDER has peer.pem and peer.key (the certificate of the TLS servers) and ca.pem
(who signed the clients' certificates that "strict" asks for).

    echo, tls_echo     send back what comes
    strict             the same over TLS, for who has a certificate
    silent, tls_silent take connections and say nothing; tls_silent does not even begin with TLS
    deaf               takes no connection at all
    reset, tls_reset   break the connection when the first line is there
    goodbye            "goodbye\n", and closes; tls_goodbye: the same; tls_cut: without TLS's own goodbye
    drip, tls_drip     answer a line with its bytes, each on its own
    source             answers "N\n" with N bytes, as fast as they go
    sink               answers "N\n" and N bytes, which it reads slowly, with "N\n"
    count              answers a line with how many connections it has had, and how many are open
    proxy              an HTTP proxy that knows CONNECT, and does not connect to port 1
    http, https        paths are told at http_paths
"""

import asyncio
import os
import select
import socket
import ssl
import struct
import sys
import threading

BLOCK = bytes(range(256)) * 256  # 64 KiB
NEVER = asyncio.Event()  # of which there is a reference: a task that nobody can wake is collected


def end_with_test():
    """A pipe whose reader is gone reports an error."""
    poll = select.poll()
    poll.register(1, 0)
    poll.poll()
    os._exit(0)


def break_off(writer):
    """Closes with RST instead of FIN."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def silent(reader, writer):
    await NEVER.wait()


async def reset(reader, writer):
    await reader.readline()
    break_off(writer)


async def goodbye(reader, writer):
    writer.write(b"goodbye\n")
    await writer.drain()


async def cut(reader, writer):
    writer.write(b"goodbye\n")
    await writer.drain()
    writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


async def drip(reader, writer):
    while line := await reader.readline():
        for byte in line:
            writer.write(bytes([byte]))
            await asyncio.sleep(0.001)


async def source(reader, writer):
    left = int(await reader.readline())
    while left > 0:
        writer.write(BLOCK[:left])
        left -= min(left, len(BLOCK))
        await writer.drain()
    await reader.read()


async def sink(reader, writer):
    count = int(await reader.readline())
    left = count
    while left > 0:
        left -= len(await reader.readexactly(min(left, 16384)))
        await asyncio.sleep(0)
    writer.write(b"%d\n" % count)
    await reader.read()


had = opened = 0


async def count(reader, writer):
    global had, opened
    had += 1
    opened += 1
    try:
        while await reader.readline():
            writer.write(b"%d %d\n" % (had, opened))
    finally:
        opened -= 1


async def relay(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def proxy(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    method, where, _ = head.split(b" ", 2)
    host, port = where.rsplit(b":", 1)
    if method != b"CONNECT" or port == b"1":
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        return
    far_reader, far_writer = await asyncio.open_connection(host.decode(), int(port))
    writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
    await asyncio.gather(relay(reader, far_writer), relay(far_reader, writer))


def answer(status, body=b"", *headers):
    lines = [b"HTTP/1.1 %s" % status, *headers, b"Content-Length: %d" % len(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


connections = 0

http_paths = {
    "/": answer(b"200 OK", b"hello\n", b"Content-Type: text/plain", b"X-Two: a", b"x-two: b", b"X-Empty:"),
    "/204": b"HTTP/1.1 204 No Content\r\n\r\n",
    "/429": answer(b"429 Too Many Requests", b"{}", b"Retry-After: 1.5"),
    "/mib": answer(b"200 OK", BLOCK * 16),
    "/mib-and-one": answer(b"200 OK", BLOCK * 16 + b"x"),
    "/chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nhello\r\n1;x=y\r\n,\r\n6\r\n world\r\n0\r\nX-Trailer: t\r\n\r\n",
    "/continue": b"HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n" + answer(b"200 OK", b"late", b"X-Late: 1"),
    "/redirect": answer(b"302 Found", b"", b"Location: /"),
    "/folded": b"HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nContent-Length: 0\r\n\r\n",
    "/nul": answer(b"200 OK", b"a\0b"),
}

# These end the connection: what they say of their length is wrong, or they say nothing at all.
http_last_paths = {
    "/short": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
    "/no-length": b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
    "/cut-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhello",
    "/bad-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    "/bad-length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
    "/garbage": b"\x00\x01\x02 no HTTP at all\r\n\r\n",
    "/nothing": b"",
    "/headers": b"HTTP/1.1 200 OK\r\n" + b"X-Many: " * 100 + b"\r\n" + b"X-A: %s\r\n" % (b"a" * 1000) * 1000
    + b"Content-Length: 0\r\n\r\n",
    "/long-header": b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 500000 + b"\r\nContent-Length: 0\r\n\r\n",
}


async def http_special(path, request, body, reader, writer):
    """Paths that do more than answer; true if the connection may be used again."""
    if path == "/echo":
        writer.write(answer(b"200 OK", request + b"\r\n" + body))
    elif path == "/connections":
        writer.write(answer(b"200 OK", b"%d" % connections))
    elif path == "/slow":  # a byte a moment, for as long as anybody listens
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.05)
    elif path == "/never":
        await NEVER.wait()
    elif path == "/endless":
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(BLOCK)
            await writer.drain()
    elif path == "/reset":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
        await writer.drain()
        await reader.read(1)  # until the test has seen it: it never sends, so its end of patience decides
    else:
        writer.write(answer(b"404 Not Found"))
    return path in ("/echo", "/connections")


async def http(reader, writer):
    global connections
    connections += 1
    while True:
        request = await reader.readuntil(b"\r\n\r\n")
        path = request.split(b" ")[1].decode()
        length = 0
        for line in request.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        body = await reader.readexactly(length)
        if path == "/break":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
            await writer.drain()
            break_off(writer)
            return
        if path in http_paths:
            whole = http_paths[path]
            if request.startswith(b"HEAD"):
                whole = whole.split(b"\r\n\r\n")[0] + b"\r\n\r\n"
            writer.write(whole)
            await writer.drain()
        elif path in http_last_paths:
            writer.write(http_last_paths[path])
            await writer.drain()
            return
        elif not await http_special(path, request, body, reader, writer):
            return


def polite(handler):
    """Closes when the handler is done, and minds no client that is gone."""

    async def handle(reader, writer):
        try:
            await handler(reader, writer)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    return handle


def deaf():
    """A port whose queue is full: Linux drops what else wants to connect."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    held = [listener]
    for _ in range(4):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(listener.getsockname())
        held.append(client)
    return held


async def serve(folder):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder + "/peer.pem", folder + "/peer.key")
    strict = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    strict.load_cert_chain(folder + "/peer.pem", folder + "/peer.key")
    strict.load_verify_locations(folder + "/ca.pem")
    strict.verify_mode = ssl.CERT_REQUIRED
    servers = {
        "echo": (echo, None), "tls_echo": (echo, tls), "strict": (echo, strict),
        "silent": (silent, None), "tls_silent": (silent, None),
        "reset": (reset, None), "tls_reset": (reset, tls),
        "goodbye": (goodbye, None), "tls_goodbye": (goodbye, tls), "tls_cut": (cut, tls),
        "drip": (drip, None), "tls_drip": (drip, tls), "source": (source, None), "sink": (sink, None),
        "count": (count, None), "proxy": (proxy, None), "http": (http, None), "https": (http, tls),
    }
    running = []
    for name, (handler, context) in servers.items():
        server = await asyncio.start_server(polite(handler), "127.0.0.1", 0, ssl=context, backlog=1024)
        running.append(server)
        print(name, server.sockets[0].getsockname()[1])
    running.append(deaf())
    print("deaf", running[-1][0].getsockname()[1])
    try:
        running.append(await asyncio.start_server(polite(echo), "::1", 0))
        print("echo6", running[-1].sockets[0].getsockname()[1])
    except OSError:
        pass  # a machine without IPv6
    print("ready", flush=True)
    await NEVER.wait()


threading.Thread(target=end_with_test, daemon=True).start()
asyncio.run(serve(sys.argv[1]))
