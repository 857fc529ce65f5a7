/* What a roster's checks say, for who did not write a file: places and faults in plain words. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "desk/roster_edit.h"
#include "i18n/i18n.h"

static const struct {
    const char *in;
    struct i18n_msg label; /* holds {n}, the row as people count */
} lists[] = {
    { "/availability/", NC_("roster place", "Working hours, row {n}") },
    { "/opening/", NC_("roster place", "Opening hours, row {n}") },
    { "/breaks/", NC_("roster place", "Breaks, row {n}") },
    { "/closures/", NC_("roster place", "Closed days, row {n}") },
    { "/exceptions/", NC_("roster place", "Days off, row {n}") },
};

void roster_words_place(const char *pointer, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        const char *at = strstr(pointer, lists[i].in);
        const char *row = at ? at + strlen(lists[i].in) : "";
        if (!isdigit((unsigned char)*row))
            continue;
        i18n_format(out, i18n_msg(lists[i].label),
                    { "n", .number = (int64_t)strtol(row, NULL, 10) + 1 });
        return;
    }
    buf_adds(out, pointer[0] ? pointer : "/");
}

/* The checks of core speak English; these are the ones that a form can meet. */
static const struct {
    const char *said; /* the beginning of it */
    struct i18n_msg words;
} faults[] = {
    { "must be later than from", NC_("roster fault", "The end must be later than the beginning.") },
    { "must not be before valid_from",
      NC_("roster fault", "The last day must not be before the first.") },
    { "must be a multiple of 5", NC_("roster fault", "Times go by 5 minutes.") },
    { "overlaps entry", NC_("roster fault", "These hours overlap another row.") },
    { "must not be before from", NC_("roster fault", "The last day must not be before the first.") },
    { "must name a weekday", NC_("roster fault", "Choose a day of the week.") },
    { "must name walk_in", NC_("roster fault", "Choose what these hours are for.") },
    { "is empty or holds", NC_("roster fault", "Something must be filled in here.") },
    { "lies outside all opening hours",
      NC_("roster fault", "This lies outside the hours in which the house takes appointments.") },
    { "is empty: this coach",
      NC_("roster fault", "Without a subject this coach gets only who asks for them.") },
};

const char *roster_words_fault(const char *said)
{
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        if (strncmp(said, faults[i].said, strlen(faults[i].said)) == 0)
            return i18n_msg(faults[i].words);
    return said;
}
