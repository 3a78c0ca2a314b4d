"""Celery whose tasks ask PostgreSQL through SQLAlchemy."""

import os
import time

from celery import Celery
from sqlalchemy import create_engine, text

app = Celery("tasks", broker=os.environ["REDIS_URL"])
engine = create_engine(os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))


@app.task(name="work")
def work() -> None:
    time.sleep(0.005)  # Long enough for every process of the pool to get its part.
    with engine.connect() as connection:
        connection.execute(text("SELECT i, 'item ' || i FROM generate_series(1, 50) AS i")).all()
