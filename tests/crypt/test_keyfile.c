#include "crypt/keyfile.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/check.h"

static void path_of(const char *name, char out[KEYFILE_PATH_MAX])
{
    CHECK_OK(keyfile_path(check_tmpdir(), name, out));
}

TEST(a_replaced_file_has_its_content_and_rights_and_no_leftover)
{
    char path[KEYFILE_PATH_MAX], leftover[KEYFILE_PATH_MAX + 8], back[6] = { 0 };
    struct stat st;
    path_of("secret", path);
    CHECK_OK(keyfile_replace(&file_ops_real, path, 0600, "first", 5));
    CHECK_OK(keyfile_replace(&file_ops_real, path, 0600, "later", 5));
    CHECK_OK(keyfile_read(path, false, back, 5));
    CHECK_STR(back, "later");
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_mode & 07777, 0600);
    snprintf(leftover, sizeof(leftover), "%s.new", path);
    CHECK(stat(leftover, &st) != 0);
}

TEST(a_secret_of_another_length_or_that_is_no_file_is_refused)
{
    char path[KEYFILE_PATH_MAX], back[8];
    path_of("short", path);
    CHECK_ERR(keyfile_read(path, false, back, 5), ERR_NOT_FOUND);
    CHECK_OK(keyfile_replace(&file_ops_real, path, 0600, "12345", 5));
    CHECK_ERR(keyfile_read(path, false, back, 4), ERR_CORRUPT);
    CHECK_ERR(keyfile_read(path, false, back, 6), ERR_CORRUPT);
    CHECK_ERR(keyfile_read(check_tmpdir(), false, back, 5), ERR_DENIED);
    CHECK_ERR(keyfile_read(path, false, back, 4096), ERR_INVAL);
}

TEST(a_path_that_is_too_long_is_refused)
{
    char longest[2 * KEYFILE_PATH_MAX], out[KEYFILE_PATH_MAX];
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    CHECK_ERR(keyfile_path(longest, "name", out), ERR_LIMIT);
    CHECK_ERR(keyfile_replace(&file_ops_real, longest, 0600, "x", 1), ERR_LIMIT);
}

TEST(a_folder_that_is_not_there_is_an_io_error)
{
    CHECK_ERR(keyfile_replace(&file_ops_real, "/nowhere/at/all", 0600, "x", 1), ERR_IO);
}

/* The bytes of a file that has no name any more. */
static void read_gone(int fd, char ret[64])
{
    ssize_t n = pread(fd, ret, 63, 0);
    CHECK(n >= 0);
    ret[n] = '\0';
}

TEST(what_is_replaced_is_overwritten_where_it_lay)
{
    char path[300], link_path[320], was[64];
    snprintf(path, sizeof(path), "%s/wiped", check_tmpdir());
    CHECK_OK(keyfile_replace(&file_ops_real, path, 0600, "a wrap of a date", 16));
    int old = open(path, O_RDONLY | O_CLOEXEC);
    CHECK_OK(keyfile_replace(&file_ops_real, path, 0600, "gone", 4));
    read_gone(old, was);
    CHECK_STR(was, "");
    close(old);
    /* A second name of it is somebody's own: it stays. */
    snprintf(link_path, sizeof(link_path), "%s.kept", path);
    CHECK_INT(link(path, link_path), 0);
    old = open(path, O_RDONLY | O_CLOEXEC);
    CHECK_OK(keyfile_replace(&file_ops_real, path, 0600, "new", 3));
    read_gone(old, was);
    CHECK_STR(was, "gone");
    close(old);
}
