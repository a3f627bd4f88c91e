"""Tells what was checked: one line of JSON on standard output for each check."""

import contextlib
import json
import sys
import time
import traceback


class Checks:
    """The checks of one script, in the order of their making."""

    def __init__(self, flow, output):
        self._flow = flow
        self._output = output
        self._since = time.monotonic()

    def that(self, name, holds, found=""):
        """Tells whether something holds, and what was found where it does not."""
        self._tell("check", name, bool(holds), "" if holds else str(found))

    def same(self, name, found, wanted):
        self.that(name, found == wanted, f"found {found!r}, wanted {wanted!r}")

    def refused(self, name, call, *words):
        """Expects `call` to fail with an error that says each of `words`; an integer is the status of the answer."""
        try:
            answer = call()
        except Exception as error:  # whatever the SDK raises is what its user sees
            said = f"{type(error).__name__} {getattr(error, 'status_code', '')} {error}"
            missing = [word for word in words if str(word) not in said]
            self.that(name, not missing, f"{missing} not in: {said[:500]}")
        else:
            self.that(name, False, f"no error, but {answer!r}")

    def loss(self, name, lost):
        """A known loss of the SDK. It fails once the SDK, or the emulator, no longer shows it: the docs name it."""
        self._tell("loss", name, bool(lost), "" if lost else "no longer seen")

    def _tell(self, kind, name, passed, detail):
        now = time.monotonic()
        line = {
            "kind": kind,
            "flow": self._flow,
            "name": name,
            "passed": passed,
            "detail": detail,
            "seconds": round(now - self._since, 2),
        }
        self._since = now
        print(json.dumps(line), file=self._output, flush=True)


def run(flow, story):
    """Runs a story of checks; one that breaks off is a failed check. The SDK prints its progress on standard output."""
    checks = Checks(flow, sys.stdout)
    with contextlib.redirect_stdout(sys.stderr):
        try:
            story(checks)
        except Exception as error:
            traceback.print_exc()
            checks.that("the story comes to its end", False, f"{type(error).__name__}: {str(error)[:500]}")
