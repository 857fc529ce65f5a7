#include "register/types.h"

#include <string.h>

#include "register/json.h"

static const struct {
    const char *mark, *name;
} rows[TYPE_COUNT] = {
    [TYPE_ZAAK] = { "{zaaktype}", "zaaktype" },
    [TYPE_STATUS_REGISTERED] = { "{status:Aangemeld}", "Aangemeld" },
    [TYPE_STATUS_BOOKED] = { "{status:Afspraak gepland}", "Afspraak gepland" },
    [TYPE_STATUS_CANCELLED] = { "{status:Afspraak geannuleerd}", "Afspraak geannuleerd" },
    [TYPE_STATUS_ATTENDED] = { "{status:Verschenen}", "Verschenen" },
    [TYPE_STATUS_NO_SHOW] = { "{status:Niet verschenen}", "Niet verschenen" },
    [TYPE_ROL_INITIATOR] = { "{rol:initiator}", "initiator" },
    [TYPE_ROL_BEHANDELAAR] = { "{rol:behandelaar}", "behandelaar" },
    [TYPE_PROP_APPOINTMENT] = { "{eigenschap:afspraak_begin}", "afspraak_begin" },
    [TYPE_PROP_NOTICE] = { "{eigenschap:privacyverklaring}", "privacyverklaring" },
    [TYPE_PROP_REMINDER] = { "{eigenschap:toestemming_herinnering}", "toestemming_herinnering" },
};

const char *register_type_mark(enum register_type t)
{
    return rows[t].mark;
}

const char *register_type_name(enum register_type t)
{
    return rows[t].name;
}

enum register_type register_type_of_mark(const char *mark)
{
    int t = 0;
    while (t < TYPE_COUNT && strcmp(mark, rows[t].mark) != 0)
        t++;
    return (enum register_type)t;
}

bool register_types_are_of(const struct register_types *t, const char *zaaktype)
{
    return zaaktype[0] == '\0' || url_same_tail(zaaktype, t->url[TYPE_ZAAK]);
}

size_t register_types_missing(const struct register_types *t, enum register_type *ret_first)
{
    size_t n = 0;
    for (int i = TYPE_COUNT - 1; i >= 0; i--)
        if (t->url[i][0] == '\0') {
            *ret_first = (enum register_type)i;
            n++;
        }
    return n;
}
