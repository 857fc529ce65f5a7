#include "sdl/fontfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/check.h"

TEST(a_mapped_file_holds_the_bytes_of_the_file)
{
    char path[] = "/tmp/dynamo-fontfile-XXXXXX";
    int fd = mkstemp(path);
    CHECK_INT(write(fd, "letters", 7), 7);
    (void)close(fd);
    struct fontfile f = { 0 };
    CHECK_ERR(fontfile_map(path, &f), ERR_OK);
    (void)unlink(path); /* an upgrade may take its name away meanwhile */
    CHECK_INT(f.n, 7);
    CHECK(f.v && memcmp(f.v, "letters", 7) == 0);
    fontfile_unmap(&f);
    CHECK(f.v == NULL);
}

TEST(what_cannot_be_mapped_is_told_and_leaves_the_output_alone)
{
    struct fontfile f = { .n = 42 };
    CHECK_ERR(fontfile_map("/nonexistent/Letters.ttf", &f), ERR_NOT_FOUND);
    CHECK_ERR(fontfile_map("/tmp", &f), ERR_IO);
    CHECK_ERR(fontfile_map("/dev/null", &f), ERR_IO);
    CHECK_INT(f.n, 42);
}

