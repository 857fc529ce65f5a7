#include "net/events.h"

#include "base/clock.h"
#include "tests/lib/check.h"

#define LONG_MS 300000

TEST(what_ends_as_soon_as_it_begins_is_not_waited_for)
{
    struct events w;
    CURLM *multi = curl_multi_init();
    CURL *easy = curl_easy_init();
    int left = 0;
    CHECK(multi && easy && events_init(&w, multi));
    CHECK_INT(curl_easy_setopt(easy, CURLOPT_URL, "none://127.0.0.1/"), CURLE_OK);
    CHECK_INT(curl_multi_add_handle(multi, easy), CURLM_OK);
    int64_t before = clock_real_mono_ms();
    CHECK_OK(events_turn(&w, LONG_MS));
    CHECK(clock_real_mono_ms() - before < LONG_MS);
    CHECK(curl_multi_info_read(multi, &left) != NULL);
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
    events_done(&w);
}
