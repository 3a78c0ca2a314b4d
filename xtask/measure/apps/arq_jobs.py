"""The job of an ARQ worker."""

import os

from arq.connections import RedisSettings


async def work(context: dict) -> None:
    [{"name": f"item {number}"} for number in range(1000)]


class WorkerSettings:
    functions = [work]
    redis_settings = RedisSettings.from_dsn(os.environ["REDIS_URL"])
