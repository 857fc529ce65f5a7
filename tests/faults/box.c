#include "tests/faults/box.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/faults/people.h"
#include "tests/lib/check.h"
#include "flow/work.h"
#include "upload/setup.h"
#include "upload/upload.h"

static const char *const devices[BOX_PROGRAMS] = { "kiosk:1", "desk:1" };

void (*box_opened)(struct store *s);

static void opened(struct store *s)
{
    if (box_opened)
        box_opened(s);
}

/* ---- the new house ---- */

static void make_house(struct box *b)
{
    CHECK_OK(flow_init(BOX_DB, false, &b->clock, &b->rng));
    enum err why = ERR_OK;
    struct flow *f = box_bring_up(b, BOX_DESK, &why);
    CHECK_OK(why);
    struct roster_notes notes = { 0 };
    CHECK_OK(flow_roster_import(f, people_roster, strlen(people_roster), &notes));
    roster_notes_done(&notes);
    for (int i = 0; i < PEOPLE_COACHES; i++)
        CHECK_OK(flow_at_work(f, people_coaches[i], true));
    box_close(b, BOX_DESK);
}

struct disk *box_image(void)
{
    static struct disk *image;
    if (!image) {
        struct box b = { .rng = rng_seeded(1), .clock = clock_system() };
        calls_mount(disk_create(), 1);
        calls_set_wall(BOX_START);
        make_house(&b);
        CHECK_INT(calls_open_files(), 0);
        image = calls_unmount();
    }
    return disk_copy(image);
}

void box_begin(struct box *b, uint64_t seed)
{
    calls_mount(box_image(), seed);
    calls_set_wall(BOX_START);
    *b = (struct box){ .rng = rng_seeded(seed), .clock = clock_system() };
    b->settings =
        (struct register_settings){ .profile = seed % 2 ? REGISTER_ZGW : REGISTER_KLANTINTERACTIES,
                                    .zaken_url = "https://register.example/zaken/api/v1",
                                    .catalogi_url = "https://register.example/catalogi/api/v1",
                                    .klantinteracties_url =
                                        "https://register.example/klantinteracties/api/v1",
                                    .client_id = "dynamo",
                                    .secret = "example-secret",
                                    .rsin = "123456782",
                                    .zaaktype = "DYNAMO-INLOOP",
                                    .channel = "kiosk",
                                    .actor = "a1b2c3d4-0000-4000-8000-000000000003" };
    near_open(&b->near, BOX_START, 1, seed);
}

void box_done(struct box *b)
{
    for (int p = 0; p < BOX_PROGRAMS; p++)
        box_close(b, (enum box_program)p);
    near_close(&b->near);
}

/* ---- the programs ---- */

static enum err open_flow(struct box *b, enum box_program p, struct flow **ret_flow)
{
    enum err e = flow_open(
        &(struct flow_options){
            .db_path = BOX_DB, .device = devices[p], .clock = &b->clock, .rng = &b->rng },
        ret_flow);
    if (e == ERR_OK)
        opened((*ret_flow)->store);
    return e;
}

struct flow *box_bring_up(struct box *b, enum box_program p, enum err *ret_why)
{
    *ret_why = b->programs[p] ? ERR_OK : open_flow(b, p, &b->programs[p]);
    return b->programs[p];
}

void box_close(struct box *b, enum box_program p)
{
    flow_closep(&b->programs[p]);
}

void box_power_cycle(struct box *b)
{
    calls_power_off();
    for (int p = 0; p < BOX_PROGRAMS; p++)
        box_close(b, (enum box_program)p);
    calls_power_on();
}

void box_kill(struct box *b, enum box_program p)
{
    calls_kill();
    box_close(b, p);
    calls_revive();
}

/* ---- the night ---- */

enum err box_upload(struct box *b, bool *ret_unsure)
{
    struct store *s = NULL;
    struct upload_totals totals = { 0 };
    struct store_options o = { .path = BOX_DB, .rng = &b->rng, .keys = STORE_KEYS_UPLOAD };
    enum err e = store_open(&o, &s);
    if (e == ERR_OK) {
        opened(s);
        e = setup_clock_unsure(s, &b->clock, ret_unsure);
    }
    if (e == ERR_OK && !*ret_unsure)
        e = upload_run(&(struct upload_options){ .store = s,
                                                 .clock = &b->clock,
                                                 .rng = &b->rng,
                                                 .port = &b->near.port,
                                                 .settings = &b->settings,
                                                 .rate_per_s = 1000 },
                       &totals);
    if (b->near.killed)
        calls_kill();
    near_drop(&b->near); /* also clears what killed it */
    store_close(s);
    return e;
}

static void say_line(void *arg, const char *line)
{
    fprintf(arg, "check: %s\n", line);
}

bool box_is_sound(struct box *b, enum err *ret_e)
{
    struct flow *f = box_bring_up(b, BOX_DESK, ret_e);
    if (!f)
        return false;
    *ret_e = flow_check(f, say_line, stderr);
    return *ret_e == ERR_OK;
}
