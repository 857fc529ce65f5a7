#include "upload/dry_run.h"

#include "tests/upload/house.h"

static char *dry(struct fixture *f, int64_t *ret_calls)
{
    char *text = NULL;
    size_t n = 0;
    FILE *file = open_memstream(&text, &n);
    CHECK(file != NULL);
    CHECK_OK(upload_dry_run(f->store, &f->clock, &f->settings, file, ret_calls));
    CHECK_INT(fclose(file), 0);
    return text;
}

/* How often the word stands in the text. */
static int count(const char *text, const char *word)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        n++;
    return n;
}

TEST(every_call_of_a_day_is_told_and_none_is_made)
{
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        int64_t calls, changes, after;
        set_up(&f, profiles[p]);
        queue_day(&f);
        CHECK_OK(store_changes(f.store, &changes));
        char *text = dry(&f, &calls);
        CHECK_INT(count(text, "\n"), calls);
        CHECK_INT(f.near.n_calls, 0);
        CHECK_OK(store_changes(f.store, &after));
        CHECK_INT(after, changes);
        CHECK_OK(run_once(&f)); /* makes the same calls, those for the types apart */
        CHECK_INT(f.totals.calls, calls);
        free(text);
        char *rest = dry(&f, &calls);
        CHECK_INT(calls, 0);
        free(rest);
        tear_down(&f);
    }
}

TEST(each_line_is_json_and_says_nothing_of_a_person)
{
    static const char *const secret[] = { "Noor", "Berg", "2004-05-17", "1674", "Roosendaal", "+316",
                                          "noor@", "school", "\"ja\"", "DYN01-", "2026-11-25" };
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        int64_t calls;
        set_up(&f, profiles[p]);
        queue_day(&f);
        char *text = dry(&f, &calls), *next = NULL;
        for (size_t i = 0; i < ARRAY_LEN(secret); i++)
            if (strstr(text, secret[i]))
                CHECK_FAIL("%s: %.3000s", secret[i], text);
        for (char *line = strtok_r(text, "\n", &next); line; line = strtok_r(NULL, "\n", &next)) {
            json_t *o = json_loads(line, 0, NULL);
            CHECK(json_is_object(o) && json_is_string(json_object_get(o, "url")));
            json_decref(o);
        }
        free(text);
        tear_down(&f);
    }
}

TEST(what_is_done_is_not_told_again_and_a_dead_letter_holds_up_its_chain)
{
    struct fixture f;
    int64_t calls;
    set_up(&f, REGISTER_ZGW);
    queue_chain(&f, walkin_day, 2);
    f.near.fault = NEAR_KILL_AFTER; /* four calls for types, two steps done, the third unknown */
    f.near.fault_at = 7;
    (void)run_once(&f);
    near_drop(&f.near);
    char *text = dry(&f, &calls);
    CHECK_INT(count(text, "\"step\":\"zaak\""), 0);
    CHECK_INT(count(text, "\"step\":\"status"), 1);
    CHECK_INT(count(text, "/zaken/ZAAK"), 0); /* its address is known by now */
    free(text);
    struct outbox_rows rows = { 0 };
    CHECK_OK(store_outbox_list(f.store, true, 0, 10, &rows));
    enum outbox_state was = rows.v[0].state;
    rows.v[0].state = OUTBOX_DEAD;
    CHECK_OK(store_outbox_update(f.store, &rows.v[0], was));
    text = dry(&f, &calls);
    CHECK_INT(calls, 0);
    free(text);
    outbox_rows_done(&rows);
    tear_down(&f);
}
