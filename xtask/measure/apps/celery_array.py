"""Celery with an array of 100 MiB that is loaded before the pool forks, and only read."""

import os
import time

from array_of_100_mib import WEIGHTS
from celery import Celery

app = Celery("tasks", broker=os.environ["REDIS_URL"])


@app.task(name="work")
def work() -> None:
    time.sleep(0.005)  # Long enough for every process of the pool to get its part.
    WEIGHTS[::1000].sum()
