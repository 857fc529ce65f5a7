/* Which coaches are ours, and days that change hands. */
#include <string.h>

#include "base/log.h"
#include "store/roster_text.h"
#include "sync/inside.h"

/* ---- the roster ---- */

static enum err add_coaches(struct sync *s, const struct roster *r)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < r->n_coaches; i++)
        e = line(s, region_coach_add(s->r, r->coaches[i].id));
    return e;
}

/* What other houses see of this one: its hours, services and coaches. */
static enum err publish(struct sync *s, int64_t version)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster r = { 0 };
    enum err e = store_roster_get(s->store, version, &json);
    if (e == ERR_OK)
        e = roster_parse(buf_str(&json), json.n, &notes, &r);
    if (e != ERR_OK)
        return e == ERR_FORMAT ? ERR_CORRUPT : e;
    e = line(s, region_publish(s->r, r.site.name, buf_str(&json)));
    if (e == ERR_OK)
        e = add_coaches(s, &r);
    if (e == ERR_OK)
        s->roster_version = version;
    return e;
}

/* What is booked already in blocks that are shared from now on is told first. */
static enum err open_coach(struct sync *s, const char *coach)
{
    CLEANUP(agenda_rows_done) struct agenda_rows agenda = { 0 };
    utc_ms now = clock_wall_ms(s->clock);
    int64_t asked = 0;
    enum err e = store_region_agenda_of(s->store, coach, now, &agenda);
    if (e == ERR_OK)
        e = line(s, region_tell_agenda(s->r, &agenda));
    if (e == ERR_OK)
        e = store_seats_publish(s->store, coach, CIVIL_DAY_NONE, now);
    if (e == ERR_OK)
        e = sync_seats(s);
    if (e == ERR_OK)
        e = store_seats_asked(s->store, coach, &asked);
    return e == ERR_OK && asked == 0 ? line(s, region_coach_open(s->r, coach)) : e;
}

enum err sync_coaches(struct sync *s)
{
    int64_t version = 0;
    enum err e = store_roster_version(s->store, &version);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e == ERR_OK && version != s->roster_version)
        e = publish(s, version);
    CLEANUP(mirror_done) struct mirror shut = { 0 };
    if (e == ERR_OK)
        e = line(s, region_coaches_shut(s->r, &shut));
    for (size_t i = 0; e == ERR_OK && i < shut.n_coaches; i++)
        e = open_coach(s, shut.coaches[i].coach);
    return e;
}

/* ---- days ---- */

/* The house offers nothing of that day any more (the mirror says so already); what it has
 * booked there is told, and then the day goes. */
static enum err give_day(struct sync *s, const struct mirror_day *d)
{
    int64_t asked = 0;
    enum err e = store_seats_publish(s->store, d->coach, d->day, 0);
    if (e == ERR_OK)
        e = sync_seats(s);
    if (e == ERR_OK)
        e = store_seats_asked(s->store, d->coach, &asked);
    if (e != ERR_OK || asked > 0)
        return e;
    sync_hurry(s);
    return line(s, region_hand_over(s->r, d->coach, d->day));
}

/* Only those that the stored mirror shows as going: a house that still offers a day keeps it. */
static bool stored_as_going(const struct mirror *m, const struct mirror_day *d)
{
    for (size_t i = 0; i < m->n_days; i++)
        if (m->days[i].day == d->day && !m->days[i].here && strcmp(m->days[i].coach, d->coach) == 0)
            return true;
    return false;
}

enum err sync_days(struct sync *s)
{
    CLEANUP(mirror_done) struct mirror going = { 0 };
    CLEANUP(mirror_done) struct mirror stored = { 0 };
    enum err e = line(s, region_days_going(s->r, &going));
    if (e != ERR_OK || going.n_days == 0)
        return e;
    e = store_mirror_get(s->store, &stored);
    for (size_t i = 0; e == ERR_OK && i < going.n_days; i++)
        if (stored_as_going(&stored, &going.days[i]))
            e = give_day(s, &going.days[i]);
    return e;
}
