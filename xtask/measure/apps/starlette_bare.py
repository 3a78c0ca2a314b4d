"""Starlette and nothing else."""

import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def root(request: Request) -> JSONResponse:
    return JSONResponse({"process": os.getpid()})


def work(request: Request) -> JSONResponse:
    return JSONResponse({"process": os.getpid(), "items": [{"name": f"item {i}", "price": i / 7} for i in range(50)]})


app = Starlette(routes=[Route("/", root), Route("/work", work)])
