/* dynamo.conf. A fault is one line that names the file. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "config/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct config c;
    struct config_fault fault = { "" };
    enum err e = config_parse("fuzz.conf", (const char *)data, n, &c, &fault);
    MUST((e == ERR_OK) == (fault.text[0] == '\0'));
    MUST(!strchr(fault.text, '\n'));
    if (e != ERR_OK)
        return 0;
    const char *list = c.visit.municipalities;
    char item[64];
    while (config_list_next(&list, ',', item, sizeof(item)))
        MUST(strlen(item) < sizeof(item));
    MUST(c.idle.ask_s >= 20 && c.idle.ask_s <= 600);
    MUST(strlen(c.reg.zaken_url) < sizeof(c.reg.zaken_url));
    return 0;
}
