/*
 * src/config/options.h - every setting, in one table, and the reader of dynamo.conf.
 *
 * The table (section, name, type, unit, range, default, help) is what the
 * parser, the validation, --help-config and the manual page read. The file is
 * in ini form; an unknown section or option, a value out of its range and an
 * option given twice are refused, and the fault names file, line and option.
 * The values themselves hold no secrets: a secret is the name of a file.
 */
#ifndef CONFIG_OPTIONS_H
#define CONFIG_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

#define CONFIG_TEXT_MAX 256  /* room of a text, its NUL included */
#define CONFIG_LIST_MAX 1024 /* room of a long text or list, its NUL included */
#define CONFIG_DEFAULT_FILE "/etc/dynamo/dynamo.conf"
#define CONFIG_DEFAULT_DB "/var/lib/dynamo/dynamo.db"

/* Every field is what the file says, or the default of the table: never out of
 * range. An empty text means "not set". */
struct config {
    struct {
        char id[41];
        int kiosk; /* number of this screen in the house, part of its log lines */
    } site;
    struct {
        char profile[24]; /* "zgw", "klantinteracties" or "none" */
        char zaken_url[CONFIG_TEXT_MAX];
        char catalogi_url[CONFIG_TEXT_MAX];
        char klantinteracties_url[CONFIG_TEXT_MAX];
        char client_id[64];
        char secret_file[CONFIG_TEXT_MAX]; /* secret of the JWT, or the token */
        char rsin[10];                     /* nine digits that pass the 11-test, or "" */
        char zaaktype[51];                 /* identificatie of the zaaktype */
        char kanaal[51];
        char actor[37]; /* uuid at Klantinteracties */
        char ca_file[CONFIG_TEXT_MAX];
        char cert_file[CONFIG_TEXT_MAX];
        char key_file[CONFIG_TEXT_MAX];
        char proxy[CONFIG_TEXT_MAX];         /* "http://host:port" */
        char extra_headers[CONFIG_LIST_MAX]; /* "Name: value | Name: value" */
        int rate_per_s;
        int connections;
        int connect_timeout_s;
        int timeout_s; /* one exchange, all of it */
        int alarm_h;   /* age of the oldest unsent record at which health calls a person */
    } reg; /* [register], which is a keyword of C */
    struct {
        char device[CONFIG_TEXT_MAX]; /* path, "file:PATH" or "" for none */
        int width_dots;
        int timeout_s;
        bool auto_print; /* print each ticket without being asked */
        bool cut;
    } printer;
    struct {
        char listen[CONFIG_TEXT_MAX]; /* "unix:PATH", "127.0.0.1:PORT" or "[::1]:PORT" */
        char hosts[CONFIG_TEXT_MAX];  /* names with spaces between */
        bool certificates;            /* second factor: the device's; else TOTP */
        int idle_min;
        int session_h;
        char metrics_token_file[CONFIG_TEXT_MAX];
    } desk;
    struct {
        double diagonal_in;
        int mount_bottom_mm; /* lower edge of the picture above the floor */
        char turned[4];      /* "0", "90", "180" or "270": degrees clockwise of the panel */
        char theme[12];      /* "light", "dark" or "contrast" */
        char text[12];       /* "normal" or "large" */
        char lang[8];        /* code of the first language */
        double room_diagonal_in; /* the waiting-room screen */
        char room_langs[64];     /* codes in which a call is spoken, spaces between */
        char room_theme[12];     /* "light", "dark" or "contrast" */
        bool room_still;         /* a call does not pulse */
    } display;
    struct {
        int ask_s;    /* without a touch until "are you still there" */
        int wipe_s;   /* from the question to the wipe */
        int ticket_s; /* the ticket screen stays this long */
    } idle;
    struct {
        bool on;
        int volume;       /* percent, at the start of every visit */
        bool speak_calls; /* the waiting room says number and room */
    } sound;
    struct {
        char municipalities[CONFIG_LIST_MAX]; /* "1674 Roosendaal, 0748 Bergen op Zoom" */
        char too_young_phone[CONFIG_TEXT_MAX];
        char too_young_url[CONFIG_TEXT_MAX];
        char too_old_name[CONFIG_TEXT_MAX];
        char too_old_address[CONFIG_TEXT_MAX];
        char too_old_phone[CONFIG_TEXT_MAX];
        char too_old_url[CONFIG_TEXT_MAX];
        char privacy_url[CONFIG_TEXT_MAX];
        char privacy_contact[CONFIG_TEXT_MAX];
        char house_phone[CONFIG_TEXT_MAX];
        char house_address[CONFIG_TEXT_MAX];
        bool book_when_closed;
    } visit;
    struct {
        int follow_up_days; /* house and desk open a past day's names for so long */
        int sent_days;  /* people's data after their record is in the register */
        int audit_days;
    } retention;
    struct {
        char conninfo[CONFIG_LIST_MAX]; /* of libpq; "": no region */
        int wait_s;                     /* one statement there */
    } region;
    struct {
        char fonts[CONFIG_TEXT_MAX];
        char keys[CONFIG_TEXT_MAX]; /* folder of the keyring; "" is beside the database */
    } paths;
};

enum option_type {
    OPTION_TEXT,   /* min..max bytes of UTF-8 without control characters */
    OPTION_PATH,   /* absolute, or "" where min is 0 */
    OPTION_INT,    /* min..max */
    OPTION_REAL,   /* min..max, with a decimal point */
    OPTION_BOOL,   /* yes or no */
    OPTION_CHOICE, /* one of `choices` */
    OPTION_URL,    /* https://HOST..., http:// for this machine only, or "" */
    OPTION_LINK,   /* http:// or https://, for people to open, or "" */
    OPTION_RSIN,   /* nine digits that pass the 11-test, or "" */
    OPTION_LISTEN, /* unix:PATH, 127.0.0.1:PORT or [::1]:PORT */
    OPTION_DEVICE, /* absolute path, file:PATH, or "" */
    OPTION_LIST,   /* some of `choices`, spaces between */
    OPTION_HEADERS,       /* "Name: value | Name: value", or "" */
    OPTION_MUNICIPALITIES /* "CODE Name, CODE Name", codes of four digits */
};

struct option_row {
    const char *section;
    const char *name;
    enum option_type type;
    const char *unit;    /* "s", "mm", "in", ... or "" */
    double min, max;     /* of a number; of a text its length in bytes */
    const char *choices; /* of OPTION_CHOICE and OPTION_LIST, spaces between */
    const char *def;     /* as it would stand in the file */
    const char *help;    /* one or two English sentences */
    size_t offset;       /* of the field in struct config */
    size_t room;         /* sizeof the field */
};

/* The table, in the order of the manual. */
const struct option_row *config_options(size_t *ret_n);

/* One line that says what is wrong: "/etc/dynamo/dynamo.conf:12: [idle] ask_s: ...". */
struct config_fault {
    char text[512];
};

/* Every option at its default. Cannot fail: a test proves the defaults valid. */
void config_defaults(struct config *ret_config);

/*
 * Reads `path`. A file that is not there is fine where `may_miss` (the default
 * path): then all is default.
 * ERR_NOT_FOUND, ERR_IO, ERR_LIMIT (over 64 KiB), ERR_FORMAT (fault in it),
 * ERR_NOMEM; each with a line in *ret_fault, and *ret_config as it was.
 */
NODISCARD enum err config_load(const char *path, bool may_miss, struct config *ret_config,
                               struct config_fault *ret_fault);
/* The same for a text; `name` stands in the fault. */
NODISCARD enum err config_parse(const char *name, const char *text, size_t n,
                                struct config *ret_config, struct config_fault *ret_fault);

/* A whole dynamo.conf with every option commented out at its default, its range
 * and its help: what --help-config prints. */
void config_example(struct buf *b);
/* The manual page dynamo.conf(5), in man(7) form. */
void config_manual(struct buf *b);
/* Appends s as man(7) text: a dash that is to be copied, a backslash, and a dot or quote
 * that starts a line are written in their own way. */
void config_add_roff(struct buf *b, const char *s);

/* Walks a value of a list type: copies the next item and moves *list behind it.
 * False at the end. Items are trimmed; an item longer than n - 1 bytes is cut. */
bool config_list_next(const char **list, char separator, char *out, size_t n);

#endif
