#!/bin/sh
# What WSL's /init is besides the first process: its tools by other names, and
# what the kernel starts programs of Windows with (path, name, arguments).
PATH=/usr/local/bin:/usr/bin:/bin
export PATH
given=GIVEN

case ${0##*/} in
wslinfo)
    case $1 in
    --networking-mode) exec cat "$given/wslinfo/mode" ;;
    --version | --wsl-version) exec cat "$given/wslinfo/version" ;;
    esac
    echo "Invalid command line argument: $1" >&2
    exit 1
    ;;
wslpath)
    # wslpath [-u] 'C:\dir', wslpath -w /mnt/c/dir
    case $1 in
    -w) printf '%s\n' "$2" | sed 's,^/mnt/\([a-z]\),\U\1:,; s,/,\\,g' ;;
    *) for path in "$@" ; do :; done
       printf '%s\n' "$path" | sed 's,\\,/,g; s,^\([A-Za-z]\):,/mnt/\L\1,' ;;
    esac
    exit
    ;;
esac

program=$1
shift 2
name=${program##*/}
{
    printf 'program=%s\n' "$program"
    printf 'folder=%s\n' "$(pwd -P)"
    printf 'input=%s\n' "$(readlink /proc/$$/fd/0)"
    printf 'argument=%s\n' "$@"
    tr '\0' '\n' </proc/$$/environ | sed 's/=.*//; s/^/variable=/'
    echo
} >>"$given/calls"
if [ ! -f "$given/programs/$name" ]; then
    # The relay's words for a program that Windows does not start.
    echo "<3>WSL ($$ - ) ERROR: CreateProcessEntryCommon:570: execvpe $program failed 22" >&2
    exit 1
fi
. "$given/programs/$name"
