/* Personal fields on disk: nowhere in clear, gone with their key, the queue works without. */
#include "store/people.h"

#include <sqlite3.h>
#include <unistd.h>

#include "crypt/keyring.h"
#include "tests/store/fixture.h"

static void keys_dir(const struct house *h, char out[300])
{
    snprintf(out, 300, "%s.keys", h->path);
}

static bool file_holds(const char *path, const char *needle)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    static char bytes[4 * 1024 * 1024];
    size_t n = fread(bytes, 1, sizeof(bytes), f);
    fclose(f);
    return memmem(bytes, n, needle, strlen(needle)) != NULL;
}

TEST(no_personal_field_lies_in_a_file_in_clear)
{
    struct house *h = house_open();
    struct person p = a_person("Canaryqq", "Zzcanary");
    snprintf(p.email, sizeof(p.email), "mail.canary@example.org");
    snprintf(p.phone, sizeof(p.phone), "+31600000042");
    snprintf(p.infix, sizeof(p.infix), "vannycanary");
    struct visit_row v = a_visit(h, 1);
    CHECK_OK(store_visit_insert(h->s, &v, &p));
    CHECK_OK(store_visit_set_note(h->s, &v.id, "notecanary"));
    put_booked(h, "sanne", NOON, &p);
    struct outbox_place place;
    CHECK_OK(store_outbox_place(h->s, &v.id, NOON, &place));
    struct outbox_row r = { .seq = place.seq, .id = new_id(h), .chain = v.id, .place = place.place,
                            .kind = "walkin_registered", .day = DAY1, .event = place.event };
    CHECK_OK(store_outbox_append(h->s, &r, "{\"n\":\"bodycanary\"}", 18));
    struct outbox_step step = { .outbox = 1, .n = 1, .name = "zaak" };
    CHECK_OK(store_step_insert(h->s, &step, "{\"n\":\"stepcanary\"}", 18));

    const char *needles[] = { "anaryqq", "Zzcanary", "zzcanary", "mail.canary", "31600000042",
                              "vannycanary", "notecanary", "bodycanary", "stepcanary" };
    const char *tails[] = { "", "-wal" };
    for (int settled = 0; settled < 2; settled++) {
        for (size_t i = 0; i < ARRAY_LEN(needles); i++)
            for (size_t t = 0; t < ARRAY_LEN(tails); t++) {
                char path[300];
                snprintf(path, sizeof(path), "%s%s", h->path, tails[t]);
                if (file_holds(path, needles[i]))
                    CHECK_FAIL("%s is in %s", needles[i], path);
            }
        CHECK(file_holds(h->path, "roosendaal") || settled == 0); /* the search does find */
        CHECK_OK(store_checkpoint(h->s));
    }
    house_close(h);
}

TEST(fields_of_a_date_are_gone_with_its_key_and_the_queue_stays)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg"), got;
    struct visit_row old = a_visit(h, 1), today = a_visit(h, 1), row;
    char dir[300], note[STORE_NOTE_SIZE];
    today.day = DAY1 + 8;
    CHECK_OK(store_visit_insert(h->s, &old, &p));
    CHECK_OK(store_visit_set_note(h->s, &old.id, "note"));
    CHECK_OK(store_visit_insert(h->s, &today, &p));
    CHECK_OK(store_visit_person(h->s, &old.id, &got));

    keys_dir(h, dir);
    struct keyring *other = NULL; /* the retention run is another process */
    struct keyring_options o = { .dir = dir, .rng = &h->rng, .house = true };
    CHECK_OK(keyring_open(&o, &other));
    CHECK_OK(keyring_drop_house(other, DAY1));
    keyring_close(other);

    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx)); /* the running kiosk forgets it too */
    CHECK_ERR(store_visit_person(h->s, &old.id, &got), ERR_DENIED);
    CHECK_ERR(store_visit_note(h->s, &old.id, note), ERR_DENIED);
    CHECK_ERR(store_visit_of_person(h->s, DAY1, &p, &row), ERR_NOT_FOUND);
    CHECK_OK(store_visit_person(h->s, &today.id, &got));
    CHECK_OK(store_visit_get(h->s, &old.id, &row));
    CHECK_INT(row.number, 1);
    old.state = VISIT_UNSERVED;
    CHECK_OK(store_visit_update(h->s, &old, (struct visit_was){ VISIT_WAITING, 1 }));
    struct visit_row late = a_visit(h, 2);
    CHECK_ERR(store_visit_insert(h->s, &late, &p), ERR_DENIED); /* no second key for a date */
    CHECK_OK(store_commit(&tx));
    house_close(h);
}

TEST(with_the_keyring_lost_a_new_one_carries_the_queue_on)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg"), got;
    struct visit_row v = a_visit(h, 1), row;
    CHECK_OK(store_visit_insert(h->s, &v, &p));
    house_close(h);

    char dir[300], path[400];
    keys_dir(h, dir);
    const char *names[] = { "device.key", "audit.key", "upload.key", "upload.pub", "keyring" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
        CHECK_INT(unlink(path), 0);
    }
    CHECK_ERR(store_open(&h->options, &h->s), ERR_NOT_FOUND);
    CHECK_OK(keyring_create(dir, &h->rng));
    CHECK_OK(store_open(&h->options, &h->s));
    CHECK_ERR(store_visit_person(h->s, &v.id, &got), ERR_DENIED);
    CHECK_OK(store_visit_get(h->s, &v.id, &row));
    CHECK_INT(row.state, VISIT_WAITING);
    CHECK_OK(store_make_day(h->s, DAY1)); /* the same date has another key now: still not ours */
    CHECK_ERR(store_visit_person(h->s, &v.id, &got), ERR_DENIED);
    row.state = VISIT_CALLED;
    CHECK_OK(store_visit_update(h->s, &row, (struct visit_was){ VISIT_WAITING, 1 }));
    struct visit_row next = a_visit(h, 2);
    CHECK_OK(store_visit_insert(h->s, &next, &p));
    CHECK_OK(store_visit_person(h->s, &next.id, &got));
    house_close(h);
}

static void meddle(struct house *h, const char *sql)
{
    house_close(h);
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    CHECK_OK(store_open(&h->options, &h->s));
}

TEST(changed_and_swapped_fields_are_refused)
{
    struct house *h = house_open();
    struct person noor = a_person("Noor", "Berg"), daan = a_person("Daan", "Smit"), got;
    struct visit_row a = a_visit(h, 1), b = a_visit(h, 2);
    CHECK_OK(store_visit_insert(h->s, &a, &noor));
    CHECK_OK(store_visit_insert(h->s, &b, &daan));
    meddle(h, "UPDATE visit SET person = (SELECT person FROM visit WHERE number = 2)"
              " WHERE number = 1");
    CHECK_ERR(store_visit_person(h->s, &a.id, &got), ERR_CORRUPT);
    CHECK_OK(store_visit_person(h->s, &b.id, &got));
    meddle(h, "UPDATE visit SET person = CAST(substr(person, 1, length(person) - 1) || x'00'"
              " AS BLOB)"
              " WHERE number = 2");
    CHECK_ERR(store_visit_person(h->s, &b.id, &got), ERR_CORRUPT);
    meddle(h, "UPDATE visit SET person = x'' WHERE number = 2");
    CHECK_ERR(store_visit_person(h->s, &b.id, &got), ERR_CORRUPT);
    house_close(h);
}

TEST(a_damaged_row_does_not_take_the_list_with_it)
{
    struct house *h = house_open();
    struct person noor = a_person("Noor", "Berg"), daan = a_person("Daan", "Smit");
    struct visit_row a = a_visit(h, 1), b = a_visit(h, 2), row;
    CHECK_OK(store_visit_insert(h->s, &a, &noor));
    CHECK_OK(store_visit_insert(h->s, &b, &daan));
    meddle(h, "UPDATE visit SET topic = 'no such topic' WHERE number = 1");
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_open(h->s, DAY1, &l));
    CHECK_INT(l.n, 1);
    CHECK_INT(l.v[0].number, 2);
    CHECK_ERR(store_visit_get(h->s, &a.id, &row), ERR_CORRUPT);
    house_close(h);
}

TEST(sealed_people_of_short_and_long_names_have_one_length)
{
    struct house *h = house_open();
    struct person little = a_person("Bo", "Li"), longer = a_person("Annemarie", "Hofstede");
    struct sealed a, b;
    struct sealed_at at = { .day = DAY1, .table = "visit", .row = "x" };
    CHECK_OK(people_seal(h->s, &at, &little, &a));
    CHECK_OK(people_seal(h->s, &at, &longer, &b));
    CHECK_INT(a.n, b.n);
    house_close(h);
}
