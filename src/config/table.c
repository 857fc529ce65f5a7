#include "config/options.h"

#define AT(field) offsetof(struct config, field), sizeof(((struct config *)0)->field)
#define ROOM(field) ((double)sizeof(((struct config *)0)->field) - 1)

/* section, name, type, unit, min, max, choices, default, help, field */
#define NUMBER(s, n, field, unit, min, max, def, help) \
    { s, n, OPTION_INT, unit, min, max, NULL, def, help, AT(field) }
#define REAL(s, n, field, unit, min, max, def, help) \
    { s, n, OPTION_REAL, unit, min, max, NULL, def, help, AT(field) }
#define BOOL(s, n, field, def, help) \
    { s, n, OPTION_BOOL, "", 0, 0, NULL, def, help, AT(field) }
#define CHOICE(s, n, field, choices, def, help) \
    { s, n, OPTION_CHOICE, "", 1, ROOM(field), choices, def, help, AT(field) }
#define WORDS(s, n, field, type, min, def, help) \
    { s, n, type, "", min, ROOM(field), NULL, def, help, AT(field) }
#define LANGS "nl en pl ar tr uk ti ro bg pap es fa"

static const struct option_row rows[] = {
    WORDS("site", "id", site.id, OPTION_TEXT, 1, "dynamo",
          "Short name of the house, as in the roster."),
    NUMBER("site", "kiosk", site.kiosk, "", 1, 99, "1",
           "Number of this screen within the house."),

    CHOICE("register", "profile", reg.profile, "zgw klantinteracties none", "none",
           "Which APIs the case register offers. With none, records stay queued."),
    WORDS("register", "zaken_url", reg.zaken_url, OPTION_URL, 0, "",
          "Where the Zaken API starts: https://register.example/zaken/api/v1"),
    WORDS("register", "catalogi_url", reg.catalogi_url, OPTION_URL, 0, "",
          "Where the Catalogi API starts: https://register.example/catalogi/api/v1"),
    WORDS("register", "klantinteracties_url", reg.klantinteracties_url, OPTION_URL, 0, "",
          "Where the Klantinteracties API starts."),
    WORDS("register", "client_id", reg.client_id, OPTION_TEXT, 0, "",
          "Name by which the register knows this kiosk."),
    WORDS("register", "secret_file", reg.secret_file, OPTION_PATH, 0, "",
          "File with the secret (zgw) or the token (klantinteracties). Only the upload may read it."),
    WORDS("register", "rsin", reg.rsin, OPTION_RSIN, 0, "",
          "RSIN of the responsible municipality: nine digits."),
    WORDS("register", "zaaktype", reg.zaaktype, OPTION_TEXT, 1, "DYNAMO-INLOOP",
          "Identification of the case type; its address is looked up at each run."),
    WORDS("register", "kanaal", reg.kanaal, OPTION_TEXT, 1, "kiosk",
          "Channel that a client contact names."),
    WORDS("register", "actor", reg.actor, OPTION_TEXT, 0, "",
          "UUID of the actor who gets internal tasks; without it none are made."),
    WORDS("register", "ca_file", reg.ca_file, OPTION_PATH, 0, "",
          "Certificates that the register is checked against. Empty: those of the system."),
    WORDS("register", "cert_file", reg.cert_file, OPTION_PATH, 0, "",
          "Client certificate for two-sided TLS."),
    WORDS("register", "key_file", reg.key_file, OPTION_PATH, 0, "",
          "Private key of the client certificate."),
    WORDS("register", "proxy", reg.proxy, OPTION_LINK, 0, "",
          "Proxy on the way to the register: http://proxy.example:3128. What the environment says "
          "of proxies does not count."),
    WORDS("register", "extra_headers", reg.extra_headers, OPTION_HEADERS, 0, "",
          "Headers sent with every call: Name: value | Name: value"),
    NUMBER("register", "rate_per_s", reg.rate_per_s, "calls/s", 1, 1000, "5",
           "At most this many calls a second; 1000 lifts the limit."),
    NUMBER("register", "connections", reg.connections, "", 1, 64, "8",
           "Calls under way at the same time when the limit is lifted, over HTTP/2 as streams of "
           "one connection; else there is one connection and one call at a time."),
    NUMBER("register", "connect_timeout_s", reg.connect_timeout_s, "s", 1, 60, "10",
           "How long a connection may take to come about."),
    NUMBER("register", "timeout_s", reg.timeout_s, "s", 5, 300, "60",
           "How long one call may take in all."),
    NUMBER("register", "alarm_h", reg.alarm_h, "h", 1, 720, "36",
           "Health asks for a person when the oldest unsent record is older."),

    WORDS("printer", "device", printer.device, OPTION_DEVICE, 0, "",
          "Ticket printer: /dev/usb/lp0, or file:PATH to keep the bytes. Empty: no printer."),
    NUMBER("printer", "width_dots", printer.width_dots, "dots", 256, 832, "576",
           "Printable width: 576 on paper of 80 mm, 384 on 58 mm."),
    NUMBER("printer", "timeout_s", printer.timeout_s, "s", 1, 120, "15",
           "A ticket that is not printed by then counts as failed."),
    BOOL("printer", "auto_print", printer.auto_print, "yes",
         "Print each ticket once without being asked."),
    BOOL("printer", "cut", printer.cut, "yes", "The printer has a cutter."),

    WORDS("desk", "listen", desk.listen, OPTION_LISTEN, 1, "unix:/run/dynamo/desk.sock",
          "Where the coaches' page listens, behind nginx: unix:PATH. "
          "For development: 127.0.0.1:PORT."),
    WORDS("desk", "hosts", desk.hosts, OPTION_TEXT, 0, "",
          "Names and addresses by which browsers reach the coaches' page, spaces between: "
          "desk.dynamo.lan 192.168.1.20. Requests for any other name are refused."),
    BOOL("desk", "certificates", desk.certificates, "no",
         "The device's client certificate, checked by nginx, is the second factor. No: TOTP."),
    NUMBER("desk", "idle_min", desk.idle_min, "min", 1, 60, "10",
           "A coach is logged out after this long without a touch."),
    NUMBER("desk", "session_h", desk.session_h, "h", 1, 24, "12",
           "A coach is logged out after this long in any case."),
    WORDS("desk", "metrics_token_file", desk.metrics_token_file, OPTION_PATH, 0, "",
          "File with the token that opens /health and /metrics from elsewhere."),

    REAL("display", "diagonal_in", display.diagonal_in, "in", 7, 65, "15.6",
         "Diagonal of the touchscreen. All sizes in millimetres follow from it."),
    NUMBER("display", "mount_bottom_mm", display.mount_bottom_mm, "mm", 0, 2000, "850",
           "Height of the picture's lower edge above the floor. Controls stay within reach."),
    CHOICE("display", "turned", display.turned, "0 90 180 270", "0",
           "Degrees by which the panel hangs turned clockwise, seen from the front. "
           "Picture and touch are turned back."),
    CHOICE("display", "theme", display.theme, "light dark contrast", "light",
           "Look at the start of every visit."),
    CHOICE("display", "text", display.text, "normal large", "normal",
           "Size of text at the start of every visit."),
    CHOICE("display", "lang", display.lang, LANGS, "nl",
           "Language at the start of every visit."),
    REAL("display", "room_diagonal_in", display.room_diagonal_in, "in", 15, 100, "43",
         "Diagonal of the waiting-room screen."),
    { "display", "room_langs", OPTION_LIST, "", 1, ROOM(display.room_langs), LANGS, "nl en",
      "Languages in which the waiting room says a call, in this order.", AT(display.room_langs) },
    CHOICE("display", "room_theme", display.room_theme, "light dark contrast", "dark",
           "Look of the waiting-room screen."),
    BOOL("display", "room_still", display.room_still, "no",
         "The waiting-room screen does not pulse at a call."),

    NUMBER("idle", "ask_s", idle.ask_s, "s", 20, 600, "60",
           "Without a touch for this long, the screen asks whether someone is there."),
    NUMBER("idle", "wipe_s", idle.wipe_s, "s", 20, 300, "30",
           "Without an answer for this long, everything typed is wiped."),
    NUMBER("idle", "ticket_s", idle.ticket_s, "s", 10, 300, "25",
           "How long the ticket stays on the screen."),

    BOOL("sound", "on", sound.on, "yes", "Ticks, chimes and speech."),
    NUMBER("sound", "volume", sound.volume, "%", 0, 100, "60",
           "Volume at the start of every visit; at most 65 dBA where people stand."),
    BOOL("sound", "speak_calls", sound.speak_calls, "yes",
         "The waiting room says number and room."),

    WORDS("visit", "municipalities", visit.municipalities, OPTION_MUNICIPALITIES, 1,
          "0748 Bergen op Zoom, 1655 Halderberge, 1674 Roosendaal, 0851 Steenbergen, "
          "0873 Woensdrecht",
          "Municipalities to choose from, by CBS code, in the order of the screen."),
    WORDS("visit", "too_young_phone", visit.too_young_phone, OPTION_TEXT, 0, "",
          "Phone of the attendance officer, for visitors who are too young."),
    WORDS("visit", "too_young_url", visit.too_young_url, OPTION_LINK, 0, "",
          "Page of the attendance officer, shown as a QR code."),
    WORDS("visit", "too_old_name", visit.too_old_name, OPTION_TEXT, 0, "",
          "Who helps visitors who are too old."),
    WORDS("visit", "too_old_address", visit.too_old_address, OPTION_TEXT, 0, "",
          "Where that is."),
    WORDS("visit", "too_old_phone", visit.too_old_phone, OPTION_TEXT, 0, "",
          "Phone of that place."),
    WORDS("visit", "too_old_url", visit.too_old_url, OPTION_LINK, 0, "",
          "Page of that place, shown as a QR code."),
    WORDS("visit", "privacy_url", visit.privacy_url, OPTION_LINK, 0, "",
          "The whole privacy notice, shown as a QR code."),
    WORDS("visit", "privacy_contact", visit.privacy_contact, OPTION_TEXT, 0, "",
          "How to reach the data protection officer."),
    WORDS("visit", "house_phone", visit.house_phone, OPTION_TEXT, 0, "",
          "Phone of the house, shown when it is closed."),
    WORDS("visit", "house_address", visit.house_address, OPTION_TEXT, 0, "",
          "Address of the house, for the appointment in a visitor's calendar."),
    BOOL("visit", "book_when_closed", visit.book_when_closed, "yes",
         "Appointments can be made outside the opening hours."),

    NUMBER("retention", "follow_up_days", retention.follow_up_days, "days", 0, 90, "7",
           "House and desk can open the names of a past day for this long. A dead letter of that "
           "day, or an appointment that was moved from it, keeps them."),
    NUMBER("retention", "sent_days", retention.sent_days, "days", 1, 365, "14",
           "A person's data go this long after the register has them. Unsent data never go."),
    NUMBER("retention", "audit_days", retention.audit_days, "days", 30, 3650, "730",
           "How long audit lines stay. They hold no names."),

    WORDS("region", "conninfo", region.conninfo, OPTION_TEXT, 0, "",
          "The region's PostgreSQL, as libpq takes it: host=db1.example,db2.example dbname=dynamo "
          "user=site_roosendaal sslmode=verify-full sslrootcert=... sslcert=... sslkey=..."),
    NUMBER("region", "wait_s", region.wait_s, "s", 1, 120, "10",
           "One statement there is given up after this long, and the line with it."),

    WORDS("paths", "fonts", paths.fonts, OPTION_PATH, 1, "/usr/share/fonts/truetype/noto",
          "Folder with Noto Sans, Noto Sans Arabic and Noto Sans Ethiopic."),
    WORDS("paths", "keys", paths.keys, OPTION_PATH, 0, "",
          "Folder of the keyring. Empty: beside the database."),
};

const struct option_row *config_options(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(rows);
    return rows;
}
