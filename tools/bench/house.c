#include "tools/bench/house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/house.h"

#define ALL_WEEK "\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"]"

_Noreturn void bench_die(const char *what, enum err e)
{
    fprintf(stderr, "bench: %s: %s\n", what, err_text(e));
    exit(1);
}

static char *roster_text(int coaches)
{
    struct buf b = buf_make(ROSTER_JSON_MAX);
    buf_adds(&b, "{\"version\":1,\"site\":{\"id\":\"bench\",\"name\":\"Bench\",\"timezone\":"
                 "\"Europe/Amsterdam\",\"municipality\":\"1674\"},\"opening\":[{" ALL_WEEK
                 ",\"from\":\"08:00\",\"to\":\"18:00\",\"for\":[\"walk_in\",\"appointment\"],"
                 "\"valid_from\":\"2026-01-01\"}],\"closures\":[],\"services\":[{\"id\":\"school\","
                 "\"name\":{\"nl\":\"School\"},\"minutes\":30,\"book\":true,\"walk_in\":true,"
                 "\"topics\":[\"school\"],\"default\":true}],\"coaches\":[");
    for (int i = 0; i < coaches; i++)
        buf_addf(&b,
                 "%s{\"id\":\"c%d\",\"name\":\"C%d\",\"role\":\"trajectbegeleider\",\"room\":"
                 "\"%d\",\"services\":[\"school\"],\"availability\":[{" ALL_WEEK
                 ",\"from\":\"09:00\",\"to\":\"17:00\",\"valid_from\":\"2026-01-01\"}],"
                 "\"breaks\":[{" ALL_WEEK ",\"from\":\"12:00\",\"to\":\"13:00\"}]}",
                 i ? "," : "", i, i, i);
    buf_adds(&b, "],\"rules\":{\"lead_minutes\":0}}");
    return buf_take(&b);
}

struct flow *bench_open(const char *path, struct clock *clock, struct rng *rng)
{
    struct flow *f = NULL;
    enum err e = flow_open(&(struct flow_options){ .db_path = path, .device = "bench",
                                                   .clock = clock, .rng = rng },
                           &f);
    if (e != ERR_OK)
        bench_die(path, e);
    return f;
}

struct flow *bench_house(const char *path, int coaches, struct clock *clock, struct rng *rng)
{
    enum err e = flow_init(path, true, clock, rng);
    if (e != ERR_OK)
        bench_die(path, e);
    struct flow *f = bench_open(path, clock, rng);
    char *text = roster_text(coaches);
    struct roster_notes notes = { 0 };
    e = flow_roster_import(f, text, strlen(text), &notes);
    if (e != ERR_OK)
        bench_die("roster", e);
    roster_notes_done(&notes);
    mem_free(text);
    return f;
}
