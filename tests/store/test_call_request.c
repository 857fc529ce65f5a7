#include "store/call_request.h"

#include "base/buf.h"
#include "store/retention.h"
#include "tests/store/fixture.h"

static struct call_request_row a_request(struct house *h)
{
    return (struct call_request_row){ .id = new_id(h), .site = "roosendaal", .day = DAY1,
                                      .at = NOON };
}

TEST(a_request_is_found_by_its_id_its_person_and_its_day)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Jansen"), got = { 0 };
    struct call_request_row r = a_request(h), row;
    CHECK_ERR(store_call_request_get(h->s, &r.id, &row), ERR_NOT_FOUND);
    CHECK_ERR(store_call_request_of_person(h->s, DAY1, &p, &row), ERR_NOT_FOUND);
    CHECK_OK(store_call_request_put(h->s, &r, &p));
    CHECK_OK(store_call_request_get(h->s, &r.id, &row));
    CHECK_INT(row.at, NOON);
    CHECK_INT(row.topic, TOPIC_SCHOOL);
    CHECK_STR(row.municipality, "1674");
    struct person other_way = a_person("NOOR", "jansen");
    CHECK_OK(store_call_request_of_person(h->s, DAY1, &other_way, &row));
    CHECK_STR(row.id.s, r.id.s);
    CHECK_ERR(store_call_request_of_person(h->s, DAY1 + 1, &p, &row), ERR_NOT_FOUND);
    CHECK_OK(store_call_request_person(h->s, &r.id, &got));
    CHECK_STR(got.given, "Noor");
    CHECK_STR(got.phone, "+31612345678");
    CHECK_STR(got.lang, "nl");
    struct call_request_rows l = { 0 };
    CHECK_OK(store_call_requests(h->s, DAY1 - 1, DAY1, &l));
    CHECK_INT(l.n, 1);
    call_request_rows_done(&l);
    CHECK_OK(store_call_requests(h->s, DAY1 + 1, DAY1 + 9, &l));
    CHECK_INT(l.n, 0);
    call_request_rows_done(&l);
    house_close(h);
}

TEST(the_same_request_takes_a_new_number_and_another_of_that_person_is_refused)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Jansen"), got = { 0 };
    struct call_request_row r = a_request(h), row;
    CHECK_OK(store_call_request_put(h->s, &r, &p));
    snprintf(p.phone, sizeof(p.phone), "+31687654321");
    r.at = NOON + MINUTE_MS;
    CHECK_OK(store_call_request_put(h->s, &r, &p));
    CHECK_OK(store_call_request_person(h->s, &r.id, &got));
    CHECK_STR(got.phone, "+31687654321");
    CHECK_OK(store_call_request_get(h->s, &r.id, &row));
    CHECK_INT(row.at, NOON + MINUTE_MS);
    struct call_request_row second = a_request(h);
    CHECK_ERR(store_call_request_put(h->s, &second, &p), ERR_EXISTS);
    house_close(h);
}

TEST(a_request_is_sealed_and_forgotten_with_its_day)
{
    struct house *h = house_open();
    struct person p = a_person("Zyxwgiven", "Jansen"), got;
    struct call_request_row r = a_request(h);
    struct retention_proof proof;
    CHECK_OK(store_call_request_put(h->s, &r, &p));
    CLEANUP(buf_done) struct buf b = buf_make(64 << 20);
    char wal[300];
    snprintf(wal, sizeof(wal), "%s-wal", h->path);
    CHECK_OK(buf_read_file(&b, wal));
    CHECK(b.n > 0 && memmem(b.v, b.n, r.id.s, 26) != NULL);
    CHECK(memmem(b.v, b.n, "Zyxw", 4) == NULL);
    CHECK(memmem(b.v, b.n, "612345678", 9) == NULL);
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_HOUSE, &proof));
    CHECK_INT(proof.rows, 1);
    CHECK_ERR(store_call_request_person(h->s, &r.id, &got), ERR_DENIED);
    house_close(h);
}
