/*
 * tools/bench/arm64/plugin.c - counts the instructions of a program that qemu-user runs, as
 * callgrind does for one of this machine.
 *
 *   qemu-aarch64 -plugin plugin.so,out=FILE[,at=0xOFFSET]... PROGRAM
 *
 * Without `at` the whole program counts; with it only from the entry of a function to its return,
 * with all that it calls. OFFSET is the function's distance from the first byte of the program's
 * text. At the end FILE holds two numbers: instructions, and entries.
 *
 * A block of the translator ends with every jump, so a function begins with a block, and the block
 * behind its call begins where it returns to. Another thread counts only while it is inside itself.
 * The processes that the program forks are not counted.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* From qemu's interface for plugins, version 1, for which Debian 12 has no header. */
typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
typedef void tb_trans_fn(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void exec_fn(unsigned cpu, void *arg);
typedef void end_fn(qemu_plugin_id_t id, void *arg);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, tb_trans_fn *f);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, exec_fn *f,
                                          enum qemu_plugin_cb_flags flags, void *arg);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, end_fn *f, void *arg);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_start_code(void);
int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

#define FUNCTIONS 16
#define CPUS 256
#define INSTRUCTION 4 /* bytes, each of them, on arm64 */

struct block {
    uint64_t start, end;
    size_t n;
    bool entry;
};

static struct {
    char out[512];
    uint64_t at[FUNCTIONS];
    int n_at;
    pid_t pid;
    uint64_t instructions, entries;
    struct {
        uint64_t last_end, back; /* where the last block ended; where the function returns to */
        bool inside;
    } cpu[CPUS];
} all;

static void executed(unsigned cpu, void *arg)
{
    const struct block *b = arg;
    bool inside = all.n_at == 0;
    if (cpu < CPUS && !inside) {
        if (all.cpu[cpu].inside && b->start == all.cpu[cpu].back)
            all.cpu[cpu].inside = false;
        if (!all.cpu[cpu].inside && b->entry) {
            all.cpu[cpu].inside = true;
            all.cpu[cpu].back = all.cpu[cpu].last_end;
            __atomic_fetch_add(&all.entries, 1, __ATOMIC_RELAXED);
        }
        all.cpu[cpu].last_end = b->end;
        inside = all.cpu[cpu].inside;
    }
    if (inside)
        __atomic_fetch_add(&all.instructions, b->n, __ATOMIC_RELAXED);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    struct block *b = calloc(1, sizeof *b); /* as long as the block may run: to the end */
    (void)id;
    if (!b)
        abort();
    b->n = qemu_plugin_tb_n_insns(tb);
    b->start = qemu_plugin_tb_vaddr(tb);
    b->end = b->start + b->n * INSTRUCTION;
    for (int i = 0; i < all.n_at; i++)
        b->entry = b->entry || b->start == qemu_plugin_start_code() + all.at[i];
    qemu_plugin_register_vcpu_tb_exec_cb(tb, executed, QEMU_PLUGIN_CB_NO_REGS, b);
}

static void ended(qemu_plugin_id_t id, void *arg)
{
    (void)id;
    (void)arg;
    FILE *f = getpid() == all.pid ? fopen(all.out, "w") : NULL;
    if (!f)
        return;
    fprintf(f, "%llu %llu\n", (unsigned long long)all.instructions, (unsigned long long)all.entries);
    fclose(f);
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const void *info,
                                                               int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++)
        if (strncmp(argv[i], "out=", 4) == 0)
            snprintf(all.out, sizeof all.out, "%s", argv[i] + 4);
        else if (strncmp(argv[i], "at=", 3) == 0 && all.n_at < FUNCTIONS)
            all.at[all.n_at++] = strtoull(argv[i] + 3, NULL, 0);
        else
            return -1;
    all.pid = getpid();
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}
