/*
 * src/report/figures.h - a year's true figures, from the daily counts. Inside report only: what
 * is here is not guarded yet.
 */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include "report/report.h"
#include "store/daily_count.h"

#define FIGURE_CROSSINGS 4  /* by municipality, topic, month, hour */
#define FIGURE_MINUTES 481 /* 000 to 480, which is that or more */

struct figures {
    bool any;
    bool used[REPORT_TABLES][REPORT_SLOTS];
    int64_t n[REPORT_TABLES][REPORT_SLOTS];
    int64_t walk_in[FIGURE_CROSSINGS][REPORT_SLOTS]; /* never published, but to be guarded */
    int64_t no_show[FIGURE_CROSSINGS][REPORT_SLOTS];
    int64_t single[REPORT_SINGLES];
    int64_t minutes[REPORT_TIMES][FIGURE_MINUTES];
};

/* All-zero, and rows of one year; adds them up. `running`: the year is not over. */
void figures_sum(const struct count_rows *rows, bool running, struct figures *f);
/* The smallest minute that at least `percent` of all do not pass (nearest rank), or
 * REPORT_MINUTES_NONE when fewer than GUARD_MIN lie on either side of it. */
int figures_quantile(const int64_t minutes[FIGURE_MINUTES], int percent);
void figures_publish(const struct figures *f, struct report_year *ret_year);

#endif
