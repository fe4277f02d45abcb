# Sourced by the root scripts and the rigs: where things lie, how to complain, how to install what is missing.
# shellcheck shell=bash
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
OUT=$ROOT/out
CACHE=${SYSMASTER_CACHE:-$OUT/cache}

die()  { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
note() { printf '==> %s\n' "$*" >&2; }

need_root() { [ "$(id -u)" = 0 ] || die "must run as root"; }

# install_packages APT-NAME... : apt or dnf, whatever the machine has. Silent unless it fails.
install_packages() {
    local log
    log=$(mktemp)
    note "installing: $*"
    if command -v apt-get >/dev/null; then
        if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
            tail -n 20 "$log" >&2; rm -f "$log"; return 1
        fi
    elif command -v dnf >/dev/null; then
        if ! dnf install -y "$@" >"$log" 2>&1 </dev/null; then
            tail -n 20 "$log" >&2; rm -f "$log"; return 1
        fi
    else
        rm -f "$log"; die "neither apt-get nor dnf: install $* by hand"
    fi
    rm -f "$log"
}

# need COMMAND APT-PACKAGE DNF-PACKAGE ... : triples; installs the packages of the commands that are missing, in one go.
need() {
    local missing=()
    while [ $# -ge 3 ]; do
        if ! command -v "$1" >/dev/null; then
            if command -v apt-get >/dev/null; then missing+=("$2"); else missing+=("$3"); fi
        fi
        shift 3
    done
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# helper NAME SOURCE.c : compiles a small C helper into out/helpers when its source changed; prints its path.
helper() {
    local bin=$OUT/helpers/$1 source=$2
    if [ ! -x "$bin" ] || [ "$source" -nt "$bin" ]; then
        mkdir -p "$OUT/helpers"
        gcc -std=gnu11 -O2 -Wall -Wextra -Werror -static -o "$bin.$$" "$source" >&2 || die "cannot compile $source"
        mv "$bin.$$" "$bin"
    fi
    printf '%s\n' "$bin"
}
