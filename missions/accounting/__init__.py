"""What flying costs, shared fairly among the departments that each flight serves."""

from missions.accounting.flight_costs import FlightCosts, FlightShare, flight_costs, share_flight
from missions.accounting.flight_list import FlightStatement, flight_csv, flight_statements
from missions.accounting.shapley import Shares, rounded, shapley
from missions.accounting.statement import DepartmentStatement, statement_csv, statements
from missions.accounting.sub_flight import SubFlightMinutes, skipping_minutes

__all__ = [
    "DepartmentStatement",
    "FlightCosts",
    "FlightShare",
    "FlightStatement",
    "Shares",
    "SubFlightMinutes",
    "flight_costs",
    "flight_csv",
    "flight_statements",
    "rounded",
    "shapley",
    "share_flight",
    "skipping_minutes",
    "statement_csv",
    "statements",
]
