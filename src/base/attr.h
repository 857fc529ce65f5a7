/*
 * src/base/attr.h - the few compiler words that the whole tree uses.
 *
 * CLEANUP(f) runs f(&variable) when the variable leaves its scope; TAKE(x)
 * hands its value over and leaves an all-zero one behind, so that the cleanup
 * finds nothing. Every `*_done` and `*_destroyp` function accepts all-zero.
 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define CLEANUP(f) __attribute__((cleanup(f)))
#define UNUSED __attribute__((unused))

#define TAKE(x)                                        \
    __extension__({                                    \
        __typeof__(x) taken_ = (x);                    \
        (x) = (__typeof__(x)){ 0 };                    \
        taken_;                                        \
    })

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
