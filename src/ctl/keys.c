/* The house's keys: how they stand, a second copy, and the paper for the safe. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "crypt/keyring.h"
#include "crypt/recovery.h"
#include "crypt/rotate.h"
#include "ctl/commands.h"
#include "flow/upkeep.h"
#include "print/qr.h"
#include "store/backup.h"

#define KEYS_PATH_SIZE 1024
#define TEXT_MAX 1024 /* of a recovery text as somebody types it */

/* Where the keys lie. */
static bool keys_dir(const struct ctl *c, char ret[KEYS_PATH_SIZE])
{
    const char *set = c->config.paths.keys;
    int n = snprintf(ret, KEYS_PATH_SIZE, "%s%s", set[0] ? set : c->args.db, set[0] ? "" : ".keys");
    return n > 0 && n < KEYS_PATH_SIZE;
}

static const struct ctl_why keys_whys[] = {
    { ERR_NOT_FOUND, "no such folder, or a file of the keys is missing in it" },
    { ERR_DENIED, "you may not read the keys, or they are open to others" },
    { ERR_CORRUPT, "a file of the keys is damaged" },
    { 0 },
};

/* ---- keys status ---- */

static void write_dates(struct ctl *c, const struct keyring *k)
{
    for (size_t i = 0; i < keyring_count(k); i++) {
        struct keyring_day d = keyring_at(k, i);
        if (!d.house && !d.upload)
            continue;
        out_day(&c->out, "date", d.day);
        out_bool(&c->out, "house", d.house);
        out_bool(&c->out, "upload", d.upload);
        out_row(&c->out);
    }
}

static const char *copy_word(const struct recovery_state *s)
{
    return !s->copied ? "none" : s->same ? "same" : "differs";
}

static enum program_status run_status(struct ctl *c)
{
    char dir[KEYS_PATH_SIZE];
    struct recovery_state s;
    struct keyring *k = NULL;
    if (!keys_dir(c, dir))
        return ctl_refuse(c, NULL, ERR_LIMIT);
    enum err e = keyring_open(&(struct keyring_options){ .dir = dir, .rng = &c->rng }, &k);
    if (e == ERR_OK)
        e = recovery_look(dir, &s);
    if (e == ERR_OK)
        write_dates(c, k);
    keyring_close(k);
    if (e != ERR_OK)
        return ctl_refuse(c, dir, e);
    if (c->json) {
        out_bool(&c->out, "recovery", s.made);
        out_text(&c->out, "copy", copy_word(&s));
        out_row(&c->out);
    }
    if (!s.made)
        out_say(&c->out, "There is no paper for the safe yet: %s keys recovery", CTL_NAME);
    out_say(&c->out,
            s.copied ? s.same ? "The second copy is up to date." : "" : "No second copy is kept.");
    if (s.copied && !s.same)
        return ctl_refuse_why(c, NULL, "the second copy is not there, or is not up to date");
    return PROGRAM_OK;
}

const struct ctl_command ctl_keys_status = {
    .name = "keys status",
    .usage = "",
    .help = "which dates have keys, and whether the way back is ready",
    .more = "A date whose keys are both destroyed is not listed. Status 1 when a second copy is "
            "kept and is not as the first, or its medium is not there.",
    .needs = CTL_NEEDS_CONFIG,
    .whys = keys_whys,
    .run = run_status,
};

/* ---- keys recovery ---- */

/* Two rows of squares in one of letters; light on dark would not scan. */
static void say_qr(struct ctl *c, const struct qr *qr)
{
    static const char *const halves[] = { "\u2588", "\u2580", "\u2584", " " }; /* by what is dark */
    for (int y = -QR_QUIET; y < qr->n + QR_QUIET; y += 2) {
        CLEANUP(buf_wipe) struct buf line = buf_make(2048);
        for (int x = -QR_QUIET; x < qr->n + QR_QUIET; x++)
            buf_adds(&line, halves[(qr_dark(qr, x, y) ? 2 : 0) + (qr_dark(qr, x, y + 1) ? 1 : 0)]);
        out_say(&c->out, "%s", buf_str(&line));
    }
}

static enum program_status say_text(struct ctl *c, const char *text)
{
    if (c->json) {
        out_text(&c->out, "recovery", text);
        out_row(&c->out);
        return PROGRAM_OK;
    }
    CLEANUP(qr_done) struct qr qr = { 0 };
    enum err e = qr_make(text, &qr);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    say_qr(c, &qr);
    out_say(&c->out, "\n    %s\n", text);
    out_say(&c->out,
            "Print this, put it into the safe, and clear the screen: it is shown once, and "
            "no machine keeps it. With it and a second copy of the keys (keys copy) the "
            "house's names can be read again; an older paper is worth nothing now.");
    return PROGRAM_OK;
}

static enum program_status run_recovery(struct ctl *c)
{
    char dir[KEYS_PATH_SIZE], text[RECOVERY_TEXT_SIZE];
    if (!keys_dir(c, dir))
        return ctl_refuse(c, NULL, ERR_LIMIT);
    enum err e = recovery_make(dir, getenv("CREDENTIALS_DIRECTORY"), &c->rng, text);
    if (e != ERR_OK)
        return ctl_refuse(c, dir, e);
    e = flow_keys_note(c->flow, "keys.recovery");
    enum program_status status = e == ERR_OK ? say_text(c, text) : ctl_refuse(c, NULL, e);
    mem_wipe(text, sizeof(text));
    return status;
}

const struct ctl_command ctl_keys_recovery = {
    .name = "keys recovery",
    .usage = "",
    .help = "make the paper for the safe that brings lost keys back",
    .more = "The house's secrets are sealed to a new pair; its secret half is shown once, as text "
            "and as a QR code, and kept nowhere. Whoever has the paper still needs the keyring or "
            "its copy, and the other way round. Dates whose keys were destroyed do not come back.",
    .needs = CTL_NEEDS_HOUSE,
    .whys = keys_whys,
    .run = run_recovery,
};

/* ---- keys copy ---- */

static enum program_status run_copy(struct ctl *c)
{
    char dir[KEYS_PATH_SIZE];
    if (!keys_dir(c, dir))
        return ctl_refuse(c, NULL, ERR_LIMIT);
    enum err e = recovery_copy_to(dir, c->operands[0]);
    if (e == ERR_OK)
        e = flow_keys_note(c->flow, "keys.copy");
    if (e != ERR_OK)
        return ctl_refuse(c, c->operands[0], e);
    out_say(&c->out, "From now on each change of the keys is written to %s too.", c->operands[0]);
    return PROGRAM_OK;
}

static const struct ctl_why copy_whys[] = {
    { ERR_NOT_FOUND, "no such folder, or no paper was made yet: keys recovery" },
    { ERR_IO, "it cannot be written there" },
    { 0 },
};
const struct ctl_command ctl_keys_copy = {
    .name = "keys copy",
    .usage = "FOLDER",
    .help = "keep a second copy of the keys in a folder, best on another medium",
    .more = "Without the paper of keys recovery the copy opens nothing. The folder must be "
            "writable for the group of the house. While its medium is missing nobody is turned "
            "away, but retention run destroys no key: what is gone must be gone there too.",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .whys = copy_whys,
    .run = run_copy,
};

/* ---- keys recover ---- */

/* A line in the log, where there is a database. */
static enum err note(struct ctl *c, const char *dir, const char *action)
{
    CLEANUP(flow_closep) struct flow *f = NULL;
    enum err e = flow_open(&(struct flow_options){ .db_path = c->args.db,
                                                   .keys_dir = dir,
                                                   .device = "ctl",
                                                   .clock = &c->clock,
                                                   .rng = &c->rng,
                                                   .patient = true },
                           &f);
    if (e == ERR_NOT_FOUND)
        return ERR_OK; /* the database comes later: restore */
    return e == ERR_OK ? flow_keys_note(f, action) : e;
}

static enum program_status run_recover(struct ctl *c)
{
    char dir[KEYS_PATH_SIZE];
    CLEANUP(buf_wipe) struct buf text = buf_make(TEXT_MAX);
    if (!keys_dir(c, dir))
        return ctl_refuse(c, NULL, ERR_LIMIT);
    enum err e = buf_read_file(&text, "-");
    if (e == ERR_LIMIT)
        e = ERR_FORMAT;
    const struct recovery_options o = { .from = c->operands[0],
                                        .keys_dir = dir,
                                        .text = buf_str(&text),
                                        .force = ctl_given(c, "force") };
    if (e == ERR_OK)
        e = recovery_open(&o);
    if (e == ERR_EXISTS)
        return ctl_refuse(c, dir, e);
    if (e != ERR_OK)
        return ctl_refuse(c, c->operands[0], e);
    out_say(&c->out, "The keys are back in %s.", dir);
    e = note(c, dir, "keys.recover");
    if (e != ERR_OK)
        return ctl_refuse_why(c, c->args.db, "the keys are back, but it does not open: %s",
                              err_text(e));
    return PROGRAM_OK;
}

static const struct ctl_option recover_options[] = {
    { "force", CTL_FLAG, NULL, "set keys that are there aside, as KEYS.aside-1", false },
    { 0 },
};
static const struct ctl_why recover_whys[] = {
    { ERR_FORMAT, "what came on standard input is no recovery text, or has a slip in it" },
    { ERR_DENIED, "the text is of other keys, or of an older paper" },
    { ERR_NOT_FOUND, "no copy of the keys lies there" },
    { ERR_CORRUPT, "the copy is damaged" },
    { ERR_EXISTS, "there are keys; --force sets them aside" },
    { 0 },
};
const struct ctl_command ctl_keys_recover = {
    .name = "keys recover",
    .usage = "FOLDER [--force]",
    .help = "bring the keys back from a copy, with the paper from the safe",
    .more = "The recovery text is read from standard input, so that it stands in no list of "
            "processes and no history; how it is spaced and written does not count. FOLDER may be "
            "the folder of the keys itself, when only its secrets were lost.",
    .operands = 1,
    .needs = CTL_NEEDS_CONFIG,
    .options = recover_options,
    .whys = recover_whys,
    .run = run_recover,
};

/* ---- keys rotate ---- */

static enum program_status run_rotate(struct ctl *c)
{
    char dir[KEYS_PATH_SIZE];
    struct recovery_state s;
    if (!keys_dir(c, dir))
        return ctl_refuse(c, NULL, ERR_LIMIT);
    enum err e = store_refuse_in_use(c->args.db);
    if (e == ERR_BUSY)
        return ctl_refuse(c, c->args.db, e);
    if (e == ERR_OK)
        e = recovery_look(dir, &s);
    if (e == ERR_OK)
        e = keyring_rotate(dir, getenv("CREDENTIALS_DIRECTORY"), &c->rng);
    if (e != ERR_OK)
        return ctl_refuse(c, dir, e);
    out_say(&c->out, "The house has new secrets, and the old ones are destroyed.");
    if (s.made)
        out_say(&c->out, "The paper in the safe is worth nothing now: %s keys recovery", CTL_NAME);
    if (s.copied)
        out_say(&c->out,
                "The second copy is of the old secrets and is no longer kept; write over "
                "it: %s keys copy FOLDER",
                CTL_NAME);
    e = note(c, dir, "keys.rotate");
    if (e != ERR_OK)
        return ctl_refuse_why(c, c->args.db, "the keys are new, but it does not open: %s",
                              err_text(e));
    return PROGRAM_OK;
}

static const struct ctl_why rotate_whys[] = {
    { ERR_BUSY, "a program has the database open; stop them all first" },
    { ERR_NOT_FOUND, "no such folder, or a file of the keys is missing in it" },
    { ERR_DENIED, "you may not read the keys, they are open to others, or some are of other keys" },
    { ERR_CORRUPT, "a file of the keys is damaged" },
    { 0 },
};
const struct ctl_command ctl_keys_rotate = {
    .name = "keys rotate",
    .usage = "",
    .help = "give the house new secrets, when somebody may have seen the old ones",
    .more = "device.key and upload.key are made anew, and the keys of each date are sealed for "
            "them; the old files are overwritten. All programs must be stopped. Nothing that is "
            "stored changes. The paper and the second copy are of the old secrets: make both "
            "anew. PINs and one-time codes of staff stay: one that may be known is set anew by "
            "itself.",
    .needs = CTL_NEEDS_CONFIG,
    .whys = rotate_whys,
    .run = run_rotate,
};
