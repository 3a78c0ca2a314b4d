"""FastAPI with an array of 100 MiB that is loaded at import and only read: what a model's weights are."""

import os

from array_of_100_mib import WEIGHTS
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def root() -> dict[str, int]:
    return {"process": os.getpid()}


@app.get("/work")
def work() -> dict[str, float]:
    return {"process": os.getpid(), "answer": float(WEIGHTS.sum())}
