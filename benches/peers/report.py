"""Makes tables of results: medians, processor time, ratios to the goals."""

from statistics import median


def value(result, workload):
    """The figure that a result comes to, in the unit of its workload."""
    match workload.unit:
        case "messages/s" | "connections/s" | "requests/s":
            return result["operations"] / result["wall"]
        case "MB/s":
            return result["operations"] * workload.size / result["wall"] / 1e6
        case "KiB":
            return (result["now"] - result["start"]) / result["operations"]
        case "MiB":
            return (result["peak"] - result["start"]) / 1024
        case "ms":
            return result["latest"]


def cpu(result, _):
    """The processor time of one operation, in microseconds."""
    return result["cpu"] / result["operations"] * 1e6


def seconds(result, _):
    """The time of one operation."""
    return result["wall"] / result["operations"]


# What the ratio of a goal may be of.
FIGURES = {"rate": value, "time": seconds, "processor time": cpu}


class Report:
    """Results of a suite, and what can be said of them. `data` is what bench.py keeps of them."""

    def __init__(self, suite, data):
        self.names = {workload.name: workload for workload in suite.workloads}
        self.all_goals = suite.goals
        self.clients = data["clients"]
        self.results = {}
        self.errors = {}
        for result in data["results"]:
            key = result["workload"], result["client"]
            if "error" in result:
                self.errors[key] = result["error"]
            else:
                self.results.setdefault(key, {})[result["round"]] = result
        names = {workload for workload, _ in [*self.results, *self.errors]}
        self.workloads = [workload for workload in suite.workloads if workload.name in names]
        self.ours = [name for name, client in self.clients.items() if client["kind"] == "ours"]

    def median(self, workload, client, figure=value):
        """The median of all rounds; None where there is none."""
        rounds = self.results.get((workload, client))
        if not rounds:
            return None
        return median(figure(result, self.names[workload]) for result in rounds.values())

    def ratio(self, workload, client, other_workload, other_client, figure):
        """The median of the ratios of every round, which differ less than the figures."""
        ours = self.results.get((workload, client), {})
        theirs = self.results.get((other_workload, other_client), {})
        ratios = [
            figure(ours[round_], self.names[workload])
            / figure(theirs[round_], self.names[other_workload])
            for round_ in ours
            if round_ in theirs
        ]
        return median(ratios) if ratios else None

    def best(self, workload, clients):
        """Which of the clients is the best at a workload."""
        measured = [client for client in clients if (workload, client) in self.results]
        return max(measured, key=lambda client: self.median(workload, client), default=None)

    def figures(self):
        """The table of medians: rows of cells, the first row being the head."""
        rows = [["", "unit", *self.clients]]
        for workload in self.workloads:
            unit = "KiB each" if workload.unit == "KiB" else workload.unit
            rows.append([workload.title, unit, *self.cells(workload, value)])
        return rows

    def processor(self):
        """The table of processor time: microseconds of the program for one operation."""
        rows = [["", *self.clients]]
        for workload in self.workloads:
            if not workload.is_memory:
                rows.append([workload.title, *self.cells(workload, cpu)])
        return rows

    def cells(self, workload, figure):
        for client in self.clients:
            if (workload.name, client) in self.errors:
                yield "failed"
            else:
                yield show(self.median(workload.name, client, figure))

    def goals(self):
        """The table of goals, and what was reached."""
        rows = [["", "goal", *self.ours]]
        for goal in self.all_goals:
            workload = self.names[goal.workload]
            if workload not in self.workloads:
                continue
            if goal.clients or goal.workload_of:
                reached, text = self.ratios(goal)
                suffix = "x"
            else:
                reached = [self.median(goal.workload, client) for client in self.ours]
                text = f"at most {limits(goal)} {workload.unit}"
                suffix = ""
            if any(figure is not None for figure in reached):
                cells = [
                    mark(figure, is_reached(goal, client, figure), suffix)
                    for client, figure in zip(self.ours, reached)
                ]
                rows.append([workload.title, text, *cells])
        return rows

    def ratios(self, goal):
        """The ratios of a goal, of each of our clients, and what it asks for."""
        other = self.names[goal.workload_of or goal.workload]
        best = self.best(other.name, goal.clients)
        figure = FIGURES[goal.of]
        ratios = [
            self.ratio(goal.workload, client, other.name, best if goal.clients else client, figure)
            for client in self.ours
        ]
        parts = [] if goal.of == "rate" else [f"the {goal.of} of"]
        if len(goal.clients) > 1:
            parts.append(f"the best scripting client, {best or 'not measured'}")
        elif goal.clients:
            parts.append(goal.clients[0])
        if goal.workload_of:
            parts.append(f"at {other.title}" if goal.clients else other.title)
        least_or_most = f"{goal.least:g}x" if goal.least else f"at most {goal.most:g}x"
        return ratios, " ".join([least_or_most, *parts])

    def noise(self):
        """How many processors others kept busy: the median and the highest of all runs."""
        noise = [result["noise"] for rounds in self.results.values() for result in rounds.values()]
        return (median(noise), max(noise)) if noise else (0, 0)


def limits(goal):
    """What a goal allows at most, in words."""
    if not isinstance(goal.most, dict):
        return f"{goal.most:g}"
    return ", ".join(f"{most:g} ({version})" for version, most in goal.most.items())


def is_reached(goal, client, figure):
    """Whether a client reaches a goal with a figure."""
    if figure is None:
        return False
    if goal.least:
        return figure >= goal.least
    # The names of our clients end in the version of Tcl.
    most = goal.most[client.split("-")[-1]] if isinstance(goal.most, dict) else goal.most
    return figure <= most


def mark(figure, reached, suffix):
    if figure is None:
        return "-"
    return f"{figure:.2f}{suffix}" if reached else f"{figure:.2f}{suffix} (missed)"


def show(figure):
    """Three digits, as many as such figures are good for."""
    if figure is None:
        return "-"
    if figure >= 100:
        digits = len(str(int(figure))) - 3
        return f"{round(figure, -digits):,.0f}"
    return f"{figure:.3g}"


def plain(rows):
    """A table for a terminal."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(rows):
    """A table for a Markdown file."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|---|" + "---:|" * (len(rows[0]) - 1)
    return "\n".join([head, rule, *body])
