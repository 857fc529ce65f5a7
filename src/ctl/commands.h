/*
 * src/ctl/commands.h - the commands, by family; each family is a file.
 */
#ifndef CTL_COMMANDS_H
#define CTL_COMMANDS_H

#include "ctl/command.h"

/* house.c */
extern const struct ctl_command ctl_init, ctl_migrate, ctl_check, ctl_close_day, ctl_clock_status,
    ctl_clock_confirm;
/* upkeep.c */
extern const struct ctl_command ctl_retention_run, ctl_backup, ctl_restore;
/* keys.c */
extern const struct ctl_command ctl_keys_status, ctl_keys_recovery, ctl_keys_copy,
    ctl_keys_recover, ctl_keys_rotate;
/* health.c */
extern const struct ctl_command ctl_health;
/* roster.c */
extern const struct ctl_command ctl_roster_import, ctl_roster_export, ctl_roster_check,
    ctl_roster_holidays;
/* staff.c */
extern const struct ctl_command ctl_staff_add, ctl_staff_list, ctl_staff_disable, ctl_staff_unlock,
    ctl_staff_badge, ctl_at_work, ctl_away;
/* booking.c */
extern const struct ctl_command ctl_slots, ctl_hold, ctl_book, ctl_release;
/* appointment.c */
extern const struct ctl_command ctl_appointment_show, ctl_appointment_cancel, ctl_appointment_move;
/* arrive.c */
extern const struct ctl_command ctl_walk_in, ctl_check_in;
/* queue.c */
extern const struct ctl_command ctl_queue, ctl_call;
/* moves.c */
extern const struct ctl_command ctl_recall, ctl_start, ctl_finish, ctl_missed, ctl_requeue,
    ctl_park, ctl_unpark, ctl_redirect, ctl_urgent, ctl_pause, ctl_resume, ctl_leave, ctl_void,
    ctl_undo;
/* outbox.c */
extern const struct ctl_command ctl_outbox_list, ctl_outbox_show, ctl_outbox_retry,
    ctl_outbox_discard, ctl_outbox_resend, ctl_outbox_send,
    ctl_outbox_status;
/* register.c */
extern const struct ctl_command ctl_register_test;
/* audit.c */
extern const struct ctl_command ctl_audit_verify, ctl_audit_accept, ctl_audit_show;
/* cert.c */
extern const struct ctl_command ctl_desk_cert;
/* report.c */
extern const struct ctl_command ctl_report_year, ctl_report_verify;
/* region.c */
extern const struct ctl_command ctl_region_init, ctl_region_migrate, ctl_region_admit,
    ctl_region_expel, ctl_region_join, ctl_region_leave, ctl_region_status, ctl_region_move_day,
    ctl_region_slots, ctl_region_book;
/* help.c */
extern const struct ctl_command ctl_help, ctl_version, ctl_completion, ctl_manual;

#endif
