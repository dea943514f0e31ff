# Sourced by ./run, ./test and ./bench: the virtual environment and the system libraries, each step only when needed.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

may_use_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

APT_LIST_IS_NEW=""
install_with_apt() {
    if [ -z "$APT_LIST_IS_NEW" ]; then
        apt-get update -qq >&2 || say "apt-get update failed; going on with the package list as it is."
        APT_LIST_IS_NEW=1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
}

find_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and was not found. On Debian or Ubuntu: apt-get install python3 python3-venv"
}

requirements_stamp() {
    "$1" -c 'import hashlib, sys; print(sys.version_info[:2], *(hashlib.sha256(open(f, "rb").read()).hexdigest() for f in sys.argv[1:]))' \
        requirements.txt requirements-dev.txt
}

# Both lists at once, one on each core; what stands in both is the first one's. They are complete, so pip need not
# work out what needs what (`pip check` looks afterwards), and Python compiles what is imported, when it is.
install_packages() {
    local packages="$PWD/.venv/only-for-development.txt" pids="" list pid checked
    awk -F== 'NR == FNR { if (/^[a-z]/) first[$1]; next } /^[a-z]/ { keep = !($1 in first) } keep' \
        requirements.txt requirements-dev.txt >"$packages"
    for list in requirements.txt "$packages"; do
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile \
            -r "$list" </dev/null >&2 &
        pids="$pids $!"
    done
    for pid in $pids; do wait "$pid" || return 1; done
    checked=$(.venv/bin/python -m pip check) || { say "$checked"; return 1; }
}

make_venv() {
    local python stamp
    mkdir -p .devstack || stop "Cannot write here. Clone the project to a folder of your own."
    exec 9>.devstack/setup.lock
    if command -v flock >/dev/null 2>&1; then flock 9; fi  # ./run and ./test at once: one installs, the other waits
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        python=$(find_python)
        say "Making the virtual environment .venv ..."
        "$python" -m venv --clear .venv >&2 \
            || stop "It could not be made (see above). On Debian or Ubuntu: apt-get install python3-venv"
    fi
    stamp=$(requirements_stamp .venv/bin/python)
    if [ "$(cat .venv/requirements.stamp 2>/dev/null)" != "$stamp" ]; then
        say "Installing the pinned packages into .venv (half a minute the first time, nothing later) ..."
        install_packages || stop "The packages could not be installed (see above). Is a package index within reach?"
        echo "$stamp" >.venv/requirements.stamp
    fi
    exec 9>&-
}

PANGO="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
has_pango() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }

# Sets PDF_OFF=1 when PDFs cannot be made here; the pages then say so.
need_pango() {
    if [ -n "${PDF_OFF:-}" ] || has_pango; then return; fi
    if may_use_apt; then
        say "Installing the libraries that PDFs need ($PANGO) ..."
        # shellcheck disable=SC2086
        if install_with_apt $PANGO && has_pango; then return; fi
    fi
    say "PDFs are off: the library pango is missing. This command brings it:"
    say "    sudo apt-get install --no-install-recommends $PANGO"
    export PDF_OFF=1
}

browser_works() { [ -n "$1" ] && "$1" --version </dev/null >/dev/null 2>&1; }

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        name=$([ -z "$name" ] || command -v "$name" 2>/dev/null || true)
        if browser_works "$name"; then echo "$name"; return; fi
    done
    name=$(.venv/bin/python -m sharedlives.devstack.browser 2>/dev/null || true)
    if browser_works "$name"; then echo "$name"; fi
}

# Exports CHROMIUM, or NO_BROWSER=1 stays as it was given, or the script ends.
need_chromium() {
    if [ "${NO_BROWSER:-}" = 1 ]; then
        say "NO_BROWSER=1: the browser tests are LEFT OUT of this run."
        return
    fi
    CHROMIUM=$(find_chromium)
    if [ -z "$CHROMIUM" ] && may_use_apt; then
        say "Installing Chromium for the browser tests (a minute) ..."
        install_with_apt chromium fonts-dejavu-core || say "apt-get could not install Chromium."
        CHROMIUM=$(find_chromium)
    fi
    if [ -z "$CHROMIUM" ]; then
        say "Downloading Chromium for the browser tests (about 150 MB, once) ..."
        .venv/bin/python -m playwright install chromium </dev/null >&2 || say "playwright could not download it."
        CHROMIUM=$(find_chromium)
    fi
    [ -n "$CHROMIUM" ] || stop "No Chromium found for the browser tests. Install it (sudo apt-get install chromium)," \
        "name one with CHROMIUM=/path/to/chromium, or leave these tests out with NO_BROWSER=1."
    export CHROMIUM
}
