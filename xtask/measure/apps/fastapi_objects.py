"""FastAPI with about 100 MiB of Python objects that are loaded at import.

Only read, and yet written to: Python counts the references to an object inside the object itself.
"""

import os

from fastapi import FastAPI

RECORDS = [{"id": number, "name": f"record {number}", "score": number / 7} for number in range(318_000)]
app = FastAPI()


@app.get("/")
async def root() -> dict[str, int]:
    return {"process": os.getpid()}


@app.get("/work")
def work() -> dict[str, float]:
    return {"process": os.getpid(), "answer": sum(record["score"] for record in RECORDS)}
