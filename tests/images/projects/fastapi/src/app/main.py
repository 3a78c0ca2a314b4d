"""What answers."""

import asyncio

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def root() -> dict[str, str]:
    return {"message": "Hello"}


@app.get("/slow")
async def slow() -> dict[str, str]:
    print("slow: began", flush=True)
    await asyncio.sleep(3)
    return {"message": "done"}
