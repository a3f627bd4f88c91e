"""Our action, as its command line."""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def act(operation, *words, folder=HERE):
    """Runs the bundle beside `endpoints/`, or in another folder; answers exit code, standard output and standard error."""
    command = [os.environ["CONFORMANCE_NODE"], os.environ["CONFORMANCE_BUNDLE"], operation, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout.strip(), done.stderr


def succeeds(checks, name, operation, *words):
    """Runs an operation that has to succeed; answers its standard output."""
    code, answer, log = act(operation, *words)
    checks.that(name, code == 0, f"exit code {code}: {log[-500:]}")
    return answer
