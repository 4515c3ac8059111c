"""Draws results as SVG, without a library, which two plots do not need."""

import math
from html import escape

from report import show

# Of Okabe and Ito, who chose them for people who confuse some colours.
COLOURS = {
    "ours": "#d55e00",
    "tcllib": "#999999",
    "websockets": "#009e73",
    "aiohttp": "#56b4e9",
    "picows": "#e69f00",
    "ws": "#0072b2",
    "tungstenite": "#cc79a7",
    "socket": "#000000",
}


class Drawing:
    """A drawing under way."""

    def __init__(self, width, height, title):
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f' width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        ]
        self.text(16, 26, title, size=15, weight="bold")

    def text(self, x, y, text, anchor="start", size=12, colour="#222222", weight="normal", turn=0):
        turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
            f' fill="{colour}" font-weight="{weight}"{turned}>{escape(text)}</text>'
        )

    def line(self, points, colour="#dddddd", width=1.0, dashed=False):
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = ' stroke-dasharray="6 4"' if dashed else ""
        self.parts.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}"'
            f' stroke-width="{width}"{dashes}/>'
        )

    def dot(self, x, y, colour, hollow=False):
        fill = "#ffffff" if hollow else colour
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{colour}"'
            f' stroke-width="1.5"/>'
        )

    def finish(self):
        return "\n".join([*self.parts, "</svg>"]) + "\n"


class LogScale:
    """Places figures between two ends of an axis by their logarithm."""

    def __init__(self, low, high, start, end):
        self.low, self.high = low, high
        self.start, self.end = start, end

    def __call__(self, figure):
        part = math.log(figure / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.end - self.start)

    def powers(self, base=10):
        """The powers of the base on the axis."""
        first = math.ceil(math.log(self.low, base) - 1e-9)
        last = math.floor(math.log(self.high, base) + 1e-9)
        return [base**exponent for exponent in range(first, last + 1)]


def around(figures):
    """The powers of ten around figures."""
    low, high = math.floor(math.log10(min(figures))), math.ceil(math.log10(max(figures)))
    return 10.0**low, 10.0 ** max(high, low + 1)


def colour(client):
    return COLOURS.get(client, COLOURS["ours"])


def is_second(client):
    """Whether it has the colour of another client, so that it needs a mark of its own."""
    return client not in COLOURS and client != "ours-8.6"


def throughput(report):
    """Throughput by the size of a message: one line for each client."""
    sizes = {}
    for workload in report.workloads:
        if workload.name.startswith("echo-") and "beside" not in workload.options:
            sizes[workload.name] = workload.size
    lines = {}
    for client in report.clients:
        points = [
            (size, report.median(name, client, rate))
            for name, size in sorted(sizes.items(), key=lambda item: item[1])
            if report.median(name, client)
        ]
        if points:
            lines[client] = points
    if not lines or len(sizes) < 2:
        return None
    figures = [figure for points in lines.values() for _, figure in points]
    drawing = Drawing(860, 520, "Throughput of an echo, by size of the message")
    left, right, top, bottom = 84, 700, 50, 464
    x = LogScale(min(sizes.values()), max(max(sizes.values()), 2), left, right)
    y = LogScale(*around(figures), bottom, top)
    for tick in y.powers():
        drawing.line([(left, y(tick)), (right, y(tick))])
        drawing.text(left - 8, y(tick) + 4, f"{tick:,.10g}", "end")
    for size in x.powers(2):
        if math.log2(size) % 4 == 0:
            drawing.line([(x(size), top), (x(size), bottom)])
            drawing.text(x(size), bottom + 18, name_size(size), "middle")
    drawing.text((left + right) / 2, bottom + 42, "size of a message", "middle")
    drawing.text(22, (top + bottom) / 2, "MB/s in one direction", "middle", turn=-90)
    for client, points in lines.items():
        places = [(x(size), y(figure)) for size, figure in points]
        drawing.line(places, colour(client), 2, is_second(client))
        for place in places:
            drawing.dot(*place, colour(client), is_second(client))
    # The names stand at the right, in the order of the lines' ends and not on top of each other.
    place = 0
    for client, points in sorted(lines.items(), key=lambda item: y(item[1][-1][1])):
        size, figure = points[-1]
        place = max(place + 18, y(figure))
        drawing.line(
            [(x(size) + 6, y(figure)), (right + 6, place), (right + 14, place)], "#bbbbbb", 0.8
        )
        drawing.text(right + 18, place + 4, client, colour=colour(client), weight="bold")
    return drawing.finish()


def rate(result, workload):
    return result["operations"] * workload.size / result["wall"] / 1e6


def name_size(size):
    for unit, factor in (("MiB", 2**20), ("KiB", 2**10)):
        if size >= factor:
            return f"{size // factor} {unit}"
    return f"{size} B"


def messages(report):
    """Messages per second by client: a panel for each workload of small messages."""
    panels = [
        workload
        for workload in report.workloads
        if workload.name in ("echo-32", "tls-echo-32", "pipeline", "receive")
    ]
    if not panels:
        return None
    row, left, width, top = 26, 110, 236, 84
    bottom = top + row * len(report.clients)
    drawing = Drawing(left + width * len(panels) + 24, bottom + 56, "Small messages per second")
    for number, client in enumerate(report.clients):
        y = top + row * (number + 0.5)
        drawing.text(left - 10, y + 4, client, "end", colour=colour(client), weight="bold")
    for number, workload in enumerate(panels):
        figures = {client: report.median(workload.name, client) for client in report.clients}
        figures = {client: figure for client, figure in figures.items() if figure}
        if not figures:
            continue
        start = left + width * number + 8
        # Room at the right for the figure beside the last dot.
        x = LogScale(*around(figures.values()), start, start + width - 64)
        drawing.text(start, top - 14, workload.title, size=11, weight="bold")
        for tick in x.powers():
            drawing.line([(x(tick), top), (x(tick), bottom)])
            drawing.text(x(tick), bottom + 18, name_power(tick), "middle", 11)
        for place, client in enumerate(report.clients):
            if client not in figures:
                continue
            y = top + row * (place + 0.5)
            drawing.line([(start, y), (start + width - 64, y)], "#eeeeee")
            drawing.dot(x(figures[client]), y, colour(client), is_second(client))
            drawing.text(x(figures[client]) + 8, y + 4, show(figures[client]), size=11)
    drawing.text(left + 8, bottom + 42, "messages per second; every scale is logarithmic")
    return drawing.finish()


def name_power(power):
    return (
        f"{power / 1e6:g}M"
        if power >= 1e6
        else f"{power / 1e3:g}k" if power >= 1e3 else f"{power:g}"
    )
