"""Traffic for what is measured: bounded, and to 127.0.0.1 only.

By sockets and threads, since asyncio loads OpenSSL, which the apps load too: PSS would halve what they take for it.
"""

import json
import socket
import threading
import time
from collections import Counter

from processes import Failed

PATHS = ["/", "/work"]


def wait_for_port(port: int, seconds: float = 60) -> None:
    """Waits until something listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Failed(f"nothing listened on port {port} within {seconds:.0f} s")


def http(port: int, processes: int, requests: int, seconds: float = 120) -> str:
    """Asks until each of so many processes has answered so many requests, as far as answers tell which one gave them.

    The kernel deals connections to processes unevenly, so one process may get many times its part; at most 30 times
    what is asked for in all, and no longer than `seconds`. Says what came of it.
    """
    answered: Counter[int] = Counter()
    lock = threading.Lock()
    failures: list[Exception] = []
    most = 30 * processes * requests
    deadline = time.monotonic() + seconds

    def is_over() -> bool:
        fewest = sorted(answered.values())[-processes:]
        is_enough = len(fewest) == processes and fewest[0] >= requests
        return is_enough or answered.total() >= most or time.monotonic() > deadline or bool(failures)

    def client(number: int) -> None:
        try:
            while not is_over():
                number += 1
                process = ask(port, PATHS[number % len(PATHS)])
                with lock:
                    answered[process] += 1
        except (Failed, OSError, ValueError) as why:
            failures.append(why)

    clients = [threading.Thread(target=client, args=[number]) for number in range(4 * processes)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    if failures:
        raise failures[0]
    fewest = min(answered.values()) if len(answered) >= processes else 0
    return f"{answered.total()} requests, at least {fewest} to each of {processes}"


def ask(port: int, path: str) -> int:
    """One request over a connection of its own; the process that answered, or 0 if the answer does not tell."""
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        # HTTP 1.0, so that no answer comes in chunks.
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        with connection.makefile("rb") as stream:
            answer = stream.read()
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise Failed(f"the answer to {path} was {answer[:200]!r}")
    return int(json.loads(body).get("process", 0))


def redis(port: int, *words: str) -> bytes:
    """What Redis answers to a command."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(" ".join(words).encode() + b"\r\n")
        return connection.recv(4096)


def wait_for_empty(port: int, count: tuple[str, ...], seconds: float = 120) -> None:
    """Waits until the queue that the command `count` counts in Redis is empty."""
    deadline = time.monotonic() + seconds
    while redis(port, *count) != b":0\r\n":
        if time.monotonic() > deadline:
            raise Failed(f"the queue was not empty within {seconds:.0f} s")
        time.sleep(0.2)
