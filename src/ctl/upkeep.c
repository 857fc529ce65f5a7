#include "flow/upkeep.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/civil.h"
#include "ctl/commands.h"

/* ---- retention run ---- */

struct retention_out {
    struct ctl *c;
    int destroyed, kept;
};

static void write_key(void *arg, const struct retention_line *l)
{
    struct retention_out *o = arg;
    struct out *out = &o->c->out;
    bool destroyed = !l->kept_for;
    o->destroyed += destroyed;
    o->kept += !destroyed;
    out_day(out, "date", l->day);
    out_text(out, "key", l->key);
    out_bool(out, "destroyed", destroyed);
    out_text(out, "kept_for", l->kept_for);
    out_int(out, "rows", l->rows);
    out_text(out, "digest", l->digest);
    out_row(out);
}

/* A result too: the same keys, of no date. */
static void write_none(struct ctl *c)
{
    if (c->json) {
        out_text(&c->out, "date", NULL);
        out_text(&c->out, "key", NULL);
        out_bool(&c->out, "destroyed", false);
        out_text(&c->out, "kept_for", NULL);
        out_int(&c->out, "rows", 0);
        out_text(&c->out, "digest", NULL);
        out_row(&c->out);
    }
    out_say(&c->out, "Nothing is past its term.");
}

static enum program_status run_retention(struct ctl *c)
{
    struct retention_out o = { .c = c };
    const struct retention_terms terms = { .follow_up_days = c->config.retention.follow_up_days,
                                           .sent_days = c->config.retention.sent_days,
                                           .audit_days = c->config.retention.audit_days };
    enum err e = flow_retention_run(c->flow, &terms, write_key, &o);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    if (o.destroyed + o.kept == 0)
        write_none(c);
    return PROGRAM_OK;
}

static const struct ctl_why retention_whys[] = {
    { ERR_CLOCK, "the clock is unsure; set it, or say clock confirm" },
    { 0 },
};
const struct ctl_command ctl_retention_run = {
    .name = "retention run",
    .usage = "",
    .help = "make past days' names unreadable for good, as [retention] says",
    .more = "Each date has two keys. The house's opens names and notes; it is destroyed "
            "follow_up_days after the date, unless a dead letter of that date, an open visit or "
            "the code of a moved appointment needs it. The uploader's opens the records for the "
            "register; it is destroyed, and the records are emptied, sent_days after the last "
            "of them was acknowledged, never before. A line tells each key that was destroyed, "
            "with how many rows nobody can read from now on and a digest of their sealed "
            "fields, and each that is kept past its term. The audit log keeps the same line. "
            "What is in a backup becomes unreadable with it. Last, audit lines older than "
            "audit_days go, with a line that says so. A timer runs this at night.",
    .needs = CTL_NEEDS_HOUSE,
    .whys = retention_whys,
    .run = run_retention,
};

/* ---- backup ---- */

#define BACKUP_KEEP 48 /* two days of hours */

/* FOLDER/dynamo-20260324T0920Z.backup: by name is by age. */
static bool backup_name(const struct ctl *c, const char *folder, char *ret, size_t n)
{
    char now[RFC3339_SIZE];
    rfc3339_format(flow_now(c->flow), 0, now); /* 2026-03-24T09:20:00... */
    int len = snprintf(ret, n, "%s/dynamo-%.4s%.2s%.2sT%.2s%.2sZ.backup", folder, now, now + 5,
                       now + 8, now + 11, now + 14);
    return len > 0 && (size_t)len < n;
}

static int is_backup(const struct dirent *d)
{
    return fnmatch("dynamo-[0-9]*T[0-9]*Z.backup", d->d_name, 0) == 0;
}

/* The oldest go, but never the one that was just made, whatever the clock says. */
static void forget_old(const char *folder, const char *made, int64_t keep)
{
    struct dirent **list = NULL;
    int n = scandir(folder, &list, is_backup, alphasort);
    int64_t over = n - keep;
    for (int i = 0; i < n; i++) {
        char path[1024];
        int len = snprintf(path, sizeof(path), "%s/%s", folder, list[i]->d_name);
        bool whole = len > 0 && len < (int)sizeof(path);
        if (over > 0 && whole && strcmp(path, made) != 0 && unlink(path) == 0)
            over--;
        free(list[i]);
    }
    free(list);
}

static enum program_status run_backup(struct ctl *c)
{
    char named[1024];
    int64_t pages = 0;
    const char *into = ctl_text(c, "into"), *path = into ? named : c->operands[0];
    if (!into == !c->operands_n || (ctl_given(c, "keep") && !into))
        return ctl_misuse(c, "name a file, or a folder with --into");
    if (into && !backup_name(c, into, named, sizeof(named)))
        return ctl_refuse(c, into, ERR_LIMIT);
    if (!into && !ctl_given(c, "force") && access(path, F_OK) == 0)
        return ctl_refuse_why(c, path, "there is a file; --force lets an older backup give way");
    enum err e = flow_backup(c->flow, path, &pages);
    if (e != ERR_OK)
        return ctl_refuse(c, path, e);
    int64_t keep = ctl_number(c, "keep", BACKUP_KEEP);
    if (into && keep > 0)
        forget_old(into, path, keep);
    if (c->json) {
        out_text(&c->out, "backup", path);
        out_int(&c->out, "bytes", pages * 4096);
        out_row(&c->out);
    }
    out_say(&c->out, "Copied and checked: %s. The keys are not in it.", path);
    return PROGRAM_OK;
}

static const struct ctl_option backup_options[] = {
    { "into", CTL_FILE, "FOLDER", "make it there, named by the hour", false },
    { "keep", CTL_COUNT, "N", "of those made so keep the newest N (48); 0: all", false },
    { "force", CTL_FLAG, NULL, "an older backup of that name gives way", false },
    { 0 },
};

static const struct ctl_why backup_whys[] = {
    { ERR_EXISTS, "there is a file that is no backup; it stays" },
    { ERR_BUSY, "another backup to this place is under way" },
    { ERR_CORRUPT, "the database did not pass its check; run check" },
    { ERR_LIMIT, "the disk would have less than 16 MiB left, or the path is too long" },
    { ERR_NOT_FOUND, "no such folder" },
    { ERR_DENIED, "you may not write there" },
    { 0 },
};
const struct ctl_command ctl_backup = {
    .name = "backup",
    .usage = "FILE [--force] | --into FOLDER [--keep N]",
    .help = "copy the database to one file while the house goes on",
    .more = "The copy gets its name only when it is complete and checked. A file that is there "
            "stays, unless --force is given and it is an older backup. Names in it are sealed, "
            "and no key is in it: keys copy and keys recovery look after those. A timer makes one "
            "each hour.",
    .operands = 1,
    .operands_fewer = true,
    .options = backup_options,
    .needs = CTL_NEEDS_HOUSE,
    .whys = backup_whys,
    .run = run_backup,
};

/* ---- restore ---- */

static void write_restored(struct ctl *c, const struct restore_done *d)
{
    if (c->json) {
        out_text(&c->out, "db", c->args.db);
        out_int(&c->out, "from", d->from);
        out_int(&c->out, "to", d->to);
        out_bool(&c->out, "new_keys", d->new_keys);
        out_int(&c->out, "unsent", d->unsent);
        out_text(&c->out, "aside", d->aside);
        out_row(&c->out);
    }
    out_say(&c->out, "Restored %s.", c->args.db);
    if (d->from != d->to)
        out_say(&c->out, "It was brought from version %d to %d.", d->from, d->to);
    if (d->aside[0])
        out_say(&c->out, "The database that was there is now %s.", d->aside);
    if (d->new_keys)
        out_say(&c->out,
                "There were no keys beside it, so new ones were made. Queue and counts work; "
                "names and codes in it and %lld records for the register cannot be read, the "
                "audit log so far can only be held to what it is now, and staff need new PINs. "
                "If the old keys turn up, restore again with their folder in that place.",
                (long long)d->unsent);
}

static enum program_status run_restore(struct ctl *c)
{
    struct restore_done d;
    const struct restore_request r = { .backup = c->operands[0],
                                       .db_path = c->args.db,
                                       .keys_dir = c->config.paths.keys,
                                       .force = ctl_given(c, "force"),
                                       .clock = &c->clock,
                                       .rng = &c->rng };
    enum err e = flow_restore(&r, &d);
    if (e == ERR_EXISTS || e == ERR_BUSY)
        return ctl_refuse(c, c->args.db, e);
    if (e != ERR_OK)
        return ctl_refuse(c, c->operands[0], e);
    write_restored(c, &d);
    if (d.noted != ERR_OK)
        return ctl_refuse_why(c, c->args.db, "restored, but it does not open: %s",
                              err_text(d.noted));
    return PROGRAM_OK;
}

static const struct ctl_option restore_options[] = {
    { "force", CTL_FLAG, NULL, "set a database that is there aside, as FILE.aside-1", false },
    { 0 },
};
static const struct ctl_why restore_whys[] = {
    { ERR_EXISTS, "there is a database; --force sets it aside" },
    { ERR_BUSY, "a program has it open; stop the house's programs first" },
    { ERR_CORRUPT, "not a backup of this program, cut off, or damaged" },
    { ERR_VERSION, "made by a newer program; install that one" },
    { ERR_LIMIT, "too little room on the disk, or the path is too long" },
    { ERR_NOT_FOUND, "no such backup, or no folder for the database" },
    { ERR_DENIED, "you may not read it, or not write the database" },
    { 0 },
};
const struct ctl_command ctl_restore = {
    .name = "restore",
    .usage = "FILE [--force]",
    .help = "put a backup in the database's place",
    .more = "The backup is copied and checked first, and brought up to date when it is older. "
            "Its keys are expected beside the database; without them new ones are made, and what "
            "is sealed in the backup stays unreadable.",
    .operands = 1,
    .needs = CTL_NEEDS_CONFIG,
    .options = restore_options,
    .whys = restore_whys,
    .run = run_restore,
};
