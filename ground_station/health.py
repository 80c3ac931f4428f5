"""For load balancers and watchdogs: whether the process is up and its database answers, and nothing else."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ground_station.database import Database
from ground_station.errors import Problem, Unavailable
from ground_station.parts import TheDatabase

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """That all is well; where it is not, the answer is a problem."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", responses={503: {"model": Problem}})
def healthz(database: TheDatabase) -> Health:
    """Whether the ground station can work; asks nobody who they are."""
    _ask(database)
    return Health()


def _ask(database: Database) -> None:
    try:
        with database.connection() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise Unavailable("the database does not answer") from error
