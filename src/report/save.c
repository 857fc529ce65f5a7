/* Writing the report's files: each under another name first, so that nobody reads half of one. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/report.h"

#define FILE_MODE 0644
#define FOLDER_MODE 0755

static enum err err_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return ERR_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_DENIED;
    default:
        return ERR_IO;
    }
}

static bool write_all(int fd, const struct buf *text)
{
    for (size_t done = 0; done < text->n;) {
        ssize_t n = write(fd, text->v + done, text->n - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

/* `dir` is open, so that a folder that moves meanwhile cannot split the two names. */
static enum err put_file(int dir, const char *name, const struct buf *text)
{
    char temporary[64];
    snprintf(temporary, sizeof(temporary), ".%s.%ld", name, (long)getpid());
    int fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                    FILE_MODE);
    if (fd < 0)
        return err_of_errno();
    bool written = write_all(fd, text);
    enum err e = written ? ERR_OK : err_of_errno();
    if (close(fd) != 0 && e == ERR_OK)
        e = ERR_IO;
    if (e == ERR_OK && renameat(dir, temporary, dir, name) != 0)
        e = err_of_errno();
    if (e != ERR_OK)
        unlinkat(dir, temporary, 0);
    return e;
}

static enum err write_format(const struct report *r, unsigned format, struct buf *out)
{
    if (format == REPORT_JSON)
        return report_json(r, out);
    if (format == REPORT_CSV)
        report_csv(r, out);
    else
        report_html(r, out);
    return buf_err(out);
}

enum err report_save(const struct report *r, unsigned formats, const char *dir)
{
    static const struct {
        unsigned format;
        const char *ending;
    } files[] = { { REPORT_HTML, "html" }, { REPORT_CSV, "csv" }, { REPORT_JSON, "json" } };
    if (mkdir(dir, FOLDER_MODE) != 0 && errno != EEXIST)
        return err_of_errno();
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_of_errno();
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(files); i++) {
        CLEANUP(buf_done) struct buf text = buf_make(REPORT_BYTES_MAX);
        char name[32];
        if (!(formats & files[i].format))
            continue;
        snprintf(name, sizeof(name), "report-%d.%s", r->year, files[i].ending);
        e = write_format(r, files[i].format, &text);
        if (e == ERR_OK)
            e = put_file(fd, name, &text);
    }
    if (e == ERR_OK && fsync(fd) != 0) /* so that the names outlive a power cut as well */
        e = ERR_IO;
    close(fd);
    return e;
}
