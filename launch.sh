#!/usr/bin/env bash
# Takes a machine with Node and npm to a finished run: packages, Chromium, then the main job. See --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$root"
readonly root logs=.tools/logs deno_version=2.9.6 download_limit_s=900

usage() {
  cat <<'TEXT'
Usage: ./launch.sh [options] [pipeline] [-- options of `halo run`]

Installs what is missing (npm packages, Chromium), then runs the pipeline,
pipelines/grpo-gomail.yaml unless another one is named. A second call starts at once.

  --profile NAME   profile of the pipeline, for example gpu; may be repeated
  --mode NAME      mode from configs/modes
  --setup-only     install what is missing and stop
  --skip-setup     install nothing, run
  --dev            also install what the tests need (Deno, the REAL tasks)
  --help           this text

Everything after -- goes to `halo run`: ./launch.sh -- --seed 7 --json
Set-up messages go to stderr and logs to .tools/logs; stdout belongs to the run.
Exit status: that of the run; 2 wrong option, 3 something could not be installed.
./teardown.sh stops a run and removes what was installed here.
TEXT
}

say() { printf 'launch: %s\n' "$*" >&2; }

# Ends with status 3; further arguments are lines that say what to do.
missing() {
  say "$1"
  shift
  if (($#)); then printf '        %s\n' "$@" >&2; fi
  exit 3
}

has() { type -P "$1" >/dev/null; }

within_limit() {
  if has timeout; then timeout --foreground -k 10 "$download_limit_s" "$@"; else "$@"; fi
}

# Runs a command without input, its output in a log.
logged() {
  local log=$logs/$1.log
  shift
  mkdir -p "$logs"
  printf '$ %s\n' "$*" >>"$log"
  within_limit "$@" >>"$log" 2>&1 </dev/null
}

show_log() {
  say "the end of $logs/$1.log:"
  tail -n 25 "$logs/$1.log" | sed 's/^/        /' >&2
}

# `logged`, and once more when it fails: downloads break off.
download() {
  rm -f "$logs/$1.log"
  logged "$@" && return
  say "failed, trying once more: ${*:2}"
  logged "$@" && return
  show_log "$1"
  return 1
}

# Keeps two set-ups of this folder apart; the second waits.
lock() {
  mkdir -p .tools
  has flock || return 0
  exec 9>.tools/lock
  flock -n 9 && return
  say "waiting for another set-up of this folder"
  flock -w "$download_limit_s" 9 || missing "the other set-up did not end within $download_limit_s s" \
    "See who holds it: fuser .tools/lock"
}

unlock() { if has flock; then exec 9>&-; fi; }

# The Node that npm scripts get: the one in node_modules, else the system's.
node_is_new_enough() {
  local version major minor
  version=$(PATH="$root/node_modules/.bin:$PATH" node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  ((major > 22 || (major == 22 && minor >= 18)))
}

install_packages() {
  local stamp=node_modules/.halo-setup want
  want="$(cksum <package-lock.json) $(uname -sm)"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && node_is_new_enough; then return; fi
  if ! has node || ! has npm; then
    missing "Node.js with npm is needed to fetch the packages, and is not on the PATH" \
      "Any version from 20 does; the project then brings its own Node 24." \
      "Debian, Ubuntu: apt-get install nodejs npm    Fedora: dnf install nodejs npm" \
      "Alpine: apk add nodejs npm                    macOS: brew install node"
  fi
  say "installing npm packages"
  download npm npm ci --no-audit --no-fund --loglevel=error || missing "npm ci failed twice" \
    "Check the network and \`npm config get registry\`, then run ./launch.sh again."
  node_is_new_enough || missing "Node >= 22.18 is needed, and $(node --version) is all there is" \
    "The package \"node\" came without its program, so npm did not run its install script." \
    "Allow it: npm ci --ignore-scripts=false, or put Node >= 22.18 on the PATH."
  printf '%s' "$want" >"$stamp"
}

# Asks the browser layer, once; its answer is kept while the program stands.
has_chromium() {
  local answer=.tools/chromium
  if [ -n "${HALO_CHROMIUM:-}" ]; then
    [ -x "$HALO_CHROMIUM" ] && return
    missing "HALO_CHROMIUM names no program: $HALO_CHROMIUM" "Correct it or unset it."
  fi
  [ -x "$(cat "$answer" 2>/dev/null)" ] && return
  mkdir -p "$logs"
  PATH="$root/node_modules/.bin:$PATH" node --input-type=module \
    --eval 'process.stdout.write((await import("./core/browser/find.ts")).findChromium())' \
    >"$answer" 2>"$logs/find-chromium.log" </dev/null
}

# Runs a package manager as root, without questions.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    logged chromium env DEBIAN_FRONTEND=noninteractive "$@"
  elif ! has sudo; then
    say "neither root nor sudo, so this was left out: $*"
    return 1
  elif [ -t 2 ]; then
    logged chromium sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    logged chromium sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

install_with_apt() {
  local install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300"
  # Word splitting is meant: the command is a list of words.
  # shellcheck disable=SC2086
  as_root $install chromium-headless-shell && return
  as_root apt-get update || as_root apt-get update || true
  # shellcheck disable=SC2086
  as_root $install chromium-headless-shell ||
    as_root $install chromium-headless-shell ||
    as_root $install chromium
}

install_chromium() {
  if has_chromium; then return; fi
  say "installing Chromium"
  rm -f "$logs/chromium.log"
  if has apt-get; then
    install_with_apt || true
  elif has dnf; then
    as_root dnf install -y chromium-headless || as_root dnf install -y chromium || true
  elif has apk; then
    as_root apk add chromium || true
  elif has brew; then
    logged chromium brew install --cask chromium || true
  fi
  if has_chromium; then return; fi
  say "the system's packages gave no Chromium, trying Playwright's own download"
  logged chromium node_modules/.bin/playwright-core install --no-shell chromium || true
  if has_chromium; then return; fi
  show_log chromium
  show_log find-chromium
  missing "no Chromium was found, and none could be installed" \
    "Install Chromium or Chrome, or set HALO_CHROMIUM to its program, then run ./launch.sh again." \
    "Debian: apt-get update && apt-get install chromium-headless-shell"
}

# Outside node_modules: an npm `deno` in there breaks every `deno task` that calls deno.
install_deno() {
  local program=.tools/deno/node_modules/.bin/deno
  if [[ "$("$program" --version 2>/dev/null)" == "deno $deno_version "* ]]; then return; fi
  say "installing Deno $deno_version"
  mkdir -p .tools/deno
  download deno npm install --prefix .tools/deno --no-audit --no-fund --loglevel=error "deno@$deno_version" ||
    missing "Deno could not be installed" "The tests run without it: npx node tests/run.ts --node"
  "$program" --version >>"$logs/deno.log" 2>&1 || {
    show_log deno
    missing "Deno was installed but does not start" "The tests run without it: npx node tests/run.ts --node"
  }
}

# Tests against the scripts of the REAL benchmark need its package; they are skipped without it.
fetch_real_tasks() {
  logged fetch node_modules/.bin/node bin/halo.mjs tasks fetch ||
    say "the REAL tasks could not be fetched, their tests will be skipped; see $logs/fetch.log"
}

setup=yes run=yes dev=no pipeline=
run_options=()
while (($#)); do
  case $1 in
    --setup-only) run=no ;;
    --skip-setup) setup=no ;;
    --dev) dev=yes ;;
    --profile | --mode)
      if [ -z "${2:-}" ]; then say "$1 needs a name"; exit 2; fi
      run_options+=("$1" "$2")
      shift
      ;;
    --profile=* | --mode=*) run_options+=("${1%%=*}" "${1#*=}") ;;
    -h | --help) usage; exit 0 ;;
    --) shift; run_options+=("$@"); break ;;
    -*) say "unknown option $1; options of \`halo run\` go after --, the others: ./launch.sh --help"; exit 2 ;;
    *)
      if [ -n "$pipeline" ]; then say "one pipeline at a time, got $pipeline and $1"; exit 2; fi
      pipeline=$1
      ;;
  esac
  shift
done

if [ $setup = yes ]; then
  lock
  install_packages
  install_chromium
  if [ $dev = yes ]; then
    install_deno
    fetch_real_tasks
  fi
  unlock
fi
if [ $run = no ]; then exit 0; fi

# The same as `npm run -s halo -- run …`; without npm in between, signals and exit status are those of the run.
export PATH="$root/node_modules/.bin:$PATH"
exec node bin/halo.mjs run "${pipeline:-pipelines/grpo-gomail.yaml}" ${run_options[@]+"${run_options[@]}"}
