#include "print/printer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define JOB_MAX (256u * 1024)
#define CHUNK 4096u
#define CHUNKS_A_STEP 4
#define SOON_MS 20
#define ANSWER_MS 500  /* a printer that says nothing for so long never does */
#define PRINTED_MS 3000 /* some answer, but do not know the question "all printed" */

enum phase { REST, OPENING, ASKING, SENDING, DRAINING };

enum err printer_init(struct printer *p, const char *device, int64_t timeout_ms)
{
    size_t n = strlen(device);
    if (n >= sizeof(p->device))
        return ERR_LIMIT;
    *p = (struct printer){ .timeout_ms = timeout_ms,
                           .state = n > 0 ? PRINTER_UNKNOWN : PRINTER_NONE,
                           .fd = -1,
                           .bytes = buf_make(JOB_MAX + ESCPOS_BAND_BYTES_MAX + 8) };
    memcpy(p->device, device, n + 1);
    return ERR_OK;
}

static void close_device(struct printer *p)
{
    if (p->fd >= 0)
        (void)close(p->fd);
    p->fd = -1;
}

void printer_done(struct printer *p)
{
    close_device(p);
    buf_wipe(&p->bytes);
    *p = (struct printer){ .fd = -1 };
}

static void begin(struct printer *p, int64_t now_ms)
{
    p->phase = OPENING;
    p->sent = 0;
    p->give_up_at = now_ms + p->timeout_ms;
    p->heard = p->answered = p->printed = false;
}

enum err printer_send(struct printer *p, const void *bytes, size_t n, int64_t now_ms)
{
    if (p->state == PRINTER_NONE)
        return ERR_NONE;
    if (p->phase != REST)
        return ERR_BUSY;
    if (n > JOB_MAX)
        return ERR_LIMIT;
    buf_clear(&p->bytes);
    /* A printer that was cut off inside a picture takes what comes next for the
     * rest of it. Zero bytes are white dots there, and nothing elsewhere. */
    for (size_t i = 0; p->torn && i < ESCPOS_BAND_BYTES_MAX + 8; i++)
        buf_addc(&p->bytes, '\0');
    buf_add(&p->bytes, bytes, n);
    if (buf_err(&p->bytes) != ERR_OK)
        return ERR_LIMIT;
    begin(p, now_ms);
    p->job = PRINTER_WORKING;
    return ERR_OK;
}

enum err printer_ask(struct printer *p, int64_t now_ms)
{
    if (p->state == PRINTER_NONE)
        return ERR_NONE;
    if (p->phase != REST)
        return ERR_BUSY;
    buf_clear(&p->bytes);
    begin(p, now_ms);
    return ERR_OK;
}

/* Ends what is under way. A state that lets it print means a job went well. */
static int finish(struct printer *p, enum printer_state state)
{
    bool fine = state == PRINTER_READY || state == PRINTER_PAPER_LOW;
    if (p->job == PRINTER_WORKING) {
        p->job = fine ? PRINTER_DONE : PRINTER_FAILED;
        if (fine || p->sent > 0)
            p->torn = !fine;
    }
    p->state = state;
    p->phase = REST;
    close_device(p);
    buf_wipe(&p->bytes);
    p->bytes = buf_make(JOB_MAX + ESCPOS_BAND_BYTES_MAX + 8);
    return -1;
}

static enum printer_state state_of_errno(int e)
{
    switch (e) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case EIO: /* what a write gives when the plug was pulled */
    case EPIPE: return PRINTER_UNPLUGGED;
    case EBUSY: return PRINTER_IN_USE;
    default: return PRINTER_BROKEN;
    }
}

static int print_to_file(struct printer *p, const char *path)
{
    if (p->bytes.n == 0)
        return finish(p, PRINTER_READY);
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    bool ok = fd >= 0;
    while (ok && p->sent < p->bytes.n) {
        ssize_t n = write(fd, p->bytes.v + p->sent, p->bytes.n - p->sent);
        if (n > 0)
            p->sent += (size_t)n;
        else
            ok = n < 0 && errno == EINTR;
    }
    if (fd >= 0 && close(fd) != 0)
        ok = false;
    return finish(p, ok ? PRINTER_READY : PRINTER_BROKEN);
}

/* False: the question could not be sent now, because bytes are still on their way. */
static bool ask(struct printer *p, enum escpos_question q, int64_t now_ms)
{
    unsigned char bytes[ESCPOS_QUESTION_BYTES];
    escpos_question(q, bytes);
    if (write(p->fd, bytes, sizeof(bytes)) != (ssize_t)sizeof(bytes))
        return false;
    p->question = q;
    p->answered = false;
    p->asked_at = now_ms;
    return true;
}

/* Reads what came; gives the worst that the printer said of itself. */
static enum escpos_fault listen(struct printer *p)
{
    enum escpos_fault worst = ESCPOS_FINE;
    unsigned char in[64];
    ssize_t n;
    while ((n = read(p->fd, in, sizeof(in))) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            if (escpos_is_answer(in[i])) {
                enum escpos_fault f = escpos_answer(p->question, in[i]);
                worst = f > worst ? f : worst;
                p->answered = p->heard = true;
            } else if (p->phase == DRAINING && escpos_is_printed(in[i])) {
                p->printed = true;
            }
        }
    }
    return worst; /* a printer that cannot be read is one that never answers */
}

/* READY: go on. */
static enum printer_state take_answers(struct printer *p)
{
    switch (listen(p)) {
    case ESCPOS_PAPER_OUT: return PRINTER_PAPER_OUT;
    case ESCPOS_COVER: return PRINTER_COVER_OPEN;
    case ESCPOS_BROKEN: return PRINTER_BROKEN;
    case ESCPOS_PAPER_LOW: p->state = PRINTER_PAPER_LOW; break;
    case ESCPOS_FINE: break;
    }
    return PRINTER_READY;
}

static int end_well(struct printer *p)
{
    return finish(p, p->state == PRINTER_PAPER_LOW ? PRINTER_PAPER_LOW : PRINTER_READY);
}

static int step_open(struct printer *p, int64_t now_ms)
{
    if (strncmp(p->device, "file:", 5) == 0)
        return print_to_file(p, p->device + 5);
    int flags = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    p->fd = open(p->device, O_RDWR | flags);
    if (p->fd < 0 && errno == EACCES)
        p->fd = open(p->device, O_WRONLY | flags);
    if (p->fd < 0)
        return finish(p, state_of_errno(errno));
    p->state = PRINTER_UNKNOWN;
    p->phase = ASKING;
    p->asked_at = now_ms;
    if (!ask(p, ESCPOS_ASK_OFFLINE, now_ms) && errno != EAGAIN)
        return finish(p, state_of_errno(errno));
    return SOON_MS;
}

static int step_ask(struct printer *p, int64_t now_ms)
{
    enum printer_state said = take_answers(p);
    if (said != PRINTER_READY)
        return finish(p, said);
    if (p->answered && p->question == ESCPOS_ASK_OFFLINE && ask(p, ESCPOS_ASK_PAPER, now_ms))
        return SOON_MS;
    if (!p->answered && now_ms - p->asked_at < ANSWER_MS)
        return SOON_MS;
    if (p->bytes.n == 0)
        return end_well(p);
    p->phase = SENDING;
    return 0;
}

static int step_send(struct printer *p, int64_t now_ms)
{
    for (int i = 0; i < CHUNKS_A_STEP && p->sent < p->bytes.n; i++) {
        size_t left = p->bytes.n - p->sent;
        ssize_t n = write(p->fd, p->bytes.v + p->sent, left < CHUNK ? left : CHUNK);
        if (n > 0)
            p->sent += (size_t)n;
        else if (n == 0 || errno == EAGAIN || errno == EINTR)
            break;
        else
            return finish(p, state_of_errno(errno));
    }
    if (p->sent < p->bytes.n)
        return now_ms < p->give_up_at ? SOON_MS : finish(p, PRINTER_SLOW);
    p->phase = DRAINING;
    p->answered = true; /* nothing is open: it may be asked again */
    p->asked_at = now_ms;
    p->drained_at = -1;
    return SOON_MS;
}

/* Whether every byte has left: a usblp device that is closed earlier drops what is
 * still on its way, so poll() must be asked first (its kernel source says so). */
static bool all_out(struct printer *p, int64_t now_ms, bool *ret_gone)
{
    struct pollfd fd = { .fd = p->fd, .events = POLLOUT };
    bool out = poll(&fd, 1, 0) == 1 && fd.revents & POLLOUT;
    *ret_gone = (fd.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
    if (out && p->drained_at < 0)
        p->drained_at = now_ms;
    return out;
}

/* A printer that answers has the last word: it says that all was printed, or, not
 * knowing that question, says for some seconds that nothing is wrong. */
static int step_drain(struct printer *p, int64_t now_ms)
{
    bool gone;
    bool out = all_out(p, now_ms, &gone);
    if (gone)
        return finish(p, PRINTER_UNPLUGGED);
    enum printer_state said = take_answers(p);
    if (said != PRINTER_READY)
        return finish(p, said);
    bool silent = p->heard && p->answered && out && now_ms - p->drained_at >= PRINTED_MS;
    if (p->printed || silent || (out && !p->heard))
        return end_well(p);
    if (now_ms >= p->give_up_at)
        return finish(p, PRINTER_SLOW);
    if (out && p->answered && now_ms - p->asked_at >= ANSWER_MS) {
        bool paper = p->question == ESCPOS_ASK_OFFLINE;
        (void)ask(p, paper ? ESCPOS_ASK_PAPER : ESCPOS_ASK_OFFLINE, now_ms);
    }
    return SOON_MS;
}

int printer_step(struct printer *p, int64_t now_ms)
{
    switch ((enum phase)p->phase) {
    case OPENING: return step_open(p, now_ms);
    case ASKING: return step_ask(p, now_ms);
    case SENDING: return step_send(p, now_ms);
    case DRAINING: return step_drain(p, now_ms);
    case REST: break;
    }
    return -1;
}

const char *printer_state_name(enum printer_state s)
{
    static const char *const names[PRINTER_STATE_COUNT] = {
        [PRINTER_NONE] = "none",           [PRINTER_UNKNOWN] = "unknown",
        [PRINTER_READY] = "ok",            [PRINTER_PAPER_LOW] = "paper low",
        [PRINTER_PAPER_OUT] = "paper out", [PRINTER_COVER_OPEN] = "cover open",
        [PRINTER_UNPLUGGED] = "unplugged", [PRINTER_IN_USE] = "in use",
        [PRINTER_SLOW] = "slow",           [PRINTER_BROKEN] = "broken",
    };
    return (unsigned)s < PRINTER_STATE_COUNT ? names[s] : "unknown";
}

bool printer_needs_help(enum printer_state s)
{
    return s >= PRINTER_PAPER_LOW && s < PRINTER_STATE_COUNT;
}
