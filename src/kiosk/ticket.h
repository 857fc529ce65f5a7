/*
 * src/kiosk/ticket.h - the words on the paper of a visitor.
 *
 * In the visitor's language; `ui` lends its room for texts.
 */
#ifndef KIOSK_TICKET_H
#define KIOSK_TICKET_H

#include "base/buf.h"
#include "print/ticket.h"
#include "screens/session.h"
#include "ui/ui.h"

struct ticket_paper {
    const struct session *session;
    struct ui *ui;
    const struct print_painter *painter; /* NULL: the printer's own letters */
};

/* The bytes of what the ticket page shows. */
NODISCARD enum err ticket_print(const struct ticket_paper *p, struct buf *out);
/* Again, by staff: the number alone. */
NODISCARD enum err ticket_print_again(const struct ticket_paper *p, struct buf *out);
NODISCARD enum err ticket_print_test(const struct ticket_paper *p, struct buf *out);

#endif
