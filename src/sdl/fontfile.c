#include "sdl/fontfile.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum err fontfile_map(const char *path, struct fontfile *ret_file)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0)
        return ERR_NOT_FOUND;
    bool known = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    void *v = known ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    (void)close(fd);
    if (v == MAP_FAILED)
        return ERR_IO;
    *ret_file = (struct fontfile){ v, (size_t)st.st_size };
    return ERR_OK;
}

void fontfile_unmap(struct fontfile *f)
{
    if (f->v)
        (void)munmap(f->v, f->n);
    *f = (struct fontfile){ 0 };
}
