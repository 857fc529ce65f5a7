/*
 * src/report/chart.h - bars of one table, as SVG to stand in the page. Inside report only.
 */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/report.h"

/* Rows lie under each other: for names. */
void chart_bars(const struct report *r, enum report_table t, struct buf *out);
/* Rows stand beside each other: for what has an order, months and hours. */
void chart_columns(const struct report *r, enum report_table t, struct buf *out);

#endif
