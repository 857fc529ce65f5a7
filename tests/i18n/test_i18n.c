/* With the real catalogs of the build. */
#include "i18n/i18n.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tests/lib/check.h"

TEST(the_text_is_that_of_the_language_in_use)
{
    i18n_use("nl");
    CHECK_STR(C_("day", "tomorrow"), "morgen");
    i18n_use("pl");
    CHECK_STR(C_("day", "tomorrow"), "jutro");
    i18n_use("ar");
    CHECK_STR(C_("day", "tomorrow"), "غدًا");
    i18n_use("en");
    CHECK_STR(C_("day", "tomorrow"), "tomorrow");
}

TEST(a_text_without_translation_stays_English)
{
    i18n_use("nl");
    CHECK_STR(i18n_text("No catalog has this."), "No catalog has this.");
    CHECK_STR(i18n_plural("one zebra", "zebras", 1), "one zebra");
    CHECK_STR(i18n_plural("one zebra", "zebras", 0), "zebras");
    CHECK_STR(i18n_text(""), ""); /* and not the catalog's head */
    CHECK_STR(i18n_plural("", "", 2), "");
    CHECK(!i18n_has("No catalog has this."));
    CHECK(!i18n_has(""));
    CHECK(i18n_has("day\004tomorrow"));
}

TEST(an_unknown_language_is_English)
{
    i18n_use("klingon");
    CHECK_STR(i18n_current()->code, "en");
    CHECK_STR(C_("day", "tomorrow"), "tomorrow");
    i18n_use(NULL);
    CHECK_STR(i18n_current()->code, "en");
    CHECK(!i18n_lang_ready("klingon"));
    CHECK(!i18n_lang_ready(NULL));
}

static void *other_thread(void *arg)
{
    const char **seen = arg;
    seen[0] = i18n_current()->code; /* nothing set here yet */
    i18n_use("pl");
    seen[1] = C_("day", "today");
    return NULL;
}

TEST(each_thread_has_its_own_language)
{
    const char *seen[2] = { 0 };
    pthread_t thread;
    i18n_use("nl");
    CHECK_INT(pthread_create(&thread, NULL, other_thread, seen), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_STR(seen[0], "en");
    CHECK_STR(seen[1], "dzisiaj");
    CHECK_STR(C_("day", "today"), "vandaag");
}

TEST(a_marked_text_in_a_table_is_found_later)
{
    static const struct i18n_msg m = NC_("day", "today");
    i18n_use("nl");
    CHECK_STR(i18n_msg(m), "vandaag");
    i18n_use("en");
    CHECK_STR(i18n_msg(m), "today");
}

TEST(the_pseudo_language_needs_no_catalog_and_keeps_its_texts)
{
    i18n_use("xx");
    const char *s = i18n_text("Choose a time");
    CHECK(strstr(s, "Çĥóóšé á ţíḿé") != NULL);
    CHECK(i18n_text("Choose a time") == s);
    CHECK(strstr(i18n_plural("{n} day", "{n} days", 2), "{n}") != NULL);
    CHECK(i18n_lang_ready("xx"));
}

TEST(without_memory_the_text_is_English)
{
    i18n_use("xx");
    mem_fail_from(1);
    const char *s = i18n_text("A text that was not asked for before.");
    mem_fail_from(0);
    CHECK_STR(s, "A text that was not asked for before.");
}

TEST(a_damaged_or_missing_catalog_gives_English)
{
    char path[512];
    const char *before = getenv("DYNAMO_SHARE");
    CLEANUP(mem_freep) char *share = before ? mem_dup_str(before) : NULL;
    (void)snprintf(path, sizeof(path), "%s/locale", check_tmpdir());
    CHECK_INT(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof(path), "%s/locale/ro.mo", check_tmpdir());
    FILE *f = fopen(path, "wb");
    CHECK(f && fputs("no catalog", f) >= 0 && fclose(f) == 0);
    CHECK_INT(setenv("DYNAMO_SHARE", check_tmpdir(), 1), 0);
    for (int i = 0; i < 2; i++) { /* also the second time, from what is kept */
        i18n_use("ro");
        CHECK_STR(C_("day", "tomorrow"), "tomorrow");
        CHECK(!i18n_lang_ready("ro"));
        i18n_use("bg");
        CHECK_STR(P_("one day", "{n} days", 3), "{n} days");
        CHECK(!i18n_lang_ready("bg"));
    }
    CHECK_INT(share ? setenv("DYNAMO_SHARE", share, 1) : unsetenv("DYNAMO_SHARE"), 0);
}
