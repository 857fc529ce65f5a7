# What every stage shares: settings, places and a few words. Sourced, never run.
# shellcheck shell=sh disable=SC2034 # set here, used by the stages
#
# From kiosk-image/build: ARCH, BOARD, COMMIT, VERSION, SOURCE_DATE_EPOCH, IMAGE (the folder of
# this image's work and results) and WORKSHOP (the root with the tools).

SUITE=trixie
SUITE_DATE=1754697600 # its release: the date of what depends on packages alone
MIRROR=${MIRROR:-http://deb.debian.org/debian}
SECURITY=${SECURITY:-http://deb.debian.org/debian-security}

HERE=$(cd "$(dirname "$0")/.." && pwd)

# The disk, in MiB from its start. One MiB is left free for the table, and for its copy at the end.
ESP_AT=1
ESP_SIZE=64
BOOT_SIZE=64
SYSTEM_SIZE=512
DATA_SIZE=${DATA_SIZE:-512} # only of the file: the first start grows it over the whole disk
MIB=1048576

die() {
    echo "image: $1: $2" >&2
    exit 1
}

# The words of a list: one a line, from # on a comment.
words() {
    sed 's/#.*//' "$@" | tr -s ' \t\n' ' '
}

with_commas() {
    words "$@" | sed 's/^ *//; s/ *$//; s/ /,/g'
}

# Debian's archive as mmdebstrap wants it: suite, folder, then a source a line.
sources() {
    components=$1
    printf 'deb %s %s %s\n' "$MIRROR" "$SUITE" "$components"
    printf 'deb %s %s-updates %s\n' "$MIRROR" "$SUITE" "$components"
    printf 'deb %s %s-security %s\n' "$SECURITY" "$SUITE" "$components"
}

# An identity made from the name of a thing and the version: the same for the same sources.
uuid_of() {
    printf '%s %s %s %s' "$1" "$VERSION" "$ARCH" "$BOARD" | sha256sum |
        sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/\1-\2-4\3-8\4-\5/'
}

# A command among the workshop's tools, with this image's folder seen there as /image.
in_workshop() {
    mkdir -p "$WORKSHOP/image"
    unshare --mount sh -euc '
        mount --bind "$1" "$2/image"
        shift
        exec chroot "$@"
    ' sh "$IMAGE" "$WORKSHOP" "$@"
}

# What differs between processors: the name of Debian's folders, the loader, GRUB's name.
case $ARCH in
amd64)
    TRIPLET=x86_64-linux-gnu
    LOADER=/lib64/ld-linux-x86-64.so.2
    GRUB_FORMAT=x86_64-efi
    EFI_NAME=BOOTX64.EFI
    ;;
arm64)
    TRIPLET=aarch64-linux-gnu
    LOADER=/lib/ld-linux-aarch64.so.1
    GRUB_FORMAT=arm64-efi
    EFI_NAME=BOOTAA64.EFI
    ;;
esac

# A program of the box's own root, run there: another processor's by emulation. It can start no other program then.
in_tree() {
    if [ "$ARCH" = amd64 ]; then
        chroot "$IMAGE/tree" "$@"
        return
    fi
    cp "$WORKSHOP/usr/bin/qemu-aarch64" "$IMAGE/tree/emulator"
    in_tree_status=0
    chroot "$IMAGE/tree" /emulator "$@" || in_tree_status=$?
    rm "$IMAGE/tree/emulator"
    return $in_tree_status
}
