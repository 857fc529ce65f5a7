#include <string.h>

#include "ctl/args.h"
#include "ctl/commands.h"
#include "ctl/help.h"

/* ---- bash ----
 *
 * The script holds one line a command: its name, a tab, its options. An option
 * that takes a file ends in ":file", one of fixed words in ":a|b", any other
 * value in ":". The function below those lines reads them.
 */
static void add_option(struct buf *b, const struct ctl_option *o)
{
    buf_addf(b, " --%s", o->name);
    switch (o->kind) {
    case CTL_FLAG:
        break;
    case CTL_FILE:
        buf_adds(b, ":file");
        break;
    case CTL_WORD:
        buf_addf(b, ":%s", o->arg);
        break;
    case CTL_TEXT:
    case CTL_COUNT:
    case CTL_DATE:
    case CTL_TIME:
        buf_addc(b, ':');
        break;
    }
}

static void add_command(struct buf *b, const struct ctl_command *cmd)
{
    buf_addf(b, "%s\t", cmd->name);
    for (const struct ctl_option *o = cmd->options; o && o->name; o++)
        add_option(b, o);
    if (strncmp(cmd->usage, "FILE", 4) == 0)
        buf_adds(b, " FILE:file");
    buf_addc(b, '\n');
}

static const char script[] =
    "'\n"
    "\n"
    "_dynamoctl()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local name options line word first='' second='' i\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        case $word in\n"
    "        --config | --db | --now) ((i++)) ;;\n"
    "        -*) ;;\n"
    "        *)\n"
    "            if [ -z \"$first\" ]; then first=$word\n"
    "            elif [ -z \"$second\" ]; then second=$word; fi\n"
    "            ;;\n"
    "        esac\n"
    "    done\n"
    "    local found='' words='' seconds=''\n"
    "    while IFS=$'\\t' read -r name options; do\n"
    "        [ -n \"$name\" ] || continue\n"
    "        words+=\" ${name%% *}\"\n"
    "        if [ \"$name\" = \"$first\" ] || [ \"$name\" = \"$first $second\" ]; then\n"
    "            found=\" $options $_dynamoctl_common\"\n"
    "        elif [ \"${name%% *}\" = \"$first\" ]; then\n"
    "            seconds+=\" ${name#* }\"\n"
    "        fi\n"
    "    done <<<\"$_dynamoctl_commands\"\n"
    "    [ -n \"$found\" ] || found=\" $_dynamoctl_common\"\n"
    "    for word in $found; do\n"
    "        [ \"${word%%:*}\" = \"$prev\" ] || continue\n"
    "        case $word in\n"
    "        *:file) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n"
    "        *:?*) word=${word#*:}\n"
    "            mapfile -t COMPREPLY < <(compgen -W \"${word//|/ }\" -- \"$cur\"); return ;;\n"
    "        *:) return ;;\n"
    "        esac\n"
    "    done\n"
    "    if [[ $cur == -* ]]; then\n"
    "        line=''\n"
    "        for word in $found; do [[ $word == --* ]] && line+=\" ${word%%:*}\"; done\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$line\" -- \"$cur\")\n"
    "    elif [ -z \"$first\" ]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\" | sort -u)\n"
    "    elif [ -z \"$second\" ] && [ -n \"$seconds\" ]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$seconds\" -- \"$cur\")\n"
    "    elif [[ $found == *FILE:file* ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "    elif [ \"$first\" = help ]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\" | sort -u)\n"
    "    fi\n"
    "}\n"
    "complete -o filenames -F _dynamoctl dynamoctl\n";

void ctl_bash_completion(struct buf *b)
{
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    buf_adds(b, "# bash completion for dynamoctl, made by `dynamoctl completion bash`\n"
                "_dynamoctl_common='");
    for (const struct ctl_option *o = ctl_common_options; o->name; o++)
        add_option(b, o);
    buf_adds(b, "'\n_dynamoctl_commands='\n");
    for (size_t i = 0; i < n; i++)
        add_command(b, all[i]);
    buf_adds(b, script);
}

static enum program_status run_completion(struct ctl *c)
{
    if (strcmp(c->operands[0], "bash") != 0)
        return ctl_misuse(c, "only bash is known");
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    ctl_bash_completion(&b);
    out_raw(&c->out, buf_str(&b), b.n);
    return PROGRAM_OK;
}

const struct ctl_command ctl_completion = {
    .name = "completion",
    .usage = "bash",
    .help = "completion for a shell: source <(dynamoctl completion bash)",
    .operands = 1,
    .run = run_completion,
};
