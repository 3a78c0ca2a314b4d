"""What answers."""

import time

from fastapi import FastAPI, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import Note, engine

app = FastAPI()


@app.get("/healthz")
def healthz(request: Request) -> dict[str, str]:
    with Session(engine) as session:
        session.scalars(select(Note)).all()
    return {"url": str(request.url)}


@app.get("/slow")
def slow() -> dict[str, str]:
    print("slow: began", flush=True)
    time.sleep(3)
    return {"message": "done"}
