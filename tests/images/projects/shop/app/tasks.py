"""What the worker does."""

import os
import time

from celery import Celery
from sqlalchemy.orm import Session

from app.database import Item, engine

app = Celery("tasks", broker=os.environ.get("BROKER_URL", "redis://cache:6379/0"))


@app.task
def slow(name: str) -> None:
    print("slow: began", flush=True)
    time.sleep(3)
    with Session(engine) as session:
        session.add(Item(name=name))
        session.commit()
    print(f"slow: wrote {name}", flush=True)
