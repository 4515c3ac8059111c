"""The fuzzing server of Autobahn|Testsuite, for autobahn.tcl. Runs under Python 2.7.

Usage: server.py FOLDER

It listens on a free port of 127.0.0.1, prints its address, such as ws://127.0.0.1:8080/, and ends
when standard input does. (The suite's own program, wstest, wants a port and listens on all
addresses.) A client runs a case by opening /runCase?agent=NAME&casetuple=1.1.1; when one opens
/updateReports?agent=NAME, what came out is written into FOLDER: index.json, index.html, and a page
for each case. What the suite prints goes into FOLDER/log.
"""

import os
import sys

from autobahntestsuite.fuzzing import FuzzingServerFactory, FuzzingServerProtocol
from twisted.internet import reactor, stdio
from twisted.internet.protocol import Protocol

# The suite's time limits are there for clients that hang, but on a busy machine it is the server
# that is late. So they are longer here: for the request and for the answer to a close message (five
# seconds and one in the suite), and for a whole case (ten seconds to eight minutes).
ANSWER_SECONDS = 30
CASE_SECONDS = 1200


def patient(delay):
    """The time limit of a case. Where the suite waits for less, that is part of the case."""
    return CASE_SECONDS if delay >= 10 else delay


def patient_protocol(protocol):
    """The suite's side of a connection, with these time limits."""

    class PatientProtocol(protocol):
        def closeAfter(self, delay):
            protocol.closeAfter(self, patient(delay))

        def killAfter(self, delay):
            protocol.killAfter(self, patient(delay))

    return PatientProtocol


class EndWithInput(Protocol):
    """Ends the server with standard input."""

    def connectionLost(self, reason):
        if reactor.running:
            reactor.stop()


def main():
    folder = sys.argv[1]
    if not os.path.isdir(folder):
        os.makedirs(folder)
    # Before the suite prints anything.
    parent = os.fdopen(os.dup(1), "w")
    log = os.open(os.path.join(folder, "log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    os.dup2(log, 1)

    specification = {
        "url": "ws://127.0.0.1",
        "outdir": folder,
        "cases": ["*"],
        "options": {
            "openHandshakeTimeout": ANSWER_SECONDS,
            "closeHandshakeTimeout": ANSWER_SECONDS,
        },
    }
    factory = FuzzingServerFactory(specification)
    factory.protocol = patient_protocol(FuzzingServerProtocol)
    port = reactor.listenTCP(0, factory, interface="127.0.0.1").getHost().port
    url = "ws://127.0.0.1:%d" % port
    # It checks the port that clients name.
    factory.setSessionParameters(url=url, server=factory.server)

    stdio.StandardIO(EndWithInput())
    parent.write(url + "/\n")
    parent.close()
    reactor.run()


if __name__ == "__main__":
    main()
