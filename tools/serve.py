"""How gunicorn serves a county on one machine. `./run` names it; SHANZHI_PORT and SHANZHI_VAR come from there.

A public server puts a web server with TLS before this; nothing here ever listens to the network itself.
"""

import os
from pathlib import Path

VAR = Path(os.environ.get("SHANZHI_VAR", "var"))
PORT = os.environ.get("SHANZHI_PORT", "8000")

bind = [f"127.0.0.1:{PORT}"]
workers = int(os.environ.get("SHANZHI_WORKERS", "2"))
timeout = 60  # a county's roster takes its time
loglevel = (
    "error"  # at "warning" each HEAD request is a line; and no access log: nothing keeps who asked for what
)
control_socket_disable = True  # it would stand in the home folder; the project keeps to its own
# Where workers tell that they live: in memory, for a disk that turned read-only must not end them.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else str(VAR)  # noqa: S108 - a file without a name


def when_ready(_server):
    """Only once the door is open: the address, and who can sign in."""
    lines = [f"善治已打开 Shanzhi is open: http://127.0.0.1:{PORT}/"]
    sign_ins = VAR / "demo_sign_ins.txt"  # build_sample leaves it
    if sign_ins.exists():
        lines.append(sign_ins.read_text(encoding="utf-8").strip())
    lines.append("按 Ctrl-C 关闭。 Ctrl-C closes it.")
    print("\n\n".join(line for line in lines if line), flush=True)
