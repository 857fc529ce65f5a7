/*
 * src/register/step.h - one outbox record as an ordered list of calls.
 *
 * register_expand() makes the steps of a record once, at its first try; their
 * bodies are stored as they are and never made again, so a retry sends the same
 * bytes. What is not known at that moment stands in a body as a placeholder, a
 * whole JSON string: "{zaak}", "{betrokkene}", "{klantcontact}", or the url of
 * a type by name, "{status:Verschenen}". Placeholders count only under keys that
 * never carry what a person typed; register_call_make() puts the urls in.
 */
#ifndef REGISTER_STEP_H
#define REGISTER_STEP_H

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "core/record.h"
#include "register/settings.h"

enum register_step_kind {
    STEP_NONE = 0,
    STEP_ZAAK,            /* POST zaken */
    STEP_ROL_INITIATOR,   /* POST rollen; at most one on a zaak */
    STEP_ROL_BEHANDELAAR, /* POST rollen, not unique */
    STEP_STATUS,          /* POST statussen */
    STEP_EIGENSCHAP,      /* POST zaakeigenschappen, or PATCH where there is one */
    STEP_KLANTCONTACT,    /* POST maak-klantcontact */
    STEP_ADDRESS,         /* POST digitaleadressen, not unique */
    STEP_TASK,            /* POST internetaken */
    STEP_TASK_DONE,       /* PATCH internetaken: verwerkt */
    STEP_KIND_COUNT
};

#define REGISTER_NAME_SIZE 49
#define REGISTER_KEY_SIZE 65

/* Everything of a step that must be kept; the kind is told by the name. */
struct register_step {
    enum register_step_kind kind;
    char name[REGISTER_NAME_SIZE];       /* unique in its record: "eigenschap.afspraak_begin" */
    char key[REGISTER_KEY_SIZE];         /* what the register knows it by: identificatie, instant, ... */
    char depends_on[REGISTER_NAME_SIZE]; /* step of the same record that must be done; "" none */
    char *body;                          /* frozen JSON with placeholders; owned */
};

#define REGISTER_STEPS_MAX 8

struct register_steps {
    struct register_step v[REGISTER_STEPS_MAX];
    size_t n;
};

/* Addresses that earlier steps of the chain gave; empty where not known. */
struct register_refs {
    char zaak[REGISTER_URL_SIZE];
    char zaaktype[REGISTER_URL_SIZE];     /* the version of it under which the zaak was opened */
    char klantcontact[REGISTER_URL_SIZE]; /* of the same record, with "#betrokkene=UUID" */
    char task[REGISTER_URL_SIZE];         /* the chain's internetaak */
};

/*
 * The steps of a record, in order. `refs` says what the chain already has: with
 * no internetaak in it, no step closes one. ERR_INVAL the record is not valid or
 * has no number, or the profile is none; ERR_NOMEM.
 */
NODISCARD enum err register_expand(const struct register_settings *s, const struct outbox_record *r,
                                   const struct register_refs *refs,
                                   struct register_steps *ret_steps);
void register_steps_done(struct register_steps *steps);

/* STEP_NONE for a name that no step has. */
enum register_step_kind register_step_kind_of(const char *name);

/* Puts a done step's result where the steps after it find it. */
void register_refs_note(struct register_refs *refs, enum register_step_kind kind, const char *result);

/* "DYN-01-<chain>": unique with the RSIN in the whole register. */
void register_zaak_key(const struct outbox_record *r, char out[REGISTER_KEY_SIZE]);

#endif
