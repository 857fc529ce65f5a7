#include "print/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/mem.h"

#define BYTES_MAX 2331 /* of version 40 at level M */

enum err qr_make(const char *text, struct qr *ret_qr)
{
    size_t len = strlen(text);
    if (len == 0)
        return ERR_INVAL;
    if (len > BYTES_MAX)
        return ERR_LIMIT;
    QRcode *code = QRcode_encodeData((int)len, (const unsigned char *)text, 0, QR_ECLEVEL_M);
    if (!code)
        return errno == ERANGE ? ERR_LIMIT : ERR_NOMEM;
    size_t squares = (size_t)code->width * (size_t)code->width;
    struct qr out = { .n = code->width, .modules = mem_alloc(squares) };
    for (size_t i = 0; out.modules && i < squares; i++)
        out.modules[i] = code->data[i] & 1; /* the other bits say what kind of square it is */
    mem_wipe(code->data, squares);
    QRcode_free(code);
    if (!out.modules)
        return ERR_NOMEM;
    *ret_qr = out;
    return ERR_OK;
}

void qr_done(struct qr *qr)
{
    if (qr->modules)
        mem_wipe(qr->modules, (size_t)qr->n * (size_t)qr->n);
    mem_free(qr->modules);
    *qr = (struct qr){ 0 };
}

bool qr_dark(const struct qr *qr, int x, int y)
{
    return x >= 0 && y >= 0 && x < qr->n && y < qr->n && qr->modules[y * qr->n + x];
}
