"""Mosquitto as the station's broker: its configuration, and the process."""

import os
import pwd
import shutil
from pathlib import Path

from ground_station.broker.config import BrokerServerSettings

_SEARCHED = os.pathsep.join(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"])


def find_mosquitto() -> str | None:
    """Path of the Mosquitto server, or None where it is not installed (Debian keeps it outside users' PATH)."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path=_SEARCHED)


def configuration(settings: BrokerServerSettings) -> str:
    """Mosquitto's configuration file: no anonymous clients, accounts and rules of the folder, nothing dropped silently.

    A client is known by its account, whatever client id it brings: else an account could take over another's session.
    A payload above `max_payload_bytes` reaches nobody, and a packet of twice that size ends its connection before it is read
    (Mosquitto's own limit is 256 MB). `max_queued_messages` is 1000 by default, beyond which Mosquitto drops without a word.
    """
    folder = settings.folder.resolve()
    lines = [
        f"listener {settings.port} {settings.host}",
        "use_username_as_clientid true",
        "allow_anonymous false",
        f"password_file {folder / 'mosquitto.passwd'}",
        f"acl_file {folder / 'mosquitto.acl'}",
        "persistence true",
        f"persistence_location {folder}/",
        "persistence_file mosquitto.db",
        "autosave_interval 5",
        f"max_queued_messages {settings.max_queued_messages}",
        "max_inflight_messages 100",
        f"message_size_limit {settings.max_payload_bytes}",
        f"max_packet_size {2 * settings.max_payload_bytes}",
        "set_tcp_nodelay true",
        "log_dest stderr",
        f"user {pwd.getpwuid(os.getuid()).pw_name}",
    ]
    if settings.certificate_file and settings.key_file:
        lines += [f"certfile {settings.certificate_file.resolve()}", f"keyfile {settings.key_file.resolve()}"]
    return "\n".join(lines) + "\n"


def become_mosquitto(executable: str, settings: BrokerServerSettings) -> None:
    """Replaces this process by Mosquitto; does not return."""
    path = Path(settings.folder) / "mosquitto.conf"
    path.write_text(configuration(settings))
    os.execv(executable, [executable, "-c", str(path)])  # noqa: S606 - the path is that of the installed server
