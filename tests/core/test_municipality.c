#include "core/municipality.h"

#include <string.h>

#include "tests/lib/check.h"

TEST(the_five_municipalities_stand_by_name)
{
    for (size_t i = 0; i + 1 < MUNICIPALITY_COUNT; i++)
        CHECK(strcmp(municipality_at(i)->name, municipality_at(i + 1)->name) < 0);
    CHECK(municipality_at(MUNICIPALITY_COUNT) == NULL);
    CHECK_STR(municipality_find("1674")->name, "Roosendaal");
    CHECK_STR(municipality_find("0748")->name, "Bergen op Zoom");
    CHECK_STR(municipality_find("0873")->name, "Woensdrecht");
    CHECK_STR(municipality_find("0851")->name, "Steenbergen");
    CHECK_STR(municipality_find("1655")->name, "Halderberge");
    CHECK(municipality_find("0758") == NULL);
    CHECK(municipality_find("") == NULL);
}

TEST(a_municipality_code_is_four_digits)
{
    CHECK(municipality_code_valid("0363"));
    CHECK(!municipality_code_valid("363"));
    CHECK(!municipality_code_valid("GM1674"));
    CHECK(!municipality_code_valid("16740"));
    CHECK(!municipality_code_valid(""));
}
