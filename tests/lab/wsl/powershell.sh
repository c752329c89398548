# Windows' PowerShell, as it answers the one question that gomedic has. It
# speaks the recorded wire format, in the manner that is written beside it.
answer=$given/answer
while [ $# -gt 0 ] ; do
    case $1 in
    -EncodedCommand) printf '%s' "$2" | base64 -d | iconv -f UTF-16LE -t UTF-8 >"$given/script" || exit 1 ;;
    esac
    shift
done
manner=$(cat "$answer/manner")

case $manner in
nothing) exit 0 ;;
never) exec sleep 3600 ;;
slow) sleep "$(cat "$answer/seconds")" ;;
fails)
    cat "$answer/errors" >&2
    exit 1
    ;;
noisy) cat "$answer/errors" >&2 ;;
esac

clock() { printf 'GD0 %s\r\n' "$(($(date +%s%3N) + $(cat "$answer/ahead")))" ; }
facts() { printf 'GD1<%s>GD1\r\n' "$(cat "$answer/body")" ; }

case $manner in
utf-16) { clock; facts; } | iconv -f UTF-8 -t UTF-16LE ;;
utf-16-marked) { printf '\377\376'; { clock; facts; } | iconv -f UTF-8 -t UTF-16LE; } ;;
utf-8-marked) printf '\357\273\277' && clock && facts ;;
code-page) cat "$answer/banner" && clock && facts ;;
cut) clock && facts | head -c 300 ;;
stalls) clock && exec sleep 3600 ;;
*) clock && facts ;;
esac
