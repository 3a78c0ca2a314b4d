"""Celery and nothing else."""

import os
import time

from celery import Celery

app = Celery("tasks", broker=os.environ["REDIS_URL"])


@app.task(name="work")
def work() -> None:
    time.sleep(0.005)  # Long enough for every process of the pool to get its part.
    [{"name": f"item {number}"} for number in range(1000)]
