"""FastAPI with pandas: a table of ten thousand rows is grouped for every request."""

import os

import numpy
import pandas
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def root() -> dict[str, int]:
    return {"process": os.getpid()}


@app.get("/work")
def work() -> dict[str, object]:
    numbers = numpy.arange(10_000)
    table = pandas.DataFrame({"group": numbers % 10, "value": numbers / 7})
    return {"process": os.getpid(), "means": table.groupby("group")["value"].mean().to_dict()}
