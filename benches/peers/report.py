"""Makes tables of results: medians, processor time, ratios to the goals."""

from statistics import median

from workloads import GOALS, WORKLOADS

NAMES = {workload.name: workload for workload in WORKLOADS}


def value(result):
    """The figure that a result comes to, in the unit of its workload."""
    workload = NAMES[result["workload"]]
    match workload.unit:
        case "messages/s" | "connections/s":
            return result["operations"] / result["wall"]
        case "MB/s":
            return result["operations"] * workload.size / result["wall"] / 1e6
        case "KiB":
            return (result["now"] - result["start"]) / result["operations"]
        case "MiB":
            return (result["peak"] - result["start"]) / 1024
        case "ms":
            return result["latest"]


def cpu(result):
    """The processor time of one operation, in microseconds."""
    return result["cpu"] / result["operations"] * 1e6


class Report:
    """Results, and what can be said of them. `data` is what bench.py writes to results.json."""

    def __init__(self, data):
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
        self.workloads = [workload for workload in WORKLOADS if workload.name in names]
        self.ours = [name for name, client in self.clients.items() if client["kind"] == "ours"]

    def median(self, workload, client, figure=value):
        """The median of all rounds; None where there is none."""
        rounds = self.results.get((workload, client))
        return median(map(figure, rounds.values())) if rounds else None

    def ratio(self, workload, client, other_workload, other_client):
        """The median of the ratios of every round, which differ less than the figures."""
        ours = self.results.get((workload, client), {})
        theirs = self.results.get((other_workload, other_client), {})
        ratios = [
            value(ours[round_]) / value(theirs[round_]) for round_ in ours if round_ in theirs
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
        """The table of processor time: microseconds of the client for one operation."""
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
        for goal in GOALS:
            workload = NAMES[goal.workload]
            if workload not in self.workloads:
                continue
            if goal.most:
                reached = [self.median(goal.workload, client) for client in self.ours]
                text = f"at most {goal.most:g} {workload.unit}"
                cells = [
                    mark(figure, figure is not None and figure <= goal.most, "")
                    for figure in reached
                ]
            else:
                reached, text = self.ratios(goal)
                cells = [
                    mark(ratio, ratio is not None and ratio >= goal.least, "x") for ratio in reached
                ]
            if any(figure is not None for figure in reached):
                rows.append([workload.title, text, *cells])
        return rows

    def ratios(self, goal):
        if goal.workload_of:
            other = NAMES[goal.workload_of]
            ratios = [self.ratio(goal.workload, client, other.name, client) for client in self.ours]
            return ratios, f"{goal.least:g}x {other.title}"
        best = self.best(goal.workload, goal.clients)
        ratios = [self.ratio(goal.workload, client, goal.workload, best) for client in self.ours]
        if len(goal.clients) == 1:
            return ratios, f"{goal.least:g}x {goal.clients[0]}"
        return ratios, f"{goal.least:g}x the best scripting client, {best or 'not measured'}"

    def noise(self):
        """How many processors others kept busy: the median and the highest of all runs."""
        noise = [result["noise"] for rounds in self.results.values() for result in rounds.values()]
        return (median(noise), max(noise)) if noise else (0, 0)


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
