"""The rows of the upload in the table of `make bench`: see tools/bench/upload/upload.c."""

MEMORY_SLACK_KIB = 3 * 1024


def add_rows(rows, table):
    """`rows` are the JSON objects that the program printed."""
    goals = {
        "upload, a register that takes 20 ms, 8 at a time":
            ("at least 85 % of multi", lambda r: r["ratio"] >= 0.85, "bare multi loop, 8 at a time"),
        "upload, the same beside the serial loop":
            ("at least 6 times", lambda r: r["ratio"] >= 6, "bare easy loop"),
        "upload, loopback at once":
            ("at least 40 % of easy", lambda r: r["ratio"] >= 0.4, "bare easy loop"),
        "upload, connections of a polite run": ("1", lambda r: r["ours"] == 1, "goal"),
        "upload, memory at 100,000 queued":
            ("within 3 MiB of 1,000", lambda r: r["ours"] - r["peer"] <= MEMORY_SLACK_KIB, "at 1,000"),
        "upload, processor time a call at 100,000 queued":
            ("at most 1.1 times", lambda r: r["ratio"] <= 1.1, "at 1,000"),
    }
    for row in rows:
        goal, met, beside = goals[row["name"]]
        digits = 1 if row["unit"] == "us" else 0
        table.add(row["name"], f"{row['ours']:.{digits}f}", row["unit"], goal, met(row),
                  f"{beside} {row['peer']:.{digits}f} {row['unit']}, x {row['ratio']:.3f}")
