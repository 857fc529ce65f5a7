#include "core/municipality.h"

#include <string.h>

#include "base/attr.h"

static const struct municipality table[MUNICIPALITY_COUNT] = {
    { "0748", "Bergen op Zoom" }, { "1655", "Halderberge" }, { "1674", "Roosendaal" },
    { "0851", "Steenbergen" },    { "0873", "Woensdrecht" },
};

const struct municipality *municipality_at(size_t i)
{
    return i < ARRAY_LEN(table) ? &table[i] : NULL;
}

const struct municipality *municipality_find(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (strcmp(table[i].code, code) == 0)
            return &table[i];
    return NULL;
}

bool municipality_code_valid(const char *code)
{
    return strspn(code, "0123456789") == 4 && code[4] == '\0';
}
