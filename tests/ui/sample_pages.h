/*
 * tests/ui/sample_pages.h - pages as the screens describe them, in Dutch and
 * Arabic, to lay out in every canvas, theme and size. People are fictitious.
 */
#ifndef TESTS_UI_SAMPLE_PAGES_H
#define TESTS_UI_SAMPLE_PAGES_H

#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "ui/tree.h"
#include "ui/ui.h"

static const struct ui_words words_nl = {
    .brand = "Dynamo", .back = "Terug", .help = "Hulp", .next = "Verder", .language = "Taal",
    .speak = "Voorlezen", .hush = "Stil", .letters = "Letters", .stop = "Stop",
    .space = "spatie", .erase = "wissen", .shift = "hoofdletter", .accents = "letters met teken",
    .letters_key = "letters", .digits_key = "cijfers", .chosen = "gekozen", .empty = "leeg",
    .error = "Let op", .disabled = "kan nu niet", .dot = "stip",
    .more = "Meer",
};

static const struct ui_words words_ar = {
    .brand = "Dynamo", .back = "رجوع", .help = "مساعدة", .next = "التالي", .language = "اللغة",
    .speak = "اقرأ لي", .hush = "صمت", .letters = "حروف أكبر", .stop = "إيقاف",
    .space = "مسافة", .erase = "حذف", .shift = "حرف كبير", .accents = "حروف خاصة",
    .letters_key = "حروف", .digits_key = "أرقام", .chosen = "مختار", .empty = "فارغ",
    .error = "انتبه", .disabled = "غير متاح الآن", .dot = "نقطة",
    .more = "المزيد",
};

struct sample {
    bool ar;
    const struct ui_words *w;
};

static inline struct sample sample_of(const struct ui *ui)
{
    bool ar = ui_look(ui)->rtl;
    return (struct sample){ ar, ar ? &words_ar : &words_nl };
}

static UNUSED void page_welcome(struct ui *ui)
{
    bool ar = sample_of(ui).ar;
    UI_PAGE(ui, .name = "welcome", .chrome = UI_CHROME_WELCOME,
            .title = ar ? "أهلاً بك. كيف نساعدك؟" : "Welkom. Wat kom je doen?",
            .subtitle = ar ? "المس مربعاً." : "Raak een vlak aan.");
    UI_CHOICES(ui) {
        UI_CHOICE(ui, .id = "welcome.walk_in", .icon = "footprints", .primary = true,
                  .title = ar ? "جئت بدون موعد" : "Ik kom binnenlopen",
                  .hint = ar ? "الانتظار الآن: حوالي 15 دقيقة" : "Wachten nu: ongeveer 15 minuten");
        UI_CHOICE(ui, .id = "welcome.check_in", .icon = "calendar-check", .tint = UI_SUCCESS_TINT,
                  .title = ar ? "لدي موعد" : "Ik heb een afspraak",
                  .hint = ar ? "بالرمز أو بالاسم" : "Met je code of je naam");
        UI_CHOICE(ui, .id = "welcome.appointment", .icon = "calendar-plus", .tint = UI_TINT_SCHOOL,
                  .title = ar ? "حجز موعد أو تغييره" : "Afspraak maken of veranderen",
                  .hint = ar ? "أول وقت متاح: غداً 10:30" : "Eerste vrije moment: morgen 10:30");
    }
    ui_space(ui, 0);
    static const char *const langs[][2] = { { "nl", "Nederlands" }, { "en", "English" },
                                            { "pl", "Polski" },     { "ar", "العربية" },
                                            { "tr", "Türkçe" },     { "uk", "Українська" },
                                            { "ti", "ትግርኛ" } };
    if (ui_portrait(ui_look(ui)))
        ui_section(ui, ar ? "اللغة" : "Taal");
    UI_FLOW(ui) {
        for (size_t i = 0; i < ARRAY_LEN(langs); i++)
            UI_PILL(ui, .id = ui_fmt(ui, "welcome.lang.%s", langs[i][0]), .text = langs[i][1],
                    .lang = langs[i][0], .selected = i == (ar ? 3 : 0));
        UI_PILL(ui, .id = "welcome.languages", .text = "Meer talen");
    }
}

static UNUSED void page_birth(struct ui *ui)
{
    bool ar = sample_of(ui).ar;
    static const char *const nl[] = { "januari", "februari", "maart",     "april",   "mei",      "juni",
                                      "juli",    "augustus", "september", "oktober", "november", "december" };
    static const char *const months_ar[] = { "يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
                                             "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر" };
    UI_PAGE(ui, .name = "birth", .title = ar ? "متى وُلدت؟" : "Wanneer ben je geboren?",
            .subtitle = ar ? "نستخدم هذا فقط لمساعدتك." : "We gebruiken dit alleen om je te helpen.",
            .step = ar ? "الخطوة 1 من 5" : "Stap 1 van 5", .back = true,
            .next = sample_of(ui).w->next, .no_tools = true);
    UI_STEPS(ui) {
        UI_PART(ui, .id = "birth.day", .label = ar ? "اليوم" : "Dag", .value = "17")
            UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 7 : 11)
                for (int d = 1; d <= 31; d++)
                    UI_OPTION(ui, .id = ui_fmt(ui, "birth.day.%d", d), .text = ui_fmt(ui, "%d", d),
                              .selected = d == 17);
        UI_PART(ui, .id = "birth.month", .label = ar ? "الشهر" : "Maand",
                .value = ar ? "مايو" : "mei")
            UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 4 : 6)
                for (int m = 0; m < 12; m++)
                    UI_OPTION(ui, .id = ui_fmt(ui, "birth.month.%d", m + 1),
                              .text = ar ? months_ar[m] : nl[m], .selected = m == 4);
        UI_PART(ui, .id = "birth.year", .label = ar ? "السنة" : "Jaar", .open = true)
            UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 6 : 12) {
                for (int y = 2008; y >= 1999; y--)
                    UI_OPTION(ui, .id = ui_fmt(ui, "birth.year.%d", y), .text = ui_fmt(ui, "%d", y));
                UI_OPTION(ui, .id = "birth.year.earlier", .text = ar ? "قبل ذلك" : "Eerder");
            }
    }
}

static UNUSED void page_day(struct ui *ui)
{
    bool ar = sample_of(ui).ar;
    static const char *const days[][3] = {
        { "di 24 nov", "morgen · 6 vrij", "2026-11-24" }, { "wo 25 nov", "4 vrij", "2026-11-25" },
        { "do 26 nov", "8 vrij", "2026-11-26" },          { "ma 30 nov", "9 vrij", "2026-11-30" },
        { "di 1 dec", "7 vrij", "2026-12-01" },           { "wo 2 dec", "5 vrij", "2026-12-02" },
    };
    static const char *const times[] = { "09:30", "10:30", "11:00", "11:30" };
    UI_PAGE(ui, .name = "day", .title = ar ? "اختر يوماً ووقتاً" : "Kies een dag en een tijd",
            .step = ar ? "الخطوة 4 من 5" : "Stap 4 van 5", .back = true,
            .next = sample_of(ui).w->next);
    UI_CHOICE(ui, .id = "day.first_free", .icon = "clock", .primary = true, .hint_first = true,
              .compact = true, .hint = ar ? "أول وقت متاح" : "Eerste vrije moment",
              .title = ar ? "غداً، الثلاثاء 24 نوفمبر، \u206810:30\u2069"
                          : "morgen, dinsdag 24 november, 10:30");
    ui_section(ui, ar ? "أو اختر يوماً بنفسك" : "Of kies zelf een dag");
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 3 : 6)
        for (size_t i = 0; i < ARRAY_LEN(days); i++)
            UI_OPTION(ui, .id = ui_fmt(ui, "day.%s", days[i][2]), .text = days[i][0],
                      .hint = days[i][1], .selected = i == 0);
    UI_SPLIT(ui) {
        UI_COLUMN(ui) {
            ui_section(ui, ar ? "صباحاً" : "Ochtend");
            UI_GRID(ui, .cols = 4)
                for (size_t i = 0; i < ARRAY_LEN(times); i++)
                    UI_OPTION(ui, .id = ui_fmt(ui, "day.time.%s", times[i]), .text = times[i],
                              .selected = i == 2);
        }
        UI_COLUMN(ui) {
            ui_section(ui, ar ? "بعد الظهر" : "Middag");
            UI_GRID(ui, .cols = 4) {
                UI_OPTION(ui, .id = "day.time.13:30", .text = "13:30");
                UI_OPTION(ui, .id = "day.time.15:00", .text = "15:00");
            }
        }
    }
}

static UNUSED void page_ticket(struct ui *ui)
{
    bool ar = sample_of(ui).ar;
    uint8_t modules[25 * 25];
    for (int i = 0; i < 25 * 25; i++)
        modules[i] = (uint8_t)((i * 7 / 3 + i / 25) % 2);
    UI_PAGE(ui, .name = "ticket", .chrome = UI_CHROME_RESULT, .no_tools = true,
            .title = ar ? "أنت في الدور" : "Je staat in de rij",
            .subtitle = ar ? "اجلس. سننادي رقمك." : "Ga zitten. We roepen je nummer.",
            .step = ar ? "تم" : "Klaar",
            .start = { .id = "ticket.more_time", .text = ar ? "وقت أكثر" : "Meer tijd" },
            .end = { .id = "ticket.done", .text = ar ? "تم · 22" : "Klaar · 22", .kind = UI_MAIN });
    UI_SPLIT(ui) {
        UI_CARD(ui, .middle = true, .gap = 16) {
            UI_NUMBER(ui, .id = "ticket.number", .label = ar ? "رقمك" : "Jouw nummer", .text = "K27");
            UI_BADGE(ui, .id = "ticket.wait", .icon = "clock", .large = true,
                     .text = ar ? "حوالي" : "ongeveer",
                     .strong = ar ? "10 إلى 15 دقيقة" : "10 tot 15 minuten");
            UI_TEXT(ui, .style = UI_BODY, .middle = true, .colour = UI_INK_2,
                    .text = ar ? "هناك 3 أشخاص قبلك. الغرفة: انظر إلى الشاشة."
                               : "Er zijn 3 mensen voor je. Kamer: kijk op het scherm.");
        }
        UI_CARD(ui)
            UI_QR(ui, .id = "ticket.qr", .modules = modules, .side = 25,
                  .say = ar ? "رمز" : "Code voor je telefoon",
                  .title = ar ? "خذ رقمك معك" : "Neem je nummer mee",
                  .text = ar ? "امسح بهاتفك." : "Scan met je telefoon.\nJe hoeft niets te installeren.");
    }
}

static UNUSED void page_name(struct ui *ui)
{
    bool ar = sample_of(ui).ar;
    UI_PAGE(ui, .name = "name", .title = ar ? "ما اسمك؟" : "Hoe heet je?",
            .step = ar ? "الخطوة 2 من 5" : "Stap 2 van 5", .back = true,
            .next = sample_of(ui).w->next, .no_tools = true);
    UI_SPLIT(ui) {
        UI_FIELD(ui, .id = "name.given", .label = ar ? "الاسم الأول" : "Voornaam", .text = "Amina",
                 .personal = true);
        UI_FIELD(ui, .id = "name.family", .label = ar ? "اسم العائلة" : "Achternaam",
                 .text = "van den B", .editing = true, .personal = true,
                 .error = ar ? "اكتب اسم العائلة." : NULL);
    }
    UI_KEYBOARD(ui, .keys = UI_KEYS_NAME, .text = "van den B", .done = ar ? "تم" : "Klaar",
                .dutch = true);
}

static UNUSED void page_check(struct ui *ui)
{
    UI_PAGE(ui, .name = "check", .title = "Klopt dit?", .subtitle = "Je bent er bijna.",
            .step = "Stap 5 van 5", .back = true,
            .end = { .id = "check.confirm", .text = "Zet mij in de rij", .kind = UI_MAIN });
    UI_CARD(ui, .gap = -1) {
        UI_PAIR(ui, .id = "check.name", .label = "Naam", .value = "Amina van den Berg",
                .change_id = "check.name.change", .change = "Verander", .personal = true);
        UI_PAIR(ui, .id = "check.birth", .label = "Geboren", .value = "17 mei 2004",
                .change_id = "check.birth.change", .change = "Verander", .personal = true);
        UI_PAIR(ui, .id = "check.municipality", .label = "Gemeente", .value = "Roosendaal",
                .change_id = "check.municipality.change", .change = "Verander");
        UI_PAIR(ui, .id = "check.topic", .label = "Waarvoor", .value = "Niet ingevuld",
                .missing = true, .change_id = "check.topic.change", .change = "Verander");
    }
    UI_NOTICE(ui, .id = "check.note", .text = "We bewaren dit alleen om je te helpen.",
              .tone = UI_INFO);
}

static UNUSED void page_topic(struct ui *ui)
{
    static const struct {
        const char *id, *icon, *text;
        enum ui_token tint;
    } topics[] = {
        { "school", "school", "School", UI_TINT_SCHOOL }, { "work", "work", "Werk", UI_TINT_WORK },
        { "absence", "absence", "Niet op school", UI_TINT_ABSENCE },
        { "money", "money", "Geld", UI_TINT_MONEY },      { "housing", "house", "Wonen", UI_TINT_HOUSING },
        { "other", "other", "Iets anders", UI_TINT_OTHER },
    };
    UI_PAGE(ui, .name = "topic", .title = "Waar kom je voor?", .step = "Stap 4 van 5", .back = true);
    UI_CHOICES(ui)
        for (size_t i = 0; i < ARRAY_LEN(topics); i++)
            UI_CHOICE(ui, .id = ui_fmt(ui, "topic.%s", topics[i].id), .icon = topics[i].icon,
                      .title = topics[i].text, .tint = topics[i].tint, .selected = i == 1);
    UI_BUTTON(ui, .id = "topic.unsaid", .text = "Zeg ik liever niet", .icon = "unsaid",
              .kind = UI_CALM);
}

static UNUSED void page_code(struct ui *ui)
{
    UI_PAGE(ui, .name = "check_in", .title = "Wat is je code?",
            .subtitle = "De code staat in je bericht.", .back = true, .no_tools = true);
    UI_CODE(ui, .id = "check_in.code", .label = "Code", .text = "4821", .length = 7,
            .error = "Deze code kennen we niet.");
    UI_BUTTON(ui, .id = "check_in.no_code", .text = "Ik heb geen code", .icon = "person");
    UI_KEYBOARD(ui, .keys = UI_KEYS_DIGITS, .text = "4821");
}

static UNUSED void page_idle(struct ui *ui)
{
    bool ar = sample_of(ui).ar;
    page_birth(ui);
    UI_SHEET(ui, .name = "idle", .title = ar ? "هل ما زلت هنا؟" : "Ben je er nog?",
             .text = ar ? "سنمسح كل شيء قريباً." : "Anders wissen we alles.", .back = "idle.stay") {
        UI_RING(ui, .id = "idle.ring", .left = 23, .total = 30, .say = "Nog 23 seconden");
        UI_BUTTON(ui, .id = "idle.stay", .kind = UI_MAIN, .big = true,
                  .text = ar ? "نعم، ما زلت هنا" : "Ja, ik ben er nog");
        UI_BUTTON(ui, .id = "idle.wipe", .text = ar ? "لا، امسح كل شيء" : "Nee, wis alles");
    }
}

static UNUSED void page_queue(struct ui *ui)
{
    static const char *const who[][4] = { { "K25", "Daan B.", "38 min", "Niet op school" },
                                          { "K27", "Noor V.", "15 min", "School" },
                                          { "A14", "Zofia K.", "9 min", "Geld" } };
    UI_PAGE(ui, .name = "queue", .chrome = UI_CHROME_STAFF, .title = "Wachten",
            .subtitle = "3 mensen · langst 38 min", .step = "Sanne · kamer 2",
            .start = { .id = "queue.lock", .text = "Sluit af", .icon = "lock" });
    UI_CARD(ui, .gap = -1) {
        UI_LINE_ROW(ui, .id = "queue.head", .head = true, .n_cells = 4,
                    .cells = { { "Nr.", .weight = 1 }, { "Wie", .weight = 1.4 },
                               { "Wacht", .weight = 1 }, { "Waarvoor", .weight = 1.8 } });
        for (int i = 0; i < 3; i++)
            UI_LINE_ROW(ui, .id = ui_fmt(ui, "queue.row.%d", i), .n_cells = 4, .marked = i == 0,
                        .cells = { { who[i][0], .weight = 1, .bold = true },
                                   { who[i][1], .weight = 1.4, .personal = true },
                                   { who[i][2], .weight = 1 },
                                   { who[i][3], .weight = 1.8, .tint = UI_TINT_SCHOOL } },
                        .n_buttons = 2,
                        .buttons = { { .id = ui_fmt(ui, "queue.row.%d.call", i), .text = "Roep op" },
                                     { .id = ui_fmt(ui, "queue.row.%d.done", i), .text = "Klaar" } });
    }
}

static UNUSED void page_staff(struct ui *ui)
{
    UI_PAGE(ui, .name = "staff", .chrome = UI_CHROME_STAFF, .title = "Wie ben je?", .back = true);
    UI_GRID(ui, .cell = 260) {
        UI_TILE(ui, .id = "staff.who.sanne", .text = "Sanne", .initials = "SV");
        UI_TILE(ui, .id = "staff.who.mehmet", .text = "Mehmet", .initials = "MA", .selected = true);
        UI_TILE(ui, .id = "staff.who.inge", .text = "Inge");
    }
    UI_CODE(ui, .id = "staff.pin", .text = "123", .length = 6, .masked = true, .say = "PIN");
    UI_KEYBOARD(ui, .keys = UI_KEYS_PIN, .text = "123");
}

static UNUSED void page_email(struct ui *ui)
{
    UI_PAGE(ui, .name = "contact", .title = "Wat is je e-mailadres?", .step = "Stap 5 van 5",
            .back = true, .next = "Verder", .no_tools = true);
    UI_FIELD(ui, .id = "contact.email", .label = "E-mail", .editing = true, .ltr = true,
             .text = "amina@", .personal = true);
    UI_KEYBOARD(ui, .keys = UI_KEYS_EMAIL, .text = "amina@", .done = "Klaar");
}

static const struct {
    const char *name;
    void (*view)(struct ui *ui);
} sample_pages[] = {
    { "welcome", page_welcome }, { "birth", page_birth }, { "day", page_day },
    { "ticket", page_ticket },   { "name", page_name },   { "check", page_check },
    { "topic", page_topic },     { "code", page_code },   { "idle", page_idle },
    { "queue", page_queue },     { "staff", page_staff }, { "email", page_email },
};

#endif
