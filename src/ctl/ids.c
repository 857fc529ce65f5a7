#include "ctl/ids.h"

bool ctl_id(const struct ctl *c, const char *option, struct ulid *ret_id)
{
    const char *text = ctl_text(c, option);
    if (!text || !ulid_valid(text)) {
        (void)ctl_refuse_why(c, NULL, "--%s is no id that was printed here", option);
        return false;
    }
    *ret_id = ulid_of(text);
    return true;
}
