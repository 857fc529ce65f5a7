/* A copy of the house's database, and putting one back. */
#include "store/backup.h"

#include <inttypes.h>
#include <stdio.h>

#include "flow/house.h"
#include "flow/upkeep.h"
#include "flow/work.h"

/* Who did it and how large it was; a file's name could be anything. */
static enum err note(struct flow *f, const char *action, int64_t pages, const char *result)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    char object[32];
    snprintf(object, sizeof(object), "%" PRId64 " pages", pages);
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = audit(f, action, object, result);
    return work_end(f, &tx, e);
}

enum err flow_keys_note(struct flow *f, const char *action)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = audit(f, action, "keys", "ok");
    return work_end(f, &tx, e);
}

enum err flow_backup(struct flow *f, const char *path, int64_t *ret_pages)
{
    struct backup_made made;
    enum err e = store_backup(f->store, path, &made);
    if (e == ERR_OK)
        e = note(f, "backup", made.pages, "ok");
    if (e == ERR_OK)
        *ret_pages = made.pages;
    return e;
}

/* The first thing that the restored database's log says. */
static enum err note_restored(const struct restore_request *r, const struct restored *from,
                              int64_t *ret_unsent)
{
    CLEANUP(flow_closep) struct flow *f = NULL;
    struct outbox_status s = { 0 };
    const struct flow_options o = {
        .db_path = r->db_path, .keys_dir = r->keys_dir, .device = "ctl", .clock = r->clock,
        .rng = r->rng, .patient = true
    };
    enum err e = flow_open(&o, &f);
    if (e == ERR_OK)
        e = note(f, "restore", from->backup.pages, from->new_keys ? "new keys" : "ok");
    if (e == ERR_OK)
        e = flow_outbox_status(f, &s);
    if (e == ERR_OK)
        *ret_unsent = s.queued + s.waiting + s.dead;
    return e;
}

enum err flow_restore(const struct restore_request *r, struct restore_done *ret_done)
{
    struct restored got;
    struct restore_done done = { 0 };
    const struct restore_options o = { .backup = r->backup,
                                       .to = { .path = r->db_path, .keys_dir = r->keys_dir,
                                               .rng = r->rng, .busy_ms = STORE_PATIENT_MS },
                                       .force = r->force,
                                       .by = { .at = clock_wall_ms(r->clock),
                                               .mono = clock_mono_ms(r->clock),
                                               .actor = "ctl",
                                               .result = "ok" } };
    enum err e = store_restore(&o, &got);
    if (e != ERR_OK)
        return e;
    done.from = got.backup.schema;
    done.to = got.schema;
    done.new_keys = got.new_keys;
    text_put(done.aside, sizeof(done.aside), got.aside);
    done.noted = note_restored(r, &got, &done.unsent);
    *ret_done = done;
    return ERR_OK;
}
