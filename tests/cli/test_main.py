"""The command line as a shell meets it."""

import subprocess
import sys


def test_a_reader_that_stops_reading_sees_no_traceback():
    command = subprocess.Popen(
        [sys.executable, "-m", "shanzhi.cli.main", "law"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with command:
        assert command.stdout.readline()
        command.stdout.close()
        assert command.stderr.read() == b""

    assert command.returncode == 0
