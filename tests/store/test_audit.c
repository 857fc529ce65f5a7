#include "store/audit.h"

#include <sqlite3.h>

#include "tests/store/fixture.h"

static void put(struct house *h, int n)
{
    for (int i = 0; i < n; i++) {
        struct audit_row r = { .at = NOON + i, .mono = i, .actor = "staff:sanne",
                               .action = "visit.call", .result = "ok" };
        snprintf(r.object, sizeof(r.object), "01KAKZ3W9T4V8Q2M6R5H7C1X%02d", i % 100);
        CHECK_OK(store_audit_append(h->s, &r));
    }
}

/* Somebody with the file in hands takes the triggers away first. */
static void tamper(struct house *h, const char *sql)
{
    house_close(h);
    sqlite3 *db = NULL;
    char *why = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, "DROP TRIGGER audit_stays; DROP TRIGGER audit_keeps;", NULL, NULL, &why) ||
        sqlite3_exec(db, sql, NULL, NULL, &why))
        CHECK_FAIL("%s", why);
    sqlite3_close(db);
    CHECK_OK(store_open(&h->options, &h->s));
}

static struct said verify(struct house *h, const struct audit_anchor *kept, enum err want)
{
    struct said said = { 0 };
    CHECK_ERR(store_audit_verify(h->s, kept, gather, &said), want);
    return said;
}

TEST(an_untouched_chain_verifies_also_over_a_restart)
{
    struct house *h = house_open();
    verify(h, NULL, ERR_OK);
    put(h, 5);
    house_reopen(h);
    put(h, 5);
    struct audit_anchor a;
    CHECK_OK(store_audit_anchor(h->s, &a));
    CHECK_INT(a.count, 10);
    verify(h, &a, ERR_OK);
    put(h, 3); /* an anchor of an earlier night lies on the chain */
    verify(h, &a, ERR_OK);
    CLEANUP(audit_rows_done) struct audit_rows l = { 0 };
    CHECK_OK(store_audit_list(h->s, 4, 3, &l));
    CHECK_INT(l.n, 3);
    CHECK_INT(l.v[0].seq, 5);
    CHECK_STR(l.v[0].boot, "boot-one");
    CHECK_STR(l.v[0].actor, "staff:sanne");
    house_close(h);
}

/* Lines of two programs, in wholes and in parts, kept and undone: what a program remembers of its
 * own last line must never be the end of a chain that it no longer is. */
TEST(the_chain_holds_whoever_writes_and_whatever_is_undone)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *other = NULL;
    CHECK_OK(store_open(&h->options, &other));
    struct store *mine = h->s;
    struct rng rng = rng_seeded(check_seed());
    for (int i = 0; i < 80; i++) {
        struct store_tx tx = { 0 }, part = { 0 };
        h->s = rng_below(&rng, 3) ? mine : other;
        bool whole = rng_below(&rng, 4) != 0, keep = rng_below(&rng, 2) != 0;
        CHECK_OK(store_begin(h->s, &tx));
        put(h, (int)rng_below(&rng, 3));
        CHECK_OK(store_begin_part(h->s, &part));
        put(h, (int)rng_below(&rng, 3));
        if (keep)
            CHECK_OK(store_commit(&part));
        else
            store_tx_done(&part);
        put(h, (int)rng_below(&rng, 2));
        if (whole)
            CHECK_OK(store_commit(&tx));
        else
            store_tx_done(&tx);
        if (rng_below(&rng, 5) == 0)
            put(h, 1); /* in a transaction that SQLite makes for it */
    }
    h->s = mine;
    verify(h, NULL, ERR_OK);
    house_close(h);
}

TEST(every_edited_column_is_found_in_its_row)
{
    const char *edits[] = {
        "UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 4",
        "UPDATE audit SET boot = 'x' WHERE seq = 4",
        "UPDATE audit SET mono_ms = 99 WHERE seq = 4",
        "UPDATE audit SET actor = 'staff:amir' WHERE seq = 4",
        "UPDATE audit SET action = 'visit.void' WHERE seq = 4",
        "UPDATE audit SET object = object || 'x' WHERE seq = 4",
        "UPDATE audit SET result = 'no' WHERE seq = 4",
        "UPDATE audit SET actor = 'staff:sannevisit.', action = 'call' WHERE seq = 4",
    };
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        struct house *h = house_open();
        put(h, 8);
        tamper(h, edits[i]);
        struct said said = verify(h, NULL, ERR_CORRUPT);
        CHECK_INT(count_lines(said.text), 1);
        CHECK(strstr(said.text, "audit row 4:") != NULL);
        house_close(h);
    }
}

TEST(a_forged_hash_breaks_the_row_and_the_next)
{
    struct house *h = house_open();
    put(h, 8);
    tamper(h, "UPDATE audit SET mac = randomblob(32) WHERE seq = 4");
    struct said said = verify(h, NULL, ERR_CORRUPT);
    CHECK(strstr(said.text, "audit row 4:") != NULL);
    CHECK(strstr(said.text, "audit row 5:") != NULL);
    house_close(h);
}

TEST(removed_moved_and_inserted_rows_are_found)
{
    const char *edits[] = {
        "DELETE FROM audit WHERE seq = 4",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = -seq WHERE seq > 4;"
        " UPDATE audit SET seq = -seq - 1 WHERE seq < 0", /* and the rest closed up */
        "UPDATE audit SET seq = 100 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5;"
        " UPDATE audit SET seq = 5 WHERE seq = 100",
        "INSERT INTO audit SELECT 9, at_ms, boot, mono_ms, actor, action, object, result, mac"
        " FROM audit WHERE seq = 8",
    };
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        struct house *h = house_open();
        put(h, 8);
        tamper(h, edits[i]);
        verify(h, NULL, ERR_CORRUPT);
        house_close(h);
    }
}

TEST(a_cut_tail_is_found_by_an_anchor_that_was_kept)
{
    struct house *h = house_open();
    put(h, 8);
    struct audit_anchor kept;
    CHECK_OK(store_audit_anchor(h->s, &kept));
    tamper(h, "DELETE FROM audit WHERE seq > 6");
    verify(h, NULL, ERR_OK); /* the chain alone cannot know */
    struct said said = verify(h, &kept, ERR_CORRUPT);
    CHECK(strstr(said.text, "audit row 6: the end was cut off") != NULL);
    put(h, 5); /* growing a new tail does not hide it */
    said = verify(h, &kept, ERR_CORRUPT);
    CHECK(strstr(said.text, "audit row 8: is not the chain") != NULL);
    house_close(h);
}

/* ---- the old end ---- */

static struct audit_cut shorten(struct house *h, utc_ms before)
{
    struct audit_row by = { .at = NOON + 100, .actor = "ctl", .result = "ok" };
    struct audit_cut c = { 0 };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_audit_shorten(h->s, before, &by, &c));
    CHECK_OK(store_commit(&tx));
    return c;
}

TEST(the_old_end_goes_and_the_rest_still_verifies)
{
    struct house *h = house_open();
    struct audit_anchor old, kept;
    put(h, 3);
    CHECK_OK(store_audit_anchor(h->s, &old));
    put(h, 5);
    CHECK_OK(store_audit_anchor(h->s, &kept));
    CHECK_INT(shorten(h, NOON - 1).rows, 0);
    struct audit_cut c = shorten(h, NOON + 3); /* of rows 7 and 8 */
    CHECK_INT(c.rows, 6);
    CHECK_INT(c.until, 6);
    verify(h, &kept, ERR_OK);
    verify(h, &old, ERR_OK);
    CLEANUP(audit_rows_done) struct audit_rows l = { 0 };
    CHECK_OK(store_audit_list(h->s, 0, 100, &l));
    CHECK_INT(l.n, 3);
    CHECK_INT(l.v[0].seq, 7);
    CHECK_STR(l.v[2].action, AUDIT_SHORTEN);
    CHECK_STR(l.v[2].object, "6");
    CHECK_INT(shorten(h, NOON + 3).rows, 0); /* once */
    CHECK_INT(shorten(h, NOON + 99).until, 8); /* and later the next ones */
    verify(h, NULL, ERR_OK);
    house_close(h);
}

TEST(an_old_end_that_somebody_else_cuts_is_found)
{
    const char *edits[] = {
        "DELETE FROM audit WHERE seq <= 7", /* more than the row allows */
        "DELETE FROM audit WHERE seq <= 7; UPDATE meta SET value = '7' WHERE key = 'audit_floor'",
        "DELETE FROM audit WHERE action = 'retention.audit'",
        "DELETE FROM meta WHERE key = 'audit_floor'",
        "UPDATE meta SET value = 'x' WHERE key = 'audit_floor_mac'",
        /* a whole forgery: the floor, and the hash that stood in that row */
        "INSERT OR REPLACE INTO meta SELECT 'audit_floor_mac', lower(hex(mac)) FROM audit"
        " WHERE seq = 7; UPDATE meta SET value = '7' WHERE key = 'audit_floor';"
        " DELETE FROM audit WHERE seq <= 7",
    };
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        struct house *h = house_open();
        put(h, 3);
        put(h, 5);
        shorten(h, NOON + 3);
        verify(h, NULL, ERR_OK);
        tamper(h, edits[i]);
        verify(h, NULL, ERR_CORRUPT);
        house_close(h);
    }
}

TEST(rows_cannot_be_changed_through_the_schema)
{
    struct house *h = house_open();
    put(h, 1);
    house_close(h);
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, "UPDATE audit SET actor = 'x'", NULL, NULL, NULL),
              SQLITE_CONSTRAINT);
    CHECK_INT(sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

TEST(the_chain_needs_the_houses_keys)
{
    struct house *h = house_open();
    put(h, 1);
    house_close(h);
    h->options.keys = STORE_KEYS_UPLOAD;
    CHECK_OK(store_open(&h->options, &h->s));
    struct audit_row r = { .actor = "x", .action = "y", .object = "z", .result = "ok" };
    CHECK_ERR(store_audit_append(h->s, &r), ERR_DENIED);
    verify(h, NULL, ERR_DENIED);
    house_close(h);
}
