#include "core/ticket.h"

#include <stdio.h>
#include <string.h>

bool ticket_series_valid(char series)
{
    return series != '\0' && strchr(TICKET_SERIES, series) != NULL;
}

void ticket_format(struct ticket t, char out[TICKET_SIZE])
{
    snprintf(out, TICKET_SIZE, "%c%02u", t.series, (unsigned)t.number % (TICKET_NUMBER_MAX + 1u));
}

enum err ticket_parse(const char *s, struct ticket *ret_ticket)
{
    struct ticket t = { .series = s[0] >= 'a' && s[0] <= 'z' ? (char)(s[0] - 'a' + 'A') : s[0] };
    size_t digits = ticket_series_valid(t.series) ? strspn(s + 1, "0123456789") : 0;
    if (digits < 2 || digits > 4 || s[1 + digits] != '\0')
        return ERR_FORMAT;
    for (size_t i = 1; i <= digits; i++)
        t.number = t.number * 10 + (s[i] - '0');
    if (t.number == 0 || (digits > 2 && s[1] == '0'))
        return ERR_FORMAT;
    *ret_ticket = t;
    return ERR_OK;
}
