"""First schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema up."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("district_id", "name", name=op.f("uq_api_keys_district_id_name")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    op.create_table(
        "catalogue_state",
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("routes_sha256", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("district_id", name=op.f("pk_catalogue_state")),
    )
    op.create_table(
        "drone_status",
        sa.Column("drone_id", sa.String(length=32), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("born", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("telemetry", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("session", sa.String(length=64), nullable=True),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("sequence_gaps", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("drone_id", "district_id", name=op.f("pk_drone_status")),
    )
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("drone_id", sa.String(length=32), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence")),
    )
    op.create_table(
        "flights",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("drone_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("legs_completed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flights")),
    )
    op.create_index(op.f("ix_flights_district_id_created_at_id"), "flights", ["district_id", "created_at", "id"], unique=False)
    op.create_index(
        op.f("ix_flights_district_id_drone_id_state"), "flights", ["district_id", "drone_id", "state"], unique=False
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("class_key", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.Column("sub_district_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cell", sa.String(length=16), nullable=False),
        sa.Column("lat_deg", sa.Double(), nullable=False),
        sa.Column("lon_deg", sa.Double(), nullable=False),
        sa.Column("semi_major_m", sa.Double(), nullable=False),
        sa.Column("semi_minor_m", sa.Double(), nullable=False),
        sa.Column("orientation_deg", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.Column("earlier_incident_id", sa.String(length=64), nullable=True),
        sa.Column("work_order_id", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=80), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["earlier_incident_id"], ["incidents.id"], name=op.f("fk_incidents_earlier_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(
        op.f("ix_incidents_district_id_class_key_cell"), "incidents", ["district_id", "class_key", "cell"], unique=False
    )
    op.create_index(op.f("ix_incidents_district_id_department_id"), "incidents", ["district_id", "department_id"], unique=False)
    op.create_index(
        op.f("ix_incidents_district_id_last_seen_at_id"), "incidents", ["district_id", "last_seen_at", "id"], unique=False
    )
    op.create_table(
        "rejected_messages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("payload_bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_messages")),
    )
    op.create_index(op.f("ix_rejected_messages_district_id"), "rejected_messages", ["district_id"], unique=False)
    op.create_table(
        "routes",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("route", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", "district_id", name=op.f("pk_routes")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("district_id", "username", name=op.f("uq_users_district_id_username")),
    )
    op.create_table(
        "commands",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("drone_id", sa.String(length=32), nullable=False),
        sa.Column("flight_id", sa.String(length=64), nullable=False),
        sa.Column("command", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["flight_id"], ["flights.id"], name=op.f("fk_commands_flight_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commands")),
    )
    op.create_index(op.f("ix_commands_district_id_outcome"), "commands", ["district_id", "outcome"], unique=False)
    op.create_index(op.f("ix_commands_flight_id"), "commands", ["flight_id"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("flight_id", sa.String(length=64), nullable=False),
        sa.Column("drone_id", sa.String(length=32), nullable=False),
        sa.Column("class_key", sa.String(length=64), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_findings_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(
        op.f("ix_findings_district_id_last_seen_at_id"), "findings", ["district_id", "last_seen_at", "id"], unique=False
    )
    op.create_index(op.f("ix_findings_evidence_sha256"), "findings", ["evidence_sha256"], unique=False)
    op.create_index(op.f("ix_findings_flight_id"), "findings", ["flight_id"], unique=False)
    op.create_index(op.f("ix_findings_incident_id"), "findings", ["incident_id"], unique=False)
    op.create_table(
        "flight_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("flight_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leg_index", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["flight_id"], ["flights.id"], name=op.f("fk_flight_events_flight_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flight_events")),
        sa.UniqueConstraint("flight_id", "number", name=op.f("uq_flight_events_flight_id_number")),
    )
    op.create_index(op.f("ix_flight_events_flight_id"), "flight_events", ["flight_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "track_points",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("flight_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lat_deg", sa.Double(), nullable=False),
        sa.Column("lon_deg", sa.Double(), nullable=False),
        sa.Column("height_m", sa.Double(), nullable=True),
        sa.Column("battery_share", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["flight_id"], ["flights.id"], name=op.f("fk_track_points_flight_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_points")),
    )
    op.create_index(op.f("ix_track_points_flight_id_at"), "track_points", ["flight_id", "at"], unique=False)
    op.create_table(
        "work_orders",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.Column("sub_district_id", sa.String(length=64), nullable=True),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_work_orders_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_orders")),
        sa.UniqueConstraint("incident_id", name=op.f("uq_work_orders_incident_id")),
    )
    op.create_index(
        op.f("ix_work_orders_district_id_department_id_phase"),
        "work_orders",
        ["district_id", "department_id", "phase"],
        unique=False,
    )
    op.create_index(
        op.f("ix_work_orders_district_id_opened_at_id"), "work_orders", ["district_id", "opened_at", "id"], unique=False
    )
    op.create_table(
        "work_order_steps",
        sa.Column("work_order_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_orders.id"], name=op.f("fk_work_order_steps_work_order_id")),
        sa.PrimaryKeyConstraint("work_order_id", "number", name=op.f("pk_work_order_steps")),
    )


def downgrade() -> None:
    """Takes it back."""
    op.drop_table("work_order_steps")
    op.drop_index(op.f("ix_work_orders_district_id_opened_at_id"), table_name="work_orders")
    op.drop_index(op.f("ix_work_orders_district_id_department_id_phase"), table_name="work_orders")
    op.drop_table("work_orders")
    op.drop_index(op.f("ix_track_points_flight_id_at"), table_name="track_points")
    op.drop_table("track_points")
    op.drop_index(op.f("ix_sessions_user_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_flight_events_flight_id"), table_name="flight_events")
    op.drop_table("flight_events")
    op.drop_index(op.f("ix_findings_incident_id"), table_name="findings")
    op.drop_index(op.f("ix_findings_flight_id"), table_name="findings")
    op.drop_index(op.f("ix_findings_evidence_sha256"), table_name="findings")
    op.drop_index(op.f("ix_findings_district_id_last_seen_at_id"), table_name="findings")
    op.drop_table("findings")
    op.drop_index(op.f("ix_commands_flight_id"), table_name="commands")
    op.drop_index(op.f("ix_commands_district_id_outcome"), table_name="commands")
    op.drop_table("commands")
    op.drop_table("users")
    op.drop_table("routes")
    op.drop_index(op.f("ix_rejected_messages_district_id"), table_name="rejected_messages")
    op.drop_table("rejected_messages")
    op.drop_index(op.f("ix_incidents_district_id_last_seen_at_id"), table_name="incidents")
    op.drop_index(op.f("ix_incidents_district_id_department_id"), table_name="incidents")
    op.drop_index(op.f("ix_incidents_district_id_class_key_cell"), table_name="incidents")
    op.drop_table("incidents")
    op.drop_index(op.f("ix_flights_district_id_drone_id_state"), table_name="flights")
    op.drop_index(op.f("ix_flights_district_id_created_at_id"), table_name="flights")
    op.drop_table("flights")
    op.drop_table("evidence")
    op.drop_table("drone_status")
    op.drop_table("catalogue_state")
    op.drop_table("api_keys")
