#include "config/facts.h"

#include <stdio.h>
#include <string.h>

enum err facts_read(const char *root, struct buf *ret_facts)
{
    CLEANUP(buf_done) struct buf path = buf_make(1024);

    buf_addf(&path, "%s/run/dynamo-box/facts", root);
    return buf_read_file(ret_facts, buf_str(&path));
}

void facts_get(const char *facts, const char *key, char *ret, size_t size)
{
    size_t n = strlen(key);

    ret[0] = '\0';
    for (const char *line = facts; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        if (strncmp(line, key, n) != 0 || line[n] != '=')
            continue;
        int len = (int)strcspn(line + n + 1, "\n");
        snprintf(ret, size, "%.*s", len, line + n + 1);
        return;
    }
}
