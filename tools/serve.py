"""How gunicorn serves a county on one machine. `./run` names it; SHANZHI_PORT and SHANZHI_VAR come from there.

A public server puts a web server with TLS before this; nothing here ever listens to the network itself.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

VAR = Path(os.environ.get("SHANZHI_VAR", "var"))
PORT = os.environ.get("SHANZHI_PORT", "8000")

bind = [f"127.0.0.1:{PORT}"]
workers = int(os.environ.get("SHANZHI_WORKERS", "2"))
timeout = 60  # a county's roster takes its time
# At "warning" each HEAD request is a line; and no access log: nothing keeps who asked for what. Gunicorn's own lines go
# through the same form as the program's, which lets no value through.
loglevel = "error"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "shanzhi.config.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

control_socket_disable = True  # it would stand in the home folder; the project keeps to its own
# Where workers tell that they live: in memory, for a disk that turned read-only must not end them.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else str(VAR)  # noqa: S108 - a file without a name

# Each process counts into a file of its own (/metrics adds them up), in memory too: a full disk must not end a process
# that only counts. Those of the last start are thrown away.
FIGURES = Path(worker_tmp_dir) / f"shanzhi-figures-{os.getuid()}-{PORT}"
with contextlib.suppress(OSError):
    shutil.rmtree(FIGURES, ignore_errors=True)
    FIGURES.mkdir(mode=0o700, parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FIGURES)


class LongWork:
    """The process beside the pages that does long work: started with them, again when it ends, and ended with them.

    A server that keeps it as a service of its own (deploy/shanzhi-worker.service) sets SHANZHI_WORKER=0.
    """

    AGAIN = 5  # seconds

    def __init__(self):
        self.process = None
        self.over = threading.Event()

    def start(self):
        if os.environ.get("SHANZHI_WORKER", "1") != "0":
            threading.Thread(target=self._keep, daemon=True).start()

    def _keep(self):
        manage = Path(__file__).resolve().parents[1] / "manage.py"
        while not self.over.is_set():
            self.process = subprocess.Popen(
                [sys.executable, str(manage), "db_worker", "--no-startup-delay", "-v", "0"]
            )
            self.process.wait()
            self.over.wait(self.AGAIN)

    def stop(self):
        self.over.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()  # it finishes what it has begun; a second word would break it off


LONG_WORK = LongWork()


def on_exit(_server):
    LONG_WORK.stop()
    shutil.rmtree(FIGURES, ignore_errors=True)


def child_exit(_server, worker):
    """The figures of a process that has ended are still added, its own present ones no longer."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def when_ready(_server):
    """Only once the door is open: the address, and who can sign in."""
    LONG_WORK.start()
    lines = [f"善治已打开 Shanzhi is open: http://127.0.0.1:{PORT}/"]
    sign_ins = VAR / "demo_sign_ins.txt"  # build_sample leaves it
    if sign_ins.exists():
        lines.append(sign_ins.read_text(encoding="utf-8").strip())
    lines.append("按 Ctrl-C 关闭。 Ctrl-C closes it.")
    print("\n\n".join(line for line in lines if line), flush=True)
