"""The fuzzing client of Autobahn|Testsuite, for autobahn.tcl. Runs under Python 2.7.

Usage: client.py URL FOLDER [CASE ...]

It runs these cases, such as 1.1.1, or all, against the server with this address. It prints how many
cases the suite has, and then the number of each case that begins; it ends when all have ended, and
what came out is written into FOLDER: index.json, index.html, and a page for each case. What the
suite prints goes into FOLDER/log. (The suite's own program, wstest, runs one case after the other;
some only wait.)
"""

import os
import sys

from autobahntestsuite.case import Cases
from autobahntestsuite.fuzzing import FuzzingClientFactory, FuzzingClientProtocol
from twisted.internet import reactor

from server import ANSWER_SECONDS, patient_protocol

# How many cases are run at the same time. With more of them the suite is the slower side.
WORKERS = 4


PatientProtocol = patient_protocol(FuzzingClientProtocol)


class Worker(FuzzingClientFactory):
    """Runs cases of a queue that it shares with other workers, one after the other."""

    def __init__(self, specification, queue, workers, parent):
        self.queue = queue
        self.workers = workers
        self.parent = parent
        workers.append(self)
        FuzzingClientFactory.__init__(self, specification)
        # All results are in one report.
        self.agents = workers[0].agents
        self.cases = workers[0].cases

    def nextCase(self):
        if not self.queue:
            return False
        self.currentCaseId = self.queue.pop(0)
        self.currentCaseIndex = self.CaseSet.CasesIndices[self.currentCaseId]
        self.parent.write(self.currentCaseId + "\n")
        self.parent.flush()
        return True

    def buildProtocol(self, address):
        protocol = PatientProtocol()
        protocol.factory = self
        protocol.caseAgent = self.agent
        protocol.case = self.currentCaseIndex
        protocol.Case = Cases[self.currentCaseIndex - 1]
        protocol.runCase = protocol.Case(protocol)
        return protocol

    def clientConnectionLost(self, connector, reason):
        if self.nextCase():
            connector.connect()
            return
        self.workers.remove(self)
        if not self.workers:
            self.createReports()
            reactor.stop()

    clientConnectionFailed = clientConnectionLost


def main():
    url, folder = sys.argv[1:3]
    if not os.path.isdir(folder):
        os.makedirs(folder)
    # Before the suite prints anything.
    parent = os.fdopen(os.dup(1), "w")
    log = os.open(os.path.join(folder, "log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    os.dup2(log, 1)

    specification = {
        "outdir": folder,
        "servers": [{"agent": "tcl", "url": url}],
        "cases": sys.argv[3:] or ["*"],
        "options": {
            "openHandshakeTimeout": ANSWER_SECONDS,
            "closeHandshakeTimeout": ANSWER_SECONDS,
            "serverConnectionDropTimeout": ANSWER_SECONDS,
        },
    }
    parent.write("%d\n" % len(Cases))
    queue = FuzzingClientFactory(dict(specification, servers=[])).specCases
    workers = []
    for _ in range(min(WORKERS, len(queue))):
        Worker(specification, queue, workers, parent)
    reactor.run()


main()
