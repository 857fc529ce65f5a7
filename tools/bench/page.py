#!/usr/bin/env python3
"""bench.json as a page: each figure with its goal, and a bar where it was measured beside something.

    tools/bench/page.py --short [BENCH.json]     the main rows as a table in Markdown, for a README
"""
import html
import json
import pathlib
import re
import sys

STYLE = """
:root { color-scheme: light dark; --ink: #1b2140; --soft: #5b6384; --line: #d8dcea; --paper: #fff;
        --ours: #3346d3; --peer: #b9bfd8; --bad: #b3261e; --good: #1f7a4d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef0fa; --soft: #aab1cf; --line: #39405e; --paper: #161a2c; --ours: #8f9dff;
          --peer: #4d5578; --bad: #ff8a80; --good: #6fd3a0; } }
body { font: 16px/1.45 "Noto Sans", sans-serif; color: var(--ink); background: var(--paper);
       max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } p { color: var(--soft); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .6rem; border-top: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; border: 0; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; font-weight: 600; }
.met { color: var(--good); } .MISSED { color: var(--bad); font-weight: 700; }
.beside { color: var(--soft); font-size: .875rem; } svg { display: block; margin: .3rem 0; }
"""


def bars(row):
    """Ours and each peer that the row names with its figure, on one scale; "" for none."""
    found = re.findall(r"([\w][\w ,()-]*?) ([\d.]+)(?: [\w%]+)?, x [\d.]+", row["beside"])
    try:
        values = [("ours", float(row["figure"]))] + [(name, float(v)) for name, v in found]
    except ValueError:
        return ""
    most = max(v for _, v in values)
    if len(values) < 2 or most <= 0:
        return ""
    lines = [f'<svg width="260" height="{18 * len(values)}" role="img" aria-label="'
             + html.escape(", ".join(f"{n} {v:g}" for n, v in values)) + '">']
    for i, (name, value) in enumerate(values):
        colour = "var(--ours)" if i == 0 else "var(--peer)"
        lines.append(f'<rect x="0" y="{18 * i + 2}" width="{max(2, 250 * value / most):.0f}" height="13" '
                     f'rx="3" fill="{colour}"><title>{html.escape(name)} {value:g}</title></rect>')
    return "".join(lines) + "</svg>"


def line(row):
    cell = html.escape
    return (f'<tr><td>{cell(row["name"])}{bars(row)}<div class="beside">{cell(row["beside"])}</div></td>'
            f'<td class="figure">{cell(row["figure"])} {cell(row["unit"])}</td><td>{cell(row["goal"])}</td>'
            f'<td class="{row["verdict"]}">{cell(row["verdict"])}</td></tr>')


def write(path, bench):
    rows = bench["rows"]
    missed = sum(r["verdict"] == "MISSED" for r in rows)
    path.write_text(f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Dynamo kiosk: measured {bench["date"]}</title><style>{STYLE}</style>
<h1>Measured on {bench["date"]}</h1>
<p>{html.escape(bench["model"])} ({bench["machine"]}), {bench["cores"]} cores; its host took {bench["taken_by_host_percent"]} % of the
processor time asked for. {len(rows)} figures in {bench["seconds"]} s, {missed} missed. Bars are on the scale of their own row.</p>
<table><tr><th>What</th><th class="figure">Figure</th><th>Goal</th><th></th></tr>
{"".join(map(line, rows))}
</table></html>
""")


# What a reader asks first: the beginning of a row's name, and how the short form calls it.
SHORT = (
    ("exec to first pixel", "start, to the first pixel on the display"),
    ("memory (PSS)", "memory after 100 visits"),
    ("touch to pixel inside a screen, p50", "touch to changed pixel, inside a screen"),
    ("touch to pixel, new screen", "touch to changed pixel, new screen"),
    ("context switches", "rest"),
    ("free starts", "free times of 8 coaches in 60 days"),
    ("a walk-in committed durably", "a walk-in, on the disk"),
    ("queue order", "the order of 100 who wait"),
    ("upload, a register that takes 20 ms", "upload to a register that takes 20 ms"),
    ("desk: the unchanged day view", "the desk's day, unchanged"),
    ("desk: commit to 60 browsers, p99", "a change, to 60 browsers, p99"),
    ("size of a visit, once sent", "a visit on the card, once sent"),
)


def short(bench):
    """The first row of each of these names, those that were measured; a missed goal says so."""
    lines = [f"Measured on {bench['date']} on {bench['model']} ({bench['machine']}, {bench['cores']} cores).",
             "", "| what | figure | beside, in the same run | goal |", "| --- | ---: | --- | --- |"]
    for start, name in SHORT:
        row = next((r for r in bench["rows"] if r["name"].startswith(start)), None)
        if row:
            missed = "**missed:** " if row["verdict"] == "MISSED" else ""
            figure = f"{row['figure']} {row['unit']}".strip()
            lines.append(f"| {name} | {figure} | {row['beside']} | {missed}{row['goal']} |")
    return "\n".join(lines) + "\n"


def main():
    args = sys.argv[1:]
    if not args or args[0] != "--short" or len(args) > 2:
        raise SystemExit("usage: tools/bench/page.py --short [BENCH.json]")
    kept = pathlib.Path(__file__).resolve().parents[2] / "build" / "bench.json"
    sys.stdout.write(short(json.loads(pathlib.Path(args[1] if len(args) > 1 else kept).read_text())))


if __name__ == "__main__":
    main()
