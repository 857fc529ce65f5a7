/*
 * src/crypt/keyring_keys.h - the inside of a keyring and its opened keys; only for crypt.
 *
 * Each purpose has a key of its own, derived (crypto_kdf) from the device key or a day key.
 * Pointers stay good until the next call on the keyring.
 */
#ifndef CRYPT_KEYRING_KEYS_H
#define CRYPT_KEYRING_KEYS_H

#include <sys/stat.h>
#include <time.h>

#include "crypt/keyring.h"
#include "crypt/keyring_text.h"

#define KEY_SIZE 32
#define KEY_NAME_SIZE 4

struct field_keys {
    unsigned char seal[KEY_SIZE];
    unsigned char mac[KEY_SIZE];
    unsigned char name[KEY_NAME_SIZE]; /* stands in each sealed field */
};
struct house_keys {
    unsigned char wrap[KEY_SIZE];   /* of day keys */
    unsigned char pepper[KEY_SIZE]; /* of PINs */
    unsigned char box[KEY_SIZE];    /* seed of the pair that other houses seal to: box.h */
    unsigned char audit[KEY_SIZE];
    struct field_keys fields; /* of no date */
};

#define OPENED_DAYS 32 /* dates whose keys are kept open; a day's work touches fewer */
struct opened_day {
    bool set;
    int32_t day;
    struct field_keys keys;
};

/* In locked memory, between guard pages. */
struct secrets {
    struct house_keys house;
    unsigned char upload[KEY_SIZE];
    unsigned char upload_public[KEY_SIZE];
    struct opened_day opened[OPENED_DAYS];
};

/* What tells one keyring file from the one that replaced it. */
struct file_id {
    dev_t dev;
    ino_t ino;
    off_t size;
    struct timespec changed;
};

struct keyring {
    char dir[KEYFILE_PATH_MAX];
    char path[KEYFILE_PATH_MAX];
    struct rng *rng;
    int64_t busy_ms; /* for the lock */
    const struct file_ops *files;
    bool house, upload;
    struct keyring_entries days;
    struct file_id seen;
    bool safe; /* what was seen is known to be on disk: who wrote it may not have got that far */
    struct secrets *secrets;
    size_t next_opened; /* the place that the next opened date takes */
};

#define KEYRING_FILE "keyring"
#define KEYRING_LOCK "lock"
#define KEYRING_DEVICE "device.key"
#define KEYRING_AUDIT "audit.key"
#define KEYRING_UPLOAD "upload.key"
#define KEYRING_UPLOAD_PUBLIC "upload.pub"
#define KEYRING_MODE_SHARED 0660 /* of the keyring file and the lock */
#define KEYRING_MODE_SECRET 0600
#define KEYRING_MODE_PUBLIC 0664
#define RECOVERY_SEALED "recovery.sealed"
#define RECOVERY_COPY "copy"

/* Replaces the keyring file. */
NODISCARD enum err keyring_write(const struct file_ops *files, const char *path,
                                 const struct keyring_entries *days);
/* Makes the folder of a keyring, or gives the one that is there its rights. ERR_IO. */
NODISCARD enum err keyring_make_folder(const char *dir);
/* A secret of 32 bytes, from the credentials when it lies there. As keyring_open(). */
NODISCARD enum err keyring_read_key(const struct keyring_options *o, const char *name,
                                    unsigned char ret[KEY_SIZE]);
/* What device.key holds. The first one of a house is 32 bytes, which are both; one that was
 * made since (rotate.h) wraps the day keys anew, and keeps what all else comes from. */
struct device_key {
    unsigned char wrap[KEY_SIZE];
    unsigned char house[KEY_SIZE];
};
NODISCARD enum err keyring_read_device(const struct keyring_options *o, struct device_key *ret);
NODISCARD enum err keyring_put_device(const char *dir, const struct device_key *d);
/* Brings the second copy up to date, where one is kept (recovery.h). ERR_IO, also when its
 * medium is not there. */
NODISCARD enum err recovery_copy(const char *dir, const struct keyring_entries *days);
/* Derives the keys of all house purposes from the device key. */
void keyring_derive_house(const struct device_key *d, struct house_keys *ret);
/* Forgets the opened keys of dates. */
void keyring_forget(struct keyring *k);

/* Seal the two halves of a new date's keys into its entry. */
void keyring_wrap_for_house(struct keyring *k, struct keyring_entry *e);
/* Seals the halves that stand for the keys of `to` instead; k has its own opened. ERR_DENIED
 * when one is not ours to open. */
NODISCARD enum err keyring_rewrap(struct keyring *k, const struct secrets *to,
                                  struct keyring_entry *e);
void keyring_wrap_for_upload(struct keyring *k, struct keyring_entry *e);

/* Nothing may rest on a date whose entry a power cut could still take back: on disk when this
 * returns, whoever wrote it. ERR_IO. */
NODISCARD enum err keyring_make_safe(struct keyring *k);
/* NULL: no such date. */
struct keyring_entry *keyring_find(const struct keyring *k, int32_t day);
/* The keys of a date, made when `make` and there are none. ERR_NOT_FOUND none; ERR_DENIED
 * destroyed, or wrapped for another device key, or not opened for the house. */
NODISCARD enum err keyring_fields(struct keyring *k, int32_t day, bool make,
                                  const struct field_keys **ret_keys);
/* The secret half of a date's pair, as the uploader. ERR_DENIED, ERR_CORRUPT, ERR_INVAL. */
NODISCARD enum err keyring_secret_half(struct keyring *k, int32_t day,
                                       unsigned char ret[KEY_SIZE]);

#endif
