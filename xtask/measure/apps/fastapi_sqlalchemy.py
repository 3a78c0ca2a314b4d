"""FastAPI with SQLAlchemy's ORM and psycopg, against a PostgreSQL that is really there."""

import os
from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

# Rows without a table, so that there is nothing to set up: what is measured is the app, not its data.
ROWS = text("SELECT i AS id, 'item ' || i AS name FROM generate_series(1, 50) AS i")


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class ItemOut(BaseModel):
    id: int
    name: str


class Answer(BaseModel):
    process: int
    items: list[ItemOut]


engine = create_engine(os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
app = FastAPI()


def session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@app.get("/")
async def root() -> dict[str, int]:
    return {"process": os.getpid()}


@app.get("/work")
def work(session: Annotated[Session, Depends(session)]) -> Answer:
    items = session.scalars(select(Item).from_statement(ROWS.columns(Item.id, Item.name)))
    return Answer(process=os.getpid(), items=[ItemOut(id=item.id, name=item.name) for item in items])
