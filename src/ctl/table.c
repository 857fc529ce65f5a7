#include <string.h>

#include "ctl/commands.h"

static const struct ctl_command *const commands[] = {
    &ctl_init,
    &ctl_migrate,
    &ctl_check,
    &ctl_health,
    &ctl_roster_import,
    &ctl_roster_export,
    &ctl_roster_check,
    &ctl_roster_holidays,
    &ctl_staff_add,
    &ctl_staff_list,
    &ctl_staff_disable,
    &ctl_staff_unlock,
    &ctl_staff_badge,
    &ctl_at_work,
    &ctl_away,
    &ctl_slots,
    &ctl_hold,
    &ctl_book,
    &ctl_release,
    &ctl_appointment_show,
    &ctl_appointment_cancel,
    &ctl_appointment_move,
    &ctl_walk_in,
    &ctl_check_in,
    &ctl_queue,
    &ctl_call,
    &ctl_recall,
    &ctl_start,
    &ctl_finish,
    &ctl_missed,
    &ctl_requeue,
    &ctl_park,
    &ctl_unpark,
    &ctl_redirect,
    &ctl_urgent,
    &ctl_pause,
    &ctl_resume,
    &ctl_leave,
    &ctl_void,
    &ctl_undo,
    &ctl_close_day,
    &ctl_clock_status,
    &ctl_clock_confirm,
    &ctl_outbox_list,
    &ctl_outbox_show,
    &ctl_outbox_retry,
    &ctl_outbox_discard,
    &ctl_outbox_resend,
    &ctl_outbox_send,
    &ctl_outbox_status,
    &ctl_retention_run,
    &ctl_backup,
    &ctl_restore,
    &ctl_keys_status,
    &ctl_keys_recovery,
    &ctl_keys_copy,
    &ctl_keys_recover,
    &ctl_keys_rotate,
    &ctl_register_test, &ctl_desk_cert,
    &ctl_audit_verify,
    &ctl_audit_accept,
    &ctl_audit_show,
    &ctl_report_year,
    &ctl_report_verify,
    &ctl_region_init,
    &ctl_region_migrate,
    &ctl_region_admit,
    &ctl_region_expel,
    &ctl_region_join,
    &ctl_region_leave,
    &ctl_region_status,
    &ctl_region_move_day,
    &ctl_region_slots,
    &ctl_region_book,
    &ctl_help,
    &ctl_version,
    &ctl_completion,
    &ctl_manual,
};

const struct ctl_command *const *ctl_commands(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(commands);
    return commands;
}

const struct ctl_command *ctl_find(int argc, const char *const *argv, int *ret_words)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        const char *name = commands[i]->name;
        size_t n = strcspn(name, " ");
        if (argc < 1 || strlen(argv[0]) != n || memcmp(argv[0], name, n) != 0)
            continue;
        if (!name[n]) {
            *ret_words = 1;
            return commands[i];
        }
        if (argc > 1 && strcmp(argv[1], name + n + 1) == 0) {
            *ret_words = 2;
            return commands[i];
        }
    }
    return NULL;
}
