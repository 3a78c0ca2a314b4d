"""Asks for work: `python enqueue.py celery|rq|arq COUNT`. It ends before memory is read."""

import asyncio
import os
import sys

URL = os.environ["REDIS_URL"]


def celery(count: int) -> None:
    from celery import Celery

    app = Celery("tasks", broker=URL)
    for _ in range(count):
        app.send_task("work")


def rq(count: int) -> None:
    from redis import Redis
    from rq import Queue

    queue = Queue(connection=Redis.from_url(URL))
    for _ in range(count):
        queue.enqueue("rq_jobs.work")


def arq(count: int) -> None:
    from arq import create_pool
    from arq.connections import RedisSettings

    async def enqueue() -> None:
        pool = await create_pool(RedisSettings.from_dsn(URL))
        for _ in range(count):
            await pool.enqueue_job("work")

    asyncio.run(enqueue())


if __name__ == "__main__":
    {"celery": celery, "rq": rq, "arq": arq}[sys.argv[1]](int(sys.argv[2]))
