"""FastAPI and nothing else: one path on the event loop, one in a thread with a model in and out."""

import os

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Item(BaseModel):
    name: str
    price: float


class Answer(BaseModel):
    process: int
    items: list[Item]


@app.get("/")
async def root() -> dict[str, int]:
    return {"process": os.getpid()}


@app.get("/work")
def work() -> Answer:
    return Answer(process=os.getpid(), items=[Item(name=f"item {i}", price=i / 7) for i in range(50)])
