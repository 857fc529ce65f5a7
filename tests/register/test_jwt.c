#include "register/jwt.h"

#include "tests/lib/check.h"

/* From the documentation of Open Zaak. */
static const struct jwt_claims docs = {
    .iss = "docs",
    .iat_s = 1602857301,
    .client_id = "docs",
    .user_id = "docs@example.com",
    .user_representation = "Documentation Example",
};

TEST(the_token_is_the_published_one)
{
    CLEANUP(buf_done) struct buf b = buf_make(1024);
    CHECK_OK(jwt_make(&docs, "example-secret", &b));
    CHECK_STR(buf_str(&b),
              "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
              ".eyJpc3MiOiJkb2NzIiwiaWF0IjoxNjAyODU3MzAxLCJjbGllbnRfaWQiOiJkb2NzIiwidXNlcl9pZCI6"
              "ImRvY3NAZXhhbXBsZS5jb20iLCJ1c2VyX3JlcHJlc2VudGF0aW9uIjoiRG9jdW1lbnRhdGlvbiBFeGFtcGxlIn0"
              ".DZu7E780xG4zqRiT8ZhrBeMudz45301wNVDT0ra-Iyw");
}

TEST(a_token_that_does_not_fit_is_told)
{
    CLEANUP(buf_done) struct buf b = buf_make(60);
    CHECK_ERR(jwt_make(&docs, "example-secret", &b), ERR_LIMIT);
}

TEST(a_claim_that_is_no_text_is_refused)
{
    CLEANUP(buf_done) struct buf b = buf_make(1024);
    struct jwt_claims c = docs;
    c.iss = "\xff";
    CHECK_ERR(jwt_make(&c, "example-secret", &b), ERR_INVAL);
}
