# Makes the root of a distribution of WSL 2, in namespaces of its own.
# $1: the folder with what the lab puts into it. Nothing outside changes.
set -e
given=$1
root=$given/root

mount -t tmpfs -o mode=755 rootfs "$root"
for entry in /* ; do
    # What tells a container, and what has a shape of its own under WSL.
    case $entry in /.dockerenv | /proc | /run | /mnt | /init | /lost+found) continue ;; esac
    if [ -L "$entry" ]; then
        cp -P "$entry" "$root$entry"
    elif [ -d "$entry" ]; then
        mkdir "$root$entry" && mount --rbind "$entry" "$root$entry"
    else
        : >"$root$entry" && mount --bind "$entry" "$root$entry"
    fi
done

mkdir "$root/proc" "$root/run" "$root/mnt" "$root/mnt/wsl" "$root/.layers"
mount -t tmpfs layers "$root/.layers"
mount --rbind /proc "$root/proc"
for entry in /run/* ; do
    case $entry in /run/.containerenv | /run/systemd) continue ;; esac
    [ -d "$entry" ] && mkdir "$root$entry" && mount --rbind "$entry" "$root$entry"
done
mkdir "$root/run/WSL" && mount --bind "$given/sockets" "$root/run/WSL"

# A layer of its own over a folder of the machine.
layer() {
    mkdir -p "$root/.layers$1/upper" "$root/.layers$1/work"
    mount -t overlay -o "lowerdir=$1,upperdir=$root/.layers$1/upper,workdir=$root/.layers$1/work" overlay "$root$1"
}
layer /etc
layer /usr/bin
cp "$given/init" "$root/init"
chmod 755 "$root/init"
for name in wslinfo wslpath ; do
    ln -s /init "$root/usr/bin/$name"
done
cp "$given/resolv.conf" "$root/mnt/wsl/resolv.conf"
ln -sf /mnt/wsl/resolv.conf "$root/etc/resolv.conf"
cp -R --preserve=timestamps "$given/etc/." "$root/etc/"

for name in sys/kernel/osrelease version cmdline 1/comm ; do
    mount --bind "$given/proc/${name##*/}" "$root/proc/$name"
done
mount -t binfmt_misc binfmt_misc "$root/proc/sys/fs/binfmt_misc"

# The program that is tested sees the drives as WSL mounts them.
mount --bind 'GOMEDIC' "$root$given/tested"
mount --bind "$given/gomedic" "$root"'GOMEDIC'

# Each line: the folder that stands in for a drive, and where it is mounted.
while IFS='	' read -r folder point ; do
    mkdir -p "$root$point" && mount --bind "$folder" "$root$point"
done <"$given/drives"

cd "$root"
mkdir .old
pivot_root . .old
umount -l /.layers /.old
rmdir /.layers /.old
# Opened at once, as WSL does it: the table holds its own copy of the program.
echo ':WSLInterop:M::MZ::/init:PF' >/proc/sys/fs/binfmt_misc/register
